import { actionNamed, type Action, type Model } from "#check";
import { kvmModel } from "../models/kvm/model.ts";
import type { State } from "../models/kvm/state.ts";
import { actionArguments } from "./action-arguments.ts";

type Arguments = typeof actionArguments;

/** The actions of a model by what they are about, then by their names, each with the types of its arguments. */
export type Actions<S = State> = {
  readonly [Subject in keyof Arguments]: {
    readonly [Name in keyof Arguments[Subject]]: Omit<Action<S>, "args"> & {
      readonly args: Arguments[Subject][Name];
    };
  };
};

/**
 * The actions of a model as it is, under its guest, design and options: `actionsOf(model).timer.apic_timer_fn`.
 * @throws CheckError when one is asked for that the model does not have.
 */
export const actionsOf = <S = State>({ actions }: Pick<Model<S>, "actions">): Actions<S> => {
  const there = new Set(actions.map(({ name }) => name));
  const subject = (names: object): object =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.keys(names).map((name) => [
          name,
          { get: () => actionNamed(actions, name), enumerable: there.has(name) },
        ]),
      ),
    );
  return Object.fromEntries(
    Object.entries(actionArguments).map(([name, names]) => [name, subject(names)]),
  ) as unknown as Actions<S>;
};

/** The actions of a TD as it was merged, without options. */
export const actions: Actions = actionsOf(kvmModel({ guest: "td", design: "upstream", options: {} }));
