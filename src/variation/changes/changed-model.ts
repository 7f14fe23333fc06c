import type { Action } from "../../model/action.ts";
import { variant, type Model } from "../../model/model.ts";
import { callOf } from "../text/call.ts";
import { actionLike, amendedAction, newAction } from "./changed-actions.ts";
import { atOnce, FaultError, type Attempt } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { meant } from "../text/pattern.ts";
import type { AddLike, AddNew, Amend, Change } from "../variation.ts";
import type { Written } from "../text/written.ts";

/** A model and the names of its actions that take part. */
export interface Part {
  readonly model: Model<unknown>;
  readonly takesPart: ReadonlySet<string>;
}

/** What became of a name in a change: nothing where the model has no such action under this choice. */
export type Standing = "done" | "absent" | "no part";

/** Told of each name that a change gives, where it was looked for. */
export type Tell = (name: Written, standing: Standing) => void;

/** Who follows the making of a model: what becomes of names, and of parts that cannot be made. */
export interface Following {
  readonly tell: Tell;
  readonly attempt: Attempt;
}

/** Follows nothing: what cannot be made is thrown. */
export const unfollowed: Following = { tell: () => undefined, attempt: atOnce };

const named = (model: Model<unknown>, name: string): Action<unknown> | undefined =>
  model.actions.find((action) => action.name === name);

const dropped = ({ model, takesPart }: Part, words: readonly Written[], tell: Tell): Part => {
  const names = model.actions.map(({ name }) => name);
  const drop = new Set<string>();
  for (const word of words) {
    const found = meant(word, names);
    const parts = found.filter((name) => takesPart.has(name));
    if (found.length === 0) tell(word, "absent");
    else tell(word, parts.length === 0 ? "no part" : "done");
    for (const name of parts) drop.add(name);
  }
  return {
    model: variant(model, model.name, { drop: [...drop] }),
    takesPart: new Set([...takesPart].filter((name) => !drop.has(name))),
  };
};

/** What a change is made of: the model, what becomes of names, and the shipped actions, which new ones may be like. */
interface Making {
  readonly lender: Model<unknown>;
  readonly ground: Ground;
  readonly tell: Tell;
}

const amended = ({ model, takesPart }: Part, change: Amend, { ground, tell }: Making): Part => {
  const { action } = callOf(change.action);
  const was = named(model, action.text);
  if (was === undefined) {
    tell(action, "absent");
    return { model, takesPart };
  }
  tell(action, takesPart.has(was.name) ? "done" : "no part");
  return { model: variant(model, model.name, { replace: [amendedAction(was, change, ground)] }), takesPart };
};

/** What a new action is; nothing where there is none that it is like. */
const made = (
  model: Model<unknown>,
  change: AddLike | AddNew,
  making: Making,
): Action<unknown> | undefined => {
  const { lender, ground, tell } = making;
  if (change.kind === "add") return newAction(change, ground);
  const { action } = callOf(change.like);
  const was = named(model, action.text) ?? named(lender, action.text);
  tell(action, was === undefined ? "absent" : "done");
  return was && actionLike(was, change, ground);
};

const added = ({ model, takesPart }: Part, change: AddLike | AddNew, making: Making): Part => {
  const { text, at } = change.name;
  if (!/^[A-Za-z_]\w*$/.test(text))
    throw new FaultError(at, `an action is called by letters, digits and _: not "${text}"`);
  if (named(model, text) !== undefined || named(making.lender, text) !== undefined)
    throw new FaultError(at, `there is an action called ${text} already: call it otherwise`);
  const add = made(model, change, making);
  if (add === undefined) return { model, takesPart };
  return { model: variant(model, model.name, { add: [add] }), takesPart: new Set([...takesPart, text]) };
};

const placeOf = (change: Change): Written["at"] => {
  if (change.kind === "drop") return change.actions[0]?.at;
  return (change.kind === "in" ? change.action : change.name).at;
};

const changedBy = (part: Part, change: Change, making: Making): Part => {
  switch (change.kind) {
    case "drop":
      return dropped(part, change.actions, making.tell);
    case "in":
      return amended(part, change, making);
    case "add":
    case "like":
      return added(part, change, making);
  }
};

/**
 * A model with changes made, in their order, each to what the one before left. What the model of a choice does not have is
 * left as it is, and told.
 * @throws FaultError where a text of a change cannot be understood, unless it is followed and left out.
 */
export const changedModel = (
  part: Part,
  changes: readonly Change[],
  ground: Ground,
  { tell, attempt }: Following,
): Part =>
  changes.reduce<Part>(
    (before, change) =>
      attempt(placeOf(change), () => changedBy(before, change, { lender: part.model, ground, tell })) ??
      before,
    part,
  );
