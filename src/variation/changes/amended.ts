import type { Action, Args } from "../../model/action.ts";
import type { Recipe } from "../../model/amend.ts";
import type { PathKey } from "../../state-path.ts";
import { agree } from "../text/call.ts";
import { conditionIn, pathIn, valueIn } from "../ground/expressions.ts";
import { FaultError, Faults } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { ignoring } from "./ignoring.ts";
import { remembering } from "./remembering.ts";
import type { Amendment } from "../variation.ts";
import type { Written } from "../text/written.ts";
import type { Value } from "../../expression/value.ts";

type Parts = Recipe<unknown>;
/** The effect of a step that has none. */
export const nothing: Parts["effect"] = () => undefined;
type Keys = (args: Args) => readonly PathKey[];
/** Speaks of a change; what it answers is called where the change makes a difference. */
type Declare = (change: string) => () => void;

/** Assigns a leaf of a draft, and says whether that made a difference. */
const assigned = (draft: unknown, keys: readonly PathKey[], value: unknown): boolean => {
  const owner = keys
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<PathKey, unknown>)[key], draft) as Record<
    PathKey,
    unknown
  >;
  const last = keys.at(-1)!;
  const differs = owner[last] !== value;
  owner[last] = value;
  return differs;
};

const withoutAll = ({ without }: Amendment): boolean => without?.length === 1 && without[0].text === "all";

/** The effect of an action without what an amendment leaves out. */
const kept = (
  was: Parts,
  amendment: Amendment,
  names: Pick<Action<unknown>, "name" | "args">,
  ground: Ground,
  { declare, faults }: { readonly declare: Declare; readonly faults: Faults },
): Parts["effect"] => {
  const { without = [] } = amendment;
  if (without.length === 0) return was.effect;
  if (withoutAll(amendment)) {
    const differs = declare("without all");
    return () => differs();
  }
  const paths = without.flatMap((said): readonly { readonly keys: Keys; readonly differs: () => void }[] => {
    const keys = faults.try(said.at, () => {
      if (said.text === "all")
        throw new FaultError(said.at, '"all" leaves nothing that could be left out besides: name it alone');
      return pathIn(said, names.args, ground).keys;
    });
    return keys === undefined ? [] : [{ keys, differs: declare(`without ${said.text}`) }];
  });
  return (draft, args) => {
    // Which of them a write is at matters for the report alone: each has its own layer.
    const layered = paths.reduce<object>(
      (on, { keys, differs }) => ignoring(on, [keys(args)], (would) => (would ? differs() : undefined)),
      draft,
    );
    was.effect(layered, args);
  };
};

/** What is written after an effect. */
interface Write {
  readonly keys: Keys;
  readonly value: Value;
  readonly differs: () => void;
}

/** An effect that writes some values after it, all of which are read before any is written. */
const writing =
  (effect: Parts["effect"], writes: readonly Write[]): Parts["effect"] =>
  (draft, args) => {
    const { draft: on, before } = writes.some(({ value }) => value.saysAfter)
      ? remembering(draft)
      : { draft, before: draft };
    const early = writes.map(({ value }) => (value.saysAfter ? undefined : value.of(draft, args)));
    const returned = effect(on, args);
    if (returned !== undefined) return returned;
    const values = writes.map(({ value }, i) => early[i] ?? value.of(before, args, draft));
    for (const [i, { keys, differs }] of writes.entries())
      if (assigned(draft, keys(args), values[i])) differs();
  };

/** A guard that is another one, which makes a difference where the two do. */
const replaced =
  (was: Parts["guard"], is: Parts["guard"], differs: () => void): Parts["guard"] =>
  (state, args) => {
    const answer = is(state, args);
    if (answer !== was(state, args)) differs();
    return answer;
  };

/** A guard that asks one thing more. */
const narrowed =
  (was: Parts["guard"], when: Parts["guard"], differs: () => void): Parts["guard"] =>
  (state, args) => {
    if (!was(state, args)) return false;
    const answer = when(state, args);
    if (!answer) differs();
    return answer;
  };

/**
 * A guard and an effect as an amendment changes them, for those steps of an action that have the fixed arguments.
 * @throws CheckError with all that cannot be understood of it, for faults to note.
 */
export const amendedParts = (
  was: Parts,
  amendment: Amendment,
  fixed: Args,
  names: Pick<Action<unknown>, "name" | "args">,
  ground: Ground,
): Parts & { readonly said: readonly string[] } => {
  const { guard: instead, when, set = [] } = amendment;
  const said: string[] = [];
  const declare: Declare = (change) => {
    said.push(`${names.name} ${change}`);
    return ground.ledger.marker(`${names.name} ${change}`);
  };
  const faults = new Faults();
  const effect = kept(was, amendment, names, ground, { declare, faults });
  /** A guard that a condition makes of another; the same where there is none. */
  const guarded = (
    word: string,
    condition: Written | undefined,
    before: Parts["guard"],
    make: typeof narrowed,
  ): Parts["guard"] => {
    const holds = condition && faults.try(condition.at, () => conditionIn(condition, names.args, ground));
    return holds === undefined ? before : make(before, holds, declare(`${word} ${condition!.text}`));
  };
  const guard = guarded("when", when, guarded("guard", instead, was.guard, replaced), narrowed);
  const writes = set.flatMap(({ path, value }): readonly Write[] => {
    const made = faults.try(path.at, () => {
      const { keys, node: target } = pathIn(path, names.args, ground);
      return { keys, value: valueIn(value, names.args, { target, after: was.effect !== nothing }, ground) };
    });
    return made === undefined ? [] : [{ ...made, differs: declare(`set ${path.text}: ${value.text}`) }];
  });
  faults.pass();
  const changed = writes.length === 0 ? effect : writing(effect, writes);
  return {
    said,
    guard: (state, args) => (agree(fixed, args) ? guard : was.guard)(state, args),
    effect: (draft, args) => (agree(fixed, args) ? changed : was.effect)(draft, args),
  };
};
