import type { Action, Model } from "#check";
import { noteFor } from "./citation.ts";
import type { State } from "./state.ts";
import type { GuestKind } from "./text.ts";

type Worded = WeakMap<Action<State>, Action<State>>;

/** Made once for each kind of guest, so that models with the same actions are recognized. */
const made: Readonly<Record<GuestKind, Worded>> = {
  td: new WeakMap(),
  vmx: new WeakMap(),
  svm: new WeakMap(),
};

const worded = (action: Action<State>, kind: GuestKind): Action<State> => {
  const before = made[kind].get(action);
  if (before !== undefined) return before;
  const { note } = action;
  const one = note === undefined ? action : { ...action, note: noteFor(note, kind) };
  made[kind].set(action, one);
  return one;
};

/** The model with its steps told in the words of its guest. */
export const inWordsOf = (kind: GuestKind, model: Model<State>): Model<State> => ({
  ...model,
  actions: model.actions.map((action) => worded(action, kind)),
});
