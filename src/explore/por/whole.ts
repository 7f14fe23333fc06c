import { enablePatches, freeze } from "immer";
import { codecOf } from "../../derive/codec.ts";
import { CheckError } from "../../errors.ts";
import { instancesOf, type Exploration, type Problem } from "../exploration.ts";
import { lookAt, lookBetween, take } from "../plain.ts";
import { numbering } from "./numbering.ts";

/** The whole state graph of a problem, on the plain semantics, in memory. */
export class Whole<S> {
  readonly #steps: number;
  readonly #rows: Int32Array[] = [];
  /** For each state and step the state after it, -1 where it is not enabled. */
  readonly #after: Int32Array;
  /** What the properties say of each state, and of each transition: numbers; 0 of a transition is nothing. */
  readonly #says: Int32Array;
  readonly #judgements: Int32Array;

  /** `found` are its states. @throws CheckError when it is no complete exploration. */
  constructor(problem: Problem<S>, found: Exploration<S>) {
    enablePatches();
    const { steps } = problem;
    const { encode } = codecOf(problem.model.state, problem.scope);
    const instances = instancesOf(problem);
    const ids = new Map<string, number>();
    const states: S[] = [];
    if (found.stop !== "exhausted") throw new CheckError("internal", "not all states were explored");
    for (let id = 0; id < found.states; id++) {
      const state = freeze(found.state(id), true);
      states.push(state);
      ids.set(this.#rows[this.#rows.push(encode(state)) - 1].join(), id);
    }
    this.#steps = steps.length;
    this.#after = new Int32Array(found.states * steps.length).fill(-1);
    this.#judgements = new Int32Array(found.states * steps.length);
    this.#says = new Int32Array(found.states);
    const number = numbering();
    number(instances.map(() => 0).join());
    states.forEach((state, id) => {
      this.#says[id] = number(instances.map((instance) => lookAt(instance, state)).join());
      for (const step of steps) {
        const after = take(step, state)?.after;
        if (after === undefined) continue;
        const cell = id * steps.length + step.id;
        this.#after[cell] = ids.get(encode(after).join())!;
        this.#judgements[cell] = number(
          instances.map((instance) => lookBetween(instance, state, after, step)).join(),
        );
      }
    });
  }

  /** The codes of the leaves of a state. */
  row(state: number): Int32Array {
    return this.#rows[state];
  }

  /** The state after a step, -1 where the step is not enabled. */
  after(state: number, step: number): number {
    return this.#after[state * this.#steps + step];
  }

  /** What the properties of states say of a state, as a number. */
  says(state: number): number {
    return this.#says[state];
  }

  /** What the properties of steps say of a step taken in a state, as a number; 0 is nothing. */
  judgement(state: number, step: number): number {
    return this.#judgements[state * this.#steps + step];
  }

  /** Whether a property says something of a step taken in a state. */
  judges(state: number, step: number): boolean {
    return this.judgement(state, step) !== 0;
  }
}
