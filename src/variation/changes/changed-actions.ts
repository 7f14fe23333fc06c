import { choices, type Action, type Args } from "../../model/action.ts";
import { amendedParts, nothing } from "./amended.ts";
import { callOf, fixedBy } from "../text/call.ts";
import { FaultError, unknown } from "../text/faults.ts";
import { madeOnce, type Ground } from "../ground/ground.ts";
import { addedNote, changedNote } from "./note.ts";
import { rangesOf } from "../ground/ranges.ts";
import type { AddLike, AddNew, Amend } from "../variation.ts";
import type { Written } from "../text/written.ts";

type AnyAction = Action<unknown>;

/** An actor as it is written, `{arg}` standing for the value of an argument. */
const actorOf = ({ text, at }: Written, args: readonly string[]): AnyAction["actor"] => {
  for (const [, name] of text.matchAll(/\{([^}]*)\}/g))
    if (!args.includes(name)) throw unknown("argument", { text: name, ...(at && { at }) }, args);
  return (given) => text.replaceAll(/\{([^}]*)\}/g, (_, name: string) => String(given[name]));
};

/** An action as `in` changes it. @throws FaultError where a text of it cannot be understood. */
export const amendedAction = (was: AnyAction, change: Amend, ground: Ground): AnyAction =>
  madeOnce(ground, change, was, () => {
    const fixed = fixedBy(callOf(change.action), was, ground.scope);
    // As it is called there, arguments and all: another change may do the same in other steps of the action.
    const names = { name: change.action.text, args: was.args };
    const { said, ...parts } = amendedParts(was, change, fixed, names, ground);
    return ground.ledger.say(
      { ...was, ...parts, note: changedNote(was.note, change.cites, ground.by) },
      said,
      was,
    );
  });

/** What lends a new action its guard and effect, with the arguments fixed that are named. */
export const actionLike = (was: AnyAction, change: AddLike, ground: Ground): AnyAction =>
  madeOnce(ground, change, was, () => {
    const { name, like, actor, cites } = change;
    const fixed = fixedBy(callOf(like), was, ground.scope);
    const args = Object.fromEntries(Object.entries(was.args).filter(([arg]) => !Object.hasOwn(fixed, arg)));
    const all = (given: Args): Args => ({ ...fixed, ...given });
    const names = { name: name.text, args: was.args };
    // Its own steps all have the fixed arguments: nothing else is left of it.
    const { said, guard, effect } = amendedParts(was, change, {}, names, ground);
    return ground.ledger.say(
      {
        name: name.text,
        args,
        actor: actor === undefined ? (given) => was.actor(all(given)) : actorOf(actor, Object.keys(args)),
        guard: (state, given) => guard(state, all(given)),
        effect: (draft, given) => effect(draft, all(given)),
        ...(was.guardAfter === undefined
          ? {}
          : { guardAfter: (before, after, given) => was.guardAfter!(before, after, all(given)) }),
        note:
          cites.length === 0
            ? changedNote(was.note, change.cites, ground.by)
            : addedNote(change.cites, ground.by),
      },
      said,
    );
  });

/** A new action. */
export const newAction = (change: AddNew, ground: Ground): AnyAction =>
  madeOnce(ground, change, ground, () => {
    const { name, actor } = change;
    const args = rangesOf(change.args, ground.scope);
    if (choices(args, ground.scope).length > MOST_STEPS)
      throw new FaultError(name.at, `${name.text} would be more than ${MOST_STEPS} steps`);
    const was = { guard: () => true, effect: nothing };
    const { said, ...parts } = amendedParts(was, change, {}, { name: name.text, args }, ground);
    return ground.ledger.say(
      {
        name: name.text,
        args,
        actor: actorOf(actor, Object.keys(args)),
        ...parts,
        note: addedNote(change.cites, ground.by),
      },
      said.filter((text) => !text.startsWith(`${name.text} when `)),
    );
  });

const MOST_STEPS = 1000;
