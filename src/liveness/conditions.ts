import { during } from "../errors.ts";
import { answered } from "../model/ask.ts";
import { conditionsOf, type Fairness, type StepsOfModel } from "../model/fairness.ts";
import type { StateGraph } from "../problem/state-graph.ts";
import { Sets } from "./sets.ts";

const UNKNOWN = -1;

/**
 * Which fairness conditions each step satisfies and each state could satisfy, as numbered sets. That a state recurs is a
 * weak condition that could be satisfied in all other states and that no step satisfies: so one that is no such state for
 * ever is not fair.
 */
export class Conditions<S> {
  readonly sets = new Sets();
  /** The set of the strong conditions, and that of the weak ones. */
  readonly strong: number;
  readonly weak: number;
  readonly #graph: StateGraph<S>;
  /** For each step id: the conditions it always satisfies, and those where it depends on the state. */
  readonly #always: readonly number[];
  readonly #sometimes: readonly (readonly (readonly [
    set: number,
    when: (from: number, step: number) => boolean,
  ])[])[];
  /** The conditions of states: each is satisfied in a state or else could be. */
  readonly #recurring: readonly (readonly [set: number, holds: (id: number) => boolean])[];
  /** The conditions that could be satisfied in each state. */
  readonly #enabled: Int32Array;

  constructor(graph: StateGraph<S>, fairness: readonly Fairness<S>[], of: StepsOfModel<S>) {
    const { steps } = of;
    const conditions = conditionsOf(fairness, of);
    const { sets } = this;
    this.#recurring = conditions.flatMap((condition, place) =>
      "recurs" in condition
        ? [[sets.of([place]), graph.ask(guarded(condition, condition.recurs))] as const]
        : [],
    );
    const all = conditions.flatMap((condition, place) =>
      "recurs" in condition
        ? []
        : [
            {
              ...condition,
              place,
              set: sets.of([place]),
              asked: condition.when && graph.askStep(guarded(condition, condition.when)),
            },
          ],
    );
    const strong = all.flatMap((condition) => (condition.strong ? [condition.place] : []));
    this.strong = sets.of(strong);
    this.weak = sets.of([...conditions.keys()].filter((place) => !strong.includes(place)));
    this.#graph = graph;
    this.#always = steps.map(({ id }) =>
      sets.of(all.filter((one) => one.asked === undefined && one.steps.has(id)).map(({ place }) => place)),
    );
    this.#sometimes = steps.map(({ id }) =>
      all.flatMap((one) =>
        one.asked !== undefined && one.steps.has(id) ? [[one.set, one.asked] as const] : [],
      ),
    );
    this.#enabled = new Int32Array(conditions.length === 0 ? 0 : graph.states).fill(UNKNOWN);
  }

  get bytes(): number {
    return this.#enabled.byteLength;
  }

  /** The conditions that a step satisfies when it is taken from a state and changes it. */
  taken(from: number, step: number): number {
    let set = this.#always[step];
    for (const [one, asked] of this.#sometimes[step]) if (asked(from, step)) set = this.sets.union(set, one);
    return set;
  }

  /** The conditions that some step from a state would satisfy, and those of states that it is none of. Asks for the state's edges. */
  enabled(id: number): number {
    if (this.#enabled.length === 0) return 0;
    const known = this.#enabled[id];
    if (known !== UNKNOWN) return known;
    const { count, step } = this.#graph.edges(id);
    let set = 0;
    for (let i = 0; i < count; i++) set = this.sets.union(set, this.taken(id, step[i]));
    for (const [one, holds] of this.#recurring) if (!holds(id)) set = this.sets.union(set, one);
    return (this.#enabled[id] = set);
  }
}

const guarded =
  <A extends readonly unknown[]>(
    { name }: { readonly name: string },
    look: (...looked: A) => boolean,
  ): ((...looked: A) => boolean) =>
  (...looked) => {
    try {
      return answered(
        // oxlint-disable-next-line unbounded/no-spread-argument -- as many as `look` has parameters
        () => look(...looked),
        () => `the fairness condition ${name}`,
      );
    } catch (error) {
      throw during(`the fairness condition ${name}`, error);
    }
  };
