import { freeze } from "immer";
import { codecOf } from "../derive/codec.ts";
import { instancesOf, type Instance, type Problem } from "./exploration.ts";
import type { Step } from "../model/model.ts";
import { lookAt, lookBetween, takerOf } from "./plain-step.ts";

/** What a step does to a state: the leaf codes after it, and for each property the bits of its answer about the step. */
export interface PlainStep<S> {
  readonly after: S;
  readonly row: Int32Array;
  readonly bits: readonly number[];
}

/** A problem's guards, recipes and properties, to be asked about single states on plain frozen objects. */
export interface PlainAnswers<S> {
  readonly rowOf: (state: S) => Int32Array;
  /** For each property the bits of its answer about a state. */
  readonly look: (state: S) => readonly number[];
  /** The same for the property at a place alone. */
  readonly property: (place: number, state: S) => number;
  /** For each property the bits of its answer about a step. */
  readonly between: (step: Step<S>, before: S, after: S) => readonly number[];
  /** What a step does to a state, nothing where it is not enabled. */
  readonly step: (step: Step<S>, state: S) => PlainStep<S> | undefined;
}

/**
 * Asks again each time: nothing is kept from one question to the next, and nothing is shared with an engine.
 * @throws CheckError, when asked, where a guard, recipe or property throws or writes what it may not.
 */
export const plainAnswers = <S>(problem: Problem<S>): PlainAnswers<S> => {
  const take = takerOf(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const all = instancesOf(problem);
  const instances = problem.properties.map((_, place) => all.filter((instance) => instance.place === place));
  const joined = (of: readonly Instance<S>[], look: (instance: Instance<S>) => number): number =>
    of.reduce((sum, instance) => sum | look(instance), 0);
  const bits = (look: (instance: Instance<S>) => number): readonly number[] =>
    instances.map((ofOne) => joined(ofOne, look));
  const between = (step: Step<S>, before: S, after: S): readonly number[] =>
    bits((instance) => lookBetween(instance, before, after, step));
  return {
    rowOf: encode,
    between,
    look: (state) => bits((instance) => lookAt(instance, freeze(state, true))),
    property: (place, state) => joined(instances[place], (instance) => lookAt(instance, freeze(state, true))),
    step: (step, state) => {
      const before = freeze(state, true);
      const taken = take(step, before);
      if (taken === undefined) return undefined;
      const { after, codes = encode(after) } = taken;
      return { after, row: codes, bits: between(step, before, after) };
    },
  };
};
