import type { Action, ActionSpec, ArgsOf, Draft, Ranges } from "#check";
import type { ActionCitation } from "./citation.ts";
import { action, type State } from "./state.ts";

/** What an ioctl answers. */
export type Answer = State["ioctl"]["answer"];

/** An ioctl as an author writes it: `guard` says where a thread may call it, `effect` what it does if not refused. */
interface IoctlSpec<A extends Ranges> extends ActionSpec<State, A>, ActionCitation<State> {
  /** The error that it is refused with, the tests in the kernel's order. Reads only. */
  readonly refuses: (s: State, args: ArgsOf<A>) => Answer | undefined;
  /** What it answers where it is not refused; 0 unless given. */
  readonly accepted?: Answer;
  /** Where it is not refused it returns in a later step. */
  readonly goesOn?: true;
}

/**
 * For each ioctl, the same for the worlds that do not ask what it answered: the answer is not kept, so that a refusal leaves
 * the state as it was. It is no field of the ioctl, for then a patch made of that, `{ ...was, effect }`, would bring the
 * unpatched counterpart along.
 */
const silent = new WeakMap<Action<State>, Action<State>>();

const withSilent = (loud: Action<State>, quiet: Action<State>): Action<State> => {
  silent.set(loud, quiet);
  return loud;
};

/**
 * Declares an ioctl that userspace may call wherever `guard` lets it, with success or not. A VM that is bugged answers -EIO
 * to every one (irqchip 6; kvm_vm_ioctl() and kvm_vcpu_ioctl() read vm_dead before anything else).
 */
export const ioctl = <const A extends Ranges = Record<never, never>>(
  name: string,
  { refuses, accepted = "0", goesOn, effect, ...spec }: IoctlSpec<A>,
): Action<State> => {
  const refusal = (d: Draft<State>, args: ArgsOf<A>): Answer | undefined =>
    d.vm.dead ? "-EIO" : refuses(d, args);
  const called = (keep: boolean) => (d: Draft<State>, args: ArgsOf<A>) => {
    const refused = refusal(d, args);
    if (refused === undefined) effect(d, args);
    if (keep && !(refused === undefined && goesOn === true)) d.ioctl.answer = refused ?? accepted;
  };
  return withSilent(
    action(name, { ...spec, effect: called(true) }),
    action(name, { ...spec, effect: called(false) }),
  );
};

/** The last step of an ioctl that takes several, and what it answers. */
export const ioctlReturns = <const A extends Ranges = Record<never, never>>(
  name: string,
  {
    answers,
    effect,
    ...spec
  }: ActionSpec<State, A> &
    ActionCitation<State> & { readonly answers: (s: State, args: ArgsOf<A>) => Answer },
): Action<State> =>
  withSilent(
    action(name, {
      ...spec,
      effect: (d: Draft<State>, args: ArgsOf<A>) => {
        d.ioctl.answer = answers(d, args);
        effect(d, args);
      },
    }),
    action(name, { ...spec, effect }),
  );

/** The ioctls among some actions, their answers not kept. */
export const silenced = (actions: readonly Action<State>[]): readonly Action<State>[] =>
  actions.flatMap((one) => silent.get(one) ?? []);
