import { CheckError, during, pathText } from "../../errors.ts";
import { runText, stepText } from "../../model/model.ts";
import { unanalysed } from "../../problem/constrained.ts";
import { exploreFast } from "../../explore.ts";
import type { Problem, Stop } from "../../problem/exploration.ts";
import { Dependences } from "../../methods/por/conditional-dependence.ts";
import { Lemmas, wrong, type Ask } from "./lemmas.ts";
import type { Changes, Dependence } from "../../problem/dependence.ts";
import { ClaimedDependence, type Claim } from "./claimed-dependence.ts";
import { Probe } from "../../methods/por/step-probe.ts";
import type { Touch } from "../../methods/por/read-write-sets.ts";
import { Whole } from "./whole-graph.ts";

/** States looked at between two questions whether to go on. */
const PATIENCE = 256;

/** What was looked at to verify the dependence of a problem. */
export interface Verified {
  /** Why it ended: only `exhausted` means that all was looked at. */
  readonly stop: Stop;
  readonly states: number;
  /** Pairs of an enabled step and another one, in some state. */
  readonly pairs: number;
}

/**
 * Verifies by brute force, over all reachable states of a problem, what partial-order reduction rests on: no step does what it
 * was not said to do; along every run of steps that an enabled step does not depend on, it commutes with each of them;
 * a disabled step stays disabled along every run without a step of a set that it is said to wait for; a step that
 * advances changes nothing that a property says, there and along those runs; and the states cannot advance for ever.
 * @throws CheckError `internal` where one of that is wrong, with the steps and the run to the state.
 */
export const verifyIndependence = async <S>(
  problem: Problem<S>,
  dependence: Dependence = new Dependences(problem),
  ask: Ask = () => undefined,
): Promise<Verified> => {
  const unproven = unanalysed(problem);
  if (unproven !== undefined)
    throw new CheckError("usage", `which steps are independent is not verified for ${unproven}`);
  const { dependence: _, ...full } = problem;
  const found = await exploreFast({ ...full, properties: [] });
  const whole = new Whole(full, found);
  const moves = new ClaimedDependence(whole, dependence);
  const check = new Check(full, whole, dependence, moves);
  const lemmas = new Lemmas(problem.steps, whole, moves);
  const reached = (error: unknown, state: number): Error =>
    during(`the state reached by ${runText(problem.steps, found.path(state))}`, error);
  const inAll = async (look: (state: number) => void): Promise<Stop> => {
    for (let state = 0; state < whole.states; state++) {
      const stop = state % PATIENCE === 0 ? await ask() : undefined;
      if (stop !== undefined) return stop;
      try {
        look(state);
      } catch (error) {
        throw reached(error, state);
      }
    }
    return "exhausted";
  };
  const verified = (stop: Stop): Verified => ({ stop, states: whole.states, pairs: check.pairs });
  const taken = await inAll((state) => whole.lookAt(state));
  if (taken !== "exhausted") return verified(taken);
  whole.close();
  const looked = await inAll((state) => {
    check.state(state);
    lemmas.lookAt(state);
  });
  if (looked !== "exhausted") return verified(looked);
  check.order();
  return verified(await lemmas.verify(ask, reached));
};

/** Checks what is claimed about a step in a state against what it does there. */
class Check<S> {
  pairs = 0;
  readonly #problem: Problem<S>;
  readonly #whole: Whole<S>;
  readonly #dependence: Dependence;
  readonly #moves: ClaimedDependence<S>;
  readonly #visible: ReadonlySet<number>;
  readonly #probe: Probe<S>;
  /** The transitions by which states advance. */
  readonly #advances: (readonly [from: number, to: number])[] = [];

  constructor(problem: Problem<S>, whole: Whole<S>, dependence: Dependence, moves: ClaimedDependence<S>) {
    this.#problem = problem;
    this.#whole = whole;
    this.#dependence = dependence;
    this.#moves = moves;
    this.#visible = new Set(dependence.visible);
    this.#probe = new Probe(problem);
  }

  /** Checks all steps in one state. */
  state(state: number): void {
    const { steps } = this.#problem;
    for (const { id } of steps) {
      const known = this.#moves.at(id, state);
      if (known.state === state) this.#case(known);
      this.#footprint(known, state);
      if (known.move.enabled) this.pairs += steps.length - 1;
    }
  }

  /** Checks that no state can advance for ever. */
  order(): void {
    const into = new Int32Array(this.#whole.states);
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
    if (passed < this.#whole.states)
      throw wrong("there is a cycle of states by steps that are said to advance");
  }

  #footprint({ step, move }: Claim, state: number): void {
    const after = this.#whole.after(state, step);
    if (move.enabled !== after >= 0)
      throw wrong(`${this.#name(step)} is enabled or not, and said to be the other`);
    if (!move.enabled) return;
    if (!this.#makes(move.changes, state, after))
      throw wrong(`${this.#name(step)} is said to make other changes than it does`);
    const seen = this.#whole.sees(state, step);
    if (seen && !this.#visible.has(step)) throw wrong(`${this.#name(step)} is said to be invisible`);
    if (!move.advances) return;
    if (seen) throw wrong(`${this.#name(step)} is said to advance, but a property sees it`);
    this.#advances.push([state, after]);
  }

  /** Whether one state differs from another by these changes and no others. */
  #makes(changes: Changes, from: number, to: number): boolean {
    const [before, after] = [this.#whole.row(from), this.#whole.row(to)];
    let made = 0;
    for (let leaf = 0; leaf < before.length; leaf++) {
      if (before[leaf] === after[leaf]) continue;
      if (changes.get(leaf)?.[1] !== after[leaf]) return false;
      made++;
    }
    return made === changes.size;
  }

  /** Checks what is the same in all states of a case. */
  #case({ step, state, move, asked }: Claim): void {
    for (const leaf of asked)
      if (!move.leaves.includes(leaf)) throw this.#undeclared(step, "depends on", leaf);
    const touch = this.#dependence instanceof Dependences ? this.#dependence.touches.steps[step] : undefined;
    if (touch !== undefined) this.#within(touch, step, this.#whole.row(state));
  }

  /** Checks what a step does where the leaves have these codes against what it may do at all. */
  #within({ tells, writes, needs }: Touch, step: number, row: Int32Array): void {
    const run = this.#probe.step(this.#problem.steps[step], (leaf) => row[leaf]);
    for (const leaf of run.reads)
      if (tells.get(leaf)?.has(row[leaf]) !== true) throw this.#undeclared(step, "reads", leaf);
    for (const [leaf, to] of run.writes)
      if (writes.get(leaf)?.has(to) !== true) throw this.#undeclared(step, "writes", leaf);
    for (const [leaf, codes] of run.enabled ? needs : [])
      if (!codes.has(row[leaf])) throw this.#undeclared(step, "needs", leaf);
  }

  #undeclared(step: number, does: string, leaf: number): CheckError {
    const where = pathText(this.#probe.leaves[leaf].path);
    return wrong(`${this.#name(step)} ${does} ${where} in a way that it was not said to`);
  }

  #name(step: number): string {
    return stepText(this.#problem.steps[step]);
  }
}
