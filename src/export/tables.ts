import type { Args } from "../model/action.ts";
import { HIT, SEEN } from "../model/judge.ts";
import type { Step } from "../model/model.ts";
import { isLiveness } from "../model/property.ts";
import { leavesOf, type Leaf } from "../derive/component.ts";
import { Probe } from "../methods/por/step-probe.ts";
import { instancesOf, type Exploration, type Instance, type Problem } from "../problem/exploration.ts";
import { Decisions, type Decision, type Values } from "./decision.ts";

/** What a step does where it reads the same. */
export interface StepEnd {
  /** The code written to each leaf that is written. */
  readonly writes: ReadonlyMap<number, number>;
  /** For each instance of a step property, in their order, the `SEEN` and `HIT` bits of its answer. */
  readonly said: readonly number[];
}

/** A step, and how it ends by what it reads: 0 where it is not enabled, and else the number of one of the ends. */
export interface StepTable<S> {
  readonly step: Step<S>;
  readonly decision: Decision | undefined;
  readonly ends: readonly (StepEnd | undefined)[];
}

/** An instance of a property of states, and the bits of its answer by what it reads. */
export interface StateTable {
  readonly place: number;
  readonly args: Args;
  readonly decision: Decision | undefined;
}

/** What a model does and what its properties say, in all states that it can reach. */
export interface Tables<S> {
  readonly leaves: readonly Leaf[];
  /** The codes that each leaf has in some state, in ascending order. */
  readonly values: Values;
  readonly steps: readonly StepTable<S>[];
  readonly looks: readonly StateTable[];
  /** The place of the property of each instance of a step property. */
  readonly stepProperties: readonly number[];
}

/** A property is asked with so many combinations of values, whether states have them or not. */
const MOST = 4096;

/**
 * Asks every step and every property of states of all states that a complete search has found. It takes nothing from an
 * engine but the states. Of a property it is also told what it says of values that no state has together.
 */
export const tablesOf = <S>(problem: Problem<S>, { states, codes }: Exploration<S>): Tables<S> => {
  const probe = new Probe(problem);
  const leaves = leavesOf(problem.model.state.node, problem.scope);
  const steps = problem.steps.map((step) => decidedStep(probe, step));
  const instances = instancesOf(problem).filter(({ property }) => !isLiveness(property));
  const looks = instances
    .filter(({ property }) => property.kind !== "step")
    .map((instance) => ({ instance, decisions: lookOf(probe, instance) }));
  const met = leaves.map(() => new Set<number>());
  for (let id = 0; id < states; id++) {
    const row = codes(id);
    for (const [leaf, codes] of met.entries()) codes.add(row[leaf]);
    for (const { decisions } of steps) decisions.answer(row);
    for (const { decisions } of looks) decisions.answer(row);
  }
  const values = met.map((codes) => [...codes].toSorted((a, b) => a - b));
  for (const { decisions } of looks) decisions.exhaust(values, MOST);
  return {
    leaves,
    values,
    steps: steps.map(({ step, decisions, ends }) => ({ step, decision: decisions.root, ends })),
    looks: looks.map(({ instance: { place, args }, decisions }) => ({
      place,
      args,
      decision: decisions.root,
    })),
    stepProperties: instances.filter(({ property }) => property.kind === "step").map(({ place }) => place),
  };
};

const decidedStep = <S>(probe: Probe<S>, step: Step<S>) => {
  const ends: (StepEnd | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const decisions = new Decisions((code) => {
    const { enabled, reads, writes, said } = probe.step(step, code);
    if (!enabled) return { reads, end: 0 };
    const key = `${[...writes].toSorted(([a], [b]) => a - b).join(" ")} ${said}`;
    const end = numbers.get(key) ?? ends.push({ writes, said: bitsIn(said) }) - 1;
    numbers.set(key, end);
    return { reads, end };
  });
  return { step, decisions, ends };
};

/** The answers of the step properties; none where none says anything. */
const bitsIn = (said: string): readonly number[] => (said === "" ? [] : said.split(",").map(Number));

/** What a property says; where it throws, which it does of no state, what is said does not count. */
const lookOf = <S>(probe: Probe<S>, instance: Instance<S>): Decisions =>
  new Decisions((code) => {
    const { said, reads } = probe.look(instance, code);
    return { reads, end: said < 0 ? THREW : said };
  });

/** The end of a property that threw. */
export const THREW = SEEN | HIT | 4;
