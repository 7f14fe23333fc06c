import { codecOf } from "../derive/codec.ts";
import type { Step } from "../model/model.ts";
import { duringStep } from "../problem/endless-step.ts";
import type { Searchable, Searched } from "../problem/engine.ts";
import type { Bounds, Progress, Stop, Told } from "../problem/exploration.ts";
import { lookAt, lookBetween, seenIn } from "../problem/plain-step.ts";
import { FoundStates } from "./found-states.ts";
import { Judgements } from "./judgements.ts";
import { plainGraph } from "./plain-graph.ts";

/** For this many states, those nearest to the start, it is kept what they were taken to say and to lead to. */
const KEPT = 256;

/** What the reference engine writes down on its way: the states, what was asked of them, counts, and why it ended. */
export class SearchRecord<S> {
  /** Why the search has to end; nothing while it may go on. */
  stop: Stop | undefined;
  readonly levels: number[] = [];
  readonly #problem: Searchable<S>;
  readonly #most: number | undefined;
  readonly #found: FoundStates<S>;
  readonly #judgements: Judgements<S>;
  readonly #fired: number[];
  readonly #newStates: number[];
  readonly #told: { said: readonly number[]; moves: Told<S>["moves"][number][] }[] = [];
  readonly #seen: (state: S) => S;
  #transitions = 0;
  /** Of each state, how many it stands for, with symmetry. */
  readonly #sizes: number[] = [];
  readonly #full = { states: 0, transitions: 0 };

  constructor(problem: Searchable<S>, bounds: Bounds) {
    this.#problem = problem;
    this.#seen = seenIn(problem);
    this.#most = bounds.states;
    this.#found = new FoundStates(problem);
    this.#judgements = new Judgements(problem, ({ kind }) => {
      if (bounds.failFast === true && kind !== "sometimes") this.stop ??= "violation";
    });
    this.#fired = problem.steps.map(() => 0);
    this.#newStates = problem.steps.map(() => 0);
  }

  /** The states found, in that order. */
  get states(): readonly S[] {
    return this.#found.states;
  }

  /** Adds a state unless it is known or one too many, and judges it; says whether it is new. */
  add(state: S, from: number, step: number): boolean {
    if (this.#found.idOf(state) !== undefined) return false;
    if (this.states.length === this.#most) {
      this.stop ??= "states";
      return false;
    }
    const id = this.#found.add(state, from, step);
    const said = this.#judgements.judge(
      (instance) => lookAt(instance, this.#seen(state)),
      () => this.#found.path(id),
    );
    this.#weigh(state);
    if (id < KEPT) this.#told.push({ said, moves: [] });
    this.#problem.observer?.onState(state);
    return true;
  }

  /** Judges a step that was taken; `canonical` is the state after it as it was added, `fresh` whether that was new. */
  took(id: number, step: Step<S>, after: S, canonical: S, fresh: boolean): void {
    const before = this.states[id];
    this.#transitions++;
    this.#full.transitions += this.#sizes[id] ?? 0;
    this.#fired[step.id]++;
    if (fresh) this.#newStates[step.id]++;
    const bits = this.#judgements.judge(
      (instance) => lookBetween(instance, this.#seen(before), this.#seen(after), step),
      () => this.#found.path(id, step.id),
    );
    this.#told[id]?.moves.push({ step: step.id, after: canonical, bits });
    this.#problem.observer?.onTransition(step, before, after);
  }

  /** Counts what a state stands for. */
  #weigh(state: S): void {
    const { classSize } = this.#problem;
    if (classSize === undefined) return;
    const size = classSize(state);
    this.#sizes.push(size);
    this.#full.states += size;
  }

  /** Does something with a step from a state; says of an error where that was. */
  at<T>(id: number, step: Step<S>, work: (before: S) => T): T {
    try {
      return work(this.states[id]);
    } catch (error) {
      throw duringStep(step, this.#problem.steps, this.#found.path(id), error);
    }
  }

  /** How far it has come where the states before `next` were expanded. */
  progress(next: number): Progress {
    const { length } = this.states;
    const depth = this.levels.length - 1;
    return { depth, states: length, transitions: this.#transitions, frontier: length - next, wantsBytes: 0 };
  }

  /** The search as it has ended, the states before `next` expanded. */
  searched(next: number, deadlocks: number): Searched<S> {
    const { states, levels } = this;
    const found = this.#found;
    const { encode } = codecOf(this.#problem.model.state, this.#problem.scope);
    const counted = levels.reduce((sum, level) => sum + level, 0);
    if (states.length > counted) levels.push(states.length - counted);
    return {
      stop: this.stop,
      found: {
        states: states.length,
        transitions: this.#transitions,
        ...(this.#problem.classSize && { full: this.#full }),
        levels,
        frontier: states.length - next,
        deadlocks,
        findings: this.#judgements.findings,
        fired: this.#fired,
        newStates: this.#newStates,
        state: (id) => states[id],
        row: (id) => encode(states[id]),
        codes: (id) => encode(states[id]),
        path: (id) => found.path(id),
        told: (id) => (id < next ? this.#told[id] : undefined),
      },
      graph: (expanded) =>
        plainGraph(this.#problem, {
          states,
          idOf: (state) => found.idOf(state),
          levels: expanded,
          path: (id) => found.path(id),
        }),
      graphBytes: () => 0,
      tableBytes: () => 0,
    };
  }
}
