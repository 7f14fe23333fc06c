import { CheckError, during, nondeterministicError } from "../errors.ts";
import { HIT, SEEN } from "../model/judge.ts";
import { runText, stepText, type Step } from "../model/model.ts";
import { isLiveness } from "../model/property.ts";
import { endOf, satisfies } from "../problem/constrained.ts";
import type { Exploration, Problem, Pulse, Stop } from "../problem/exploration.ts";
import { livenessOf } from "../liveness/liveness.ts";
import { plainGraph } from "../reference/plain-graph.ts";
import { plainAnswers, type PlainAnswers, type PlainStep } from "../problem/plain-answers.ts";

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/**
 * A second look at a complete search, state by state in the order of their numbers, on the plain meaning and with nothing
 * of an engine: what is met must be what the engine found. Each method throws a CheckError where it is not: `internal`,
 * or `recipe` where a guard, recipe or property answers twice in different ways.
 */
export class SecondLook<S> {
  readonly #problem: Problem<S>;
  readonly #found: Exploration<S>;
  readonly #plain: PlainAnswers<S>;
  readonly #ids = new Map<string, number>();
  readonly #depths: number[] = [];
  readonly #fired: number[];
  readonly #newStates: number[];
  readonly #antecedents: number[];
  /** For each property how deep it was first hit. */
  readonly #hits: (number | undefined)[];
  #deadlocks = 0;
  #constrained = 0;

  constructor(problem: Problem<S>, found: Exploration<S>) {
    this.#problem = problem;
    this.#found = found;
    this.#plain = plainAnswers(problem);
    this.#fired = problem.steps.map(() => 0);
    this.#newStates = problem.steps.map(() => 0);
    this.#antecedents = problem.properties.map(() => 0);
    this.#hits = problem.properties.map(() => undefined);
    for (const state of problem.start) this.#meet(this.#plain.rowOf(state), 0);
  }

  /** Looks at one state, which must have been met by now, and at what each step makes of it. */
  state(id: number): void {
    const state = this.#found.state(id);
    const key = keyOf(this.#plain.rowOf(state));
    if (this.#ids.get(key) !== id) this.#wrong(`its state ${id} is not the ${id}th that is met`);
    const depth = this.#depths[id];
    this.#judge(
      this.#twice("a property", () => this.#plain.look(state), same),
      depth,
    );
    if (
      !this.#twice(
        "a constraint",
        () => satisfies(this.#problem, state),
        (a, b) => a === b,
      )
    ) {
      this.#constrained++;
      return;
    }
    let enabled = 0;
    for (const step of this.#problem.steps) {
      const taken = this.#taken(step, state, id);
      if (taken === undefined) continue;
      enabled++;
      this.#fired[step.id]++;
      if (this.#meet(taken.row, depth + 1)) this.#newStates[step.id]++;
      this.#judge(taken.bits, depth + 1);
    }
    if (enabled === 0) this.#deadlocks++;
  }

  /** Compares what was counted with what the engine counted. */
  end(): void {
    const found = this.#found;
    const counts: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
      ["states", [this.#depths.length], [found.states]],
      ["states at each distance", levelsOf(this.#depths), found.levels],
      ["transitions", [this.#fired.reduce((sum, n) => sum + n, 0)], [found.transitions]],
      ["steps taken", this.#fired, found.fired],
      ["states first reached by each step", this.#newStates, found.newStates],
      ["states without a next step", [this.#deadlocks], [found.deadlocks]],
      ["states beyond a constraint", [this.#constrained], [found.constrained ?? 0]],
      ["antecedents", this.#antecedents, found.findings.map(({ antecedent }) => antecedent)],
    ];
    for (const [what, plain, engine] of counts)
      if (!same(plain, engine))
        this.#wrong(`${what}: ${engine.join(", ")}, and met were ${plain.join(", ")}`);
    this.#problem.properties.forEach((property, place) => {
      if (isLiveness(property)) return;
      const claimed = found.findings[place].path?.steps.length;
      if (claimed !== this.#hits[place])
        this.#wrong(
          `${property.id}: decided after ${claimed ?? "no"} steps, and met after ${this.#hits[place] ?? "none"}`,
        );
    });
  }

  /** Looks for behaviours that break the liveness properties on the plain graph; why that ended. */
  async liveness(ask: () => ReturnType<Pulse>): Promise<Stop> {
    const { properties } = this.#problem;
    const whole = endOf(undefined, this.#constrained) ?? "exhausted";
    if (!properties.some(isLiveness)) return whole;
    const { states: count, levels, path, findings, state } = this.#found;
    const states = Array.from({ length: count }, (_, id) => state(id));
    const idOf = (of: S): number | undefined => this.#ids.get(keyOf(this.#plain.rowOf(of)));
    const live = await livenessOf({
      problem: this.#problem,
      bounds: {},
      stop: whole,
      levels,
      graph: (expanded) => plainGraph(this.#problem, { states, idOf, levels: expanded, path }),
      bytesFor: () => 0,
      ask,
    });
    if (live.stop === whole)
      properties.forEach((property, place) => {
        const broken = live.findings.get(place)?.path !== undefined;
        if (isLiveness(property) && broken !== (findings[place].path !== undefined))
          this.#wrong(`${property.id}: ${broken ? "it is violated" : "it holds"} on the plain graph`);
        const unmet = live.findings.get(place)?.unmet ?? [];
        if (!same(unmet, findings[place].unmet ?? []))
          this.#wrong(`${property.id}: no behaviour meets ${unmet.join(", ") || "less"} on the plain graph`);
      });
    return live.stop;
  }

  /** Numbers a state where it is new; says whether it is. */
  #meet(row: Int32Array, depth: number): boolean {
    const key = keyOf(row);
    if (this.#ids.has(key)) return false;
    this.#ids.set(key, this.#ids.size);
    this.#depths.push(depth);
    return true;
  }

  #taken(step: Step<S>, state: S, id: number): PlainStep<S> | undefined {
    const alike = (a: PlainStep<S> | undefined, b: PlainStep<S> | undefined): boolean =>
      a === undefined || b === undefined ? a === b : keyOf(a.row) === keyOf(b.row) && same(a.bits, b.bits);
    try {
      return this.#twice(
        `the guard or recipe of ${stepText(step)}`,
        () => this.#plain.step(step, state),
        alike,
      );
    } catch (error) {
      throw during(`the state reached by ${runText(this.#problem.steps, this.#found.path(id))}`, error);
    }
  }

  #twice<T>(what: string, ask: () => T, alike: (a: T, b: T) => boolean): T {
    const once = ask();
    if (!alike(once, ask())) throw nondeterministicError(what);
    return once;
  }

  #judge(bits: readonly number[], depth: number): void {
    bits.forEach((bit, place) => {
      if ((bit & SEEN) !== 0) this.#antecedents[place]++;
      if ((bit & HIT) !== 0) this.#hits[place] = Math.min(depth, this.#hits[place] ?? depth);
    });
  }

  #wrong(what: string): never {
    throw new CheckError(
      "internal",
      `the engine is wrong, or a guard or recipe is not deterministic: ${what}`,
    );
  }
}

const keyOf = (row: Int32Array): string => Buffer.from(row.buffer).toString("latin1");

const levelsOf = (depths: readonly number[]): readonly number[] =>
  depths.reduce<number[]>((levels, depth) => {
    levels[depth] = (levels[depth] ?? 0) + 1;
    return levels;
  }, []);
