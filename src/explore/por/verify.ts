import { CheckError, during, pathText } from "../../errors.ts";
import { runText, stepText } from "../../model/model.ts";
import { exploreFast } from "../fast/explore.ts";
import type { Exploration, Problem } from "../exploration.ts";
import { Dependences } from "./dependence.ts";
import type { Dependence, Move } from "./move.ts";
import { Probe, type Run } from "./probe.ts";
import { Whole } from "./whole.ts";

/** What was looked at to verify the dependence of a problem. */
export interface Verified {
  readonly states: number;
  /** Pairs of an enabled step and another one, in some state. */
  readonly pairs: number;
}

/**
 * Verifies by brute force, in every reachable state of a problem, what partial-order reduction rests on: an enabled step
 * commutes with every enabled step that it does not depend on, and none of them makes it depend on more; what does not
 * enable a disabled step leaves it disabled, and lets it wait for no more; a step that advances changes nothing that a
 * property says, and the states cannot advance for ever; no step does what it was not said to do.
 * @throws CheckError `internal` where one of that is wrong, with the steps and the run to the state.
 */
export const verifyIndependence = async <S>(
  problem: Problem<S>,
  dependence: Dependence = new Dependences(problem),
): Promise<Verified> => {
  const { dependence: _, ...full } = problem;
  const found = await exploreFast({ ...full, properties: [] });
  const whole = new Whole(full, found);
  const check = new Check(full, whole, dependence);
  for (let state = 0; state < found.states; state++) {
    try {
      check.state(state);
    } catch (error) {
      throw during(`the state reached by ${runText(problem.steps, found.path(state))}`, error);
    }
  }
  check.order(found);
  return { states: found.states, pairs: check.pairs };
};

const wrong = (what: string): CheckError => new CheckError("internal", `wrong independence: ${what}`);

class Check<S> {
  pairs = 0;
  readonly #problem: Problem<S>;
  readonly #whole: Whole<S>;
  readonly #dependence: Dependence;
  readonly #probe: Probe<S>;
  /** The transitions by which states advance. */
  readonly #advances: (readonly [from: number, to: number])[] = [];

  constructor(problem: Problem<S>, whole: Whole<S>, dependence: Dependence) {
    this.#problem = problem;
    this.#whole = whole;
    this.#dependence = dependence;
    this.#probe = new Probe(problem);
  }

  /** Checks all pairs of steps in one state. */
  state(state: number): void {
    const { steps } = this.#problem;
    const moves = steps.map(({ id }) => this.#move(id, state));
    for (const { id: step } of steps) {
      this.#footprint(step, state, moves[step]);
      for (const { id: by } of steps) {
        if (by === step || this.#whole.after(state, by) < 0) continue;
        this.pairs++;
        const move = moves[step];
        if (!move.enabled) this.#staysDisabled(step, by, state, move);
        else if (!move.dependent.includes(by)) this.#commutes(step, by, state, move);
      }
    }
  }

  /** Checks that no state can advance for ever. */
  order({ states }: Exploration<S>): void {
    const into = new Int32Array(states);
    const onward = new Map<number, number[]>();
    for (const [from, to] of this.#advances) {
      into[to]++;
      onward.set(from, [...(onward.get(from) ?? []), to]);
    }
    const free = [...into.keys()].filter((state) => into[state] === 0);
    let passed = 0;
    for (let state = free.pop(); state !== undefined; state = free.pop()) {
      passed++;
      for (const to of onward.get(state) ?? []) if (--into[to] === 0) free.push(to);
    }
    if (passed < states) throw wrong("there is a cycle of states by steps that are said to advance");
  }

  /** Checks what a step does in a state against what was said of it. */
  #footprint(step: number, state: number, move: Move): void {
    const after = this.#whole.after(state, step);
    const name = this.#name(step);
    if (move.enabled !== after >= 0) throw wrong(`${name} is enabled or not, and said to be the other`);
    this.#withinTouches(step, state);
    if (!move.enabled) return;
    const seen = this.#whole.says(state) !== this.#whole.says(after) || this.#whole.judges(state, step);
    if (seen && !this.#dependence.visible.includes(step)) throw wrong(`${name} is said to be invisible`);
    if (!move.advances) return;
    if (seen) throw wrong(`${name} is said to advance, but a property sees it`);
    this.#advances.push([state, after]);
  }

  #withinTouches(step: number, state: number): void {
    if (!(this.#dependence instanceof Dependences)) return;
    const touch = this.#dependence.touches.steps[step];
    if (touch === undefined) return;
    const code = (leaf: number): number => this.#whole.row(state)[leaf];
    const run: Run = this.#probe.step(this.#problem.steps[step], code);
    const said = (leaf: number): string =>
      `${pathText(this.#probe.leaves[leaf].path)} in a way that it was not said to`;
    for (const leaf of run.reads)
      if (touch.tells.get(leaf)?.has(code(leaf)) !== true)
        throw wrong(`${this.#name(step)} reads ${said(leaf)}`);
    for (const [leaf, to] of run.writes)
      if (touch.writes.get(leaf)?.has(to) !== true) throw wrong(`${this.#name(step)} writes ${said(leaf)}`);
    if (run.enabled)
      for (const [leaf, codes] of touch.needs)
        if (!codes.has(code(leaf))) throw wrong(`${this.#name(step)} needs ${said(leaf)}`);
  }

  #commutes(step: number, by: number, state: number, move: Move & { readonly enabled: true }): void {
    const pair = `${this.#name(step)} is said not to depend on ${this.#name(by)}`;
    const [first, other] = [this.#whole.after(state, step), this.#whole.after(state, by)];
    const there = this.#move(step, other);
    if (!there.enabled) throw wrong(`${pair}, which disables it`);
    if (this.#whole.after(first, by) < 0) throw wrong(`${pair}, which it disables`);
    const end = this.#whole.after(other, step);
    if (this.#whole.after(first, by) !== end) throw wrong(`${pair}, but their order matters`);
    const same = (at: number, taken: number, then: number): boolean =>
      this.#whole.judgement(at, taken) === this.#whole.judgement(then, taken);
    if (!same(state, step, other) || !same(state, by, first))
      throw wrong(`${pair}, but a property of steps tells their order`);
    if (!there.dependent.every((more) => move.dependent.includes(more)))
      throw wrong(`${pair}, but depends on more after it`);
    if (move.advances && this.#whole.says(other) !== this.#whole.says(end))
      throw wrong(`${pair}, but is visible after it`);
  }

  #staysDisabled(step: number, by: number, state: number, move: Move & { readonly enabled: false }): void {
    const sets = move.enabling.filter((set) => !set.includes(by));
    if (sets.length === 0) return;
    const pair = `${this.#name(by)} is said not to enable ${this.#name(step)}`;
    const there = this.#move(step, this.#whole.after(state, by));
    if (there.enabled) throw wrong(`${pair}, but does`);
    for (const set of sets)
      if (
        !there.enabling.some((later) => later.every((more) => set.includes(more))) &&
        !this.#readsTheSame(step, by, state, set)
      )
        throw wrong(`${pair}, but others do after it`);
  }

  /**
   * Whether a disabled step reads the same after another one, and the set has everyone who may change that: then it must wait
   * for one of the set there too, also where it is said to wait for others now.
   */
  #readsTheSame(step: number, by: number, state: number, set: readonly number[]): boolean {
    if (!(this.#dependence instanceof Dependences)) return false;
    const { touches } = this.#dependence;
    const [before, after] = [this.#whole.row(state), this.#whole.row(this.#whole.after(state, by))];
    const { reads } = this.#probe.step(this.#problem.steps[step], (leaf) => before[leaf]);
    return [...reads].every(
      (leaf) =>
        before[leaf] === after[leaf] &&
        touches.steps.every(
          (touch, other) =>
            other === step ||
            set.includes(other) ||
            (touch !== undefined && [...(touch.writes.get(leaf) ?? [])].every((to) => to === before[leaf])),
        ),
    );
  }

  #move(step: number, state: number): Move {
    const row = this.#whole.row(state);
    return this.#dependence.move(step, (leaf) => row[leaf]);
  }

  #name(step: number): string {
    return stepText(this.#problem.steps[step]);
  }
}
