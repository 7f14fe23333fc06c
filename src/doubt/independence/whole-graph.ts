import { freeze } from "immer";
import { codecOf } from "../../derive/codec.ts";
import { CheckError } from "../../errors.ts";
import { instancesOf, type Exploration, type Instance, type Problem } from "../../problem/exploration.ts";
import { lookAt, lookBetween, takerOf, type Take } from "../../problem/plain-step.ts";
import { numbering } from "../../methods/por/numbering.ts";

/** The whole state graph of a problem, on the plain semantics, in memory. */
export class Whole<S> {
  readonly states: number;
  readonly #problem: Problem<S>;
  readonly #take: Take<S>;
  readonly #found: Exploration<S>;
  readonly #instances: readonly Instance<S>[];
  readonly #encode: (state: S) => Int32Array;
  readonly #rows: Int32Array[] = [];
  readonly #ids = new Map<string, number>();
  /** For each state and step the state after it, -1 where it is not enabled. */
  readonly #after: Int32Array;
  /** For each state where its transitions from others begin in `#froms` and `#bys`, which are sorted by where they lead. */
  readonly #into: Int32Array;
  #froms = new Int32Array(0);
  #bys = new Int32Array(0);
  /** What the properties say of each state, and of each transition of which they say something: numbers. */
  readonly #says: Int32Array;
  readonly #judgements = new Map<number, number>();
  readonly #number = numbering();

  /** `found` are its states; each is to be looked at, in any order, and then `close` is to be called. */
  constructor(problem: Problem<S>, found: Exploration<S>) {
    if (found.stop !== "exhausted") throw missing();
    this.states = found.states;
    this.#problem = problem;
    this.#take = takerOf(problem);
    this.#found = found;
    this.#instances = instancesOf(problem);
    this.#encode = codecOf(problem.model.state, problem.scope).encode;
    for (let id = 0; id < found.states; id++) {
      const row = this.#encode(found.state(id));
      this.#rows.push(row);
      this.#ids.set(keyOf(row), id);
    }
    this.#after = new Int32Array(found.states * problem.steps.length).fill(-1);
    this.#says = new Int32Array(found.states);
    this.#into = new Int32Array(found.states + 1);
    this.#number(this.#instances.map(() => 0).join());
  }

  /** Takes all steps in a state. @throws CheckError `internal` when one leads to a state that was not found. */
  lookAt(id: number): void {
    const { steps } = this.#problem;
    const state = freeze(this.#found.state(id), true);
    this.#says[id] = this.#number(this.#instances.map((instance) => lookAt(instance, state)).join());
    for (const step of steps) {
      const after = this.#take(step, state)?.after;
      if (after === undefined) continue;
      const to = this.#ids.get(keyOf(this.#encode(after)));
      if (to === undefined) throw missing();
      const cell = id * steps.length + step.id;
      this.#after[cell] = to;
      this.#into[to + 1]++;
      const said = this.#instances.map((instance) => lookBetween(instance, state, after, step)).join();
      if (this.#number(said) !== 0) this.#judgements.set(cell, this.#number(said));
    }
  }

  /** To be called once all states were looked at. */
  close(): void {
    const steps = this.#problem.steps.length;
    this.#ids.clear();
    for (let id = 0; id < this.states; id++) this.#into[id + 1] += this.#into[id];
    this.#froms = new Int32Array(this.#into[this.states]);
    this.#bys = new Int32Array(this.#into[this.states]);
    const free = this.#into.slice();
    this.#after.forEach((to, cell) => {
      if (to < 0) return;
      const at = free[to]++;
      this.#froms[at] = Math.floor(cell / steps);
      this.#bys[at] = cell % steps;
    });
  }

  /** The codes of the leaves of a state. */
  row(state: number): Int32Array {
    return this.#rows[state];
  }

  /** The state after a step, -1 where the step is not enabled. */
  after(state: number, step: number): number {
    return this.#after[state * this.#problem.steps.length + step];
  }

  /** The transitions that lead to a state. */
  eachInto(state: number, visit: (from: number, step: number) => void): void {
    for (let at = this.#into[state]; at < this.#into[state + 1]; at++) visit(this.#froms[at], this.#bys[at]);
  }

  /** What the properties of states say of a state, as a number. */
  says(state: number): number {
    return this.#says[state];
  }

  /** What the properties of steps say of a step taken in a state, as a number; 0 is nothing. */
  judgement(state: number, step: number): number {
    return this.#judgements.get(state * this.#problem.steps.length + step) ?? 0;
  }

  /** Whether a property says something of a step taken in a state, or sees a difference between the states before and after. */
  sees(state: number, step: number): boolean {
    return this.judgement(state, step) !== 0 || this.says(state) !== this.says(this.after(state, step));
  }
}

const keyOf = (row: Int32Array): string => Buffer.from(row.buffer).toString("latin1");

const missing = (): CheckError => new CheckError("internal", "not all states were explored");
