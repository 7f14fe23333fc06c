import { CheckError } from "../../errors.ts";
import { stepText, type Step } from "../../model/model.ts";
import type { Pulse, Stop } from "../../problem/exploration.ts";
import type { Claim, ClaimedDependence } from "./claimed-dependence.ts";
import { Runs } from "./runs.ts";
import type { Whole } from "./whole-graph.ts";

/** A set of steps claimed for a step, and in which cases. */
interface Said {
  readonly set: readonly number[];
  readonly cases: Set<Claim>;
}

/** Asked now and then whether to go on. */
export type Ask = () => ReturnType<Pulse>;

/** An error, and how the state in which it is was reached. */
type Reached = (error: CheckError, state: number) => Error;

/** An independence that is wrong. */
export const wrong = (what: string): CheckError => new CheckError("internal", `wrong independence: ${what}`);

/**
 * Verifies the lemmas of `docs/soundness-por.md` as they stand there, of any run of steps outside of a set, however long. A set
 * is chosen in one state and has to do for all that may come before a step of it is taken; whether another set is claimed for the
 * step by then makes no difference.
 */
export class Lemmas<S> {
  readonly #steps: readonly Step<S>[];
  readonly #whole: Whole<S>;
  readonly #moves: ClaimedDependence<S>;
  readonly #runs: Runs<S>;
  /** For each step the states in which it is enabled. */
  readonly #enabledIn: readonly number[][];
  /** For each pair of steps, by `#pair`, the states in which both are enabled and do not commute. */
  readonly #apartIn = new Map<number, number[]>();

  constructor(steps: readonly Step<S>[], whole: Whole<S>, moves: ClaimedDependence<S>) {
    this.#steps = steps;
    this.#whole = whole;
    this.#moves = moves;
    this.#runs = new Runs(whole);
    this.#enabledIn = steps.map(() => []);
  }

  /** Takes down which steps commute in a state. */
  lookAt(state: number): void {
    const enabled = this.#steps.map(({ id }) => id).filter((id) => this.#whole.after(state, id) >= 0);
    enabled.forEach((step, place) => {
      this.#enabledIn[step].push(state);
      for (const by of enabled.slice(place + 1)) {
        if (this.#apart(step, by, state) === undefined) continue;
        const states = this.#apartIn.get(this.#pair(step, by)) ?? [];
        this.#apartIn.set(this.#pair(step, by), states);
        states.push(state);
      }
    });
  }

  /**
   * To be called once all states were looked at; `reached` adds the run to the state. Why it ended.
   * @throws CheckError `internal` where a lemma is wrong.
   */
  async verify(ask: Ask, reached: Reached): Promise<Stop> {
    for (const { id } of this.#steps) {
      const stop = await ask();
      if (stop !== undefined) return stop;
      const cases = this.#moves.cases.filter(({ step }) => step === id);
      for (const said of setsIn(cases, ({ move }) => (move.enabled ? [] : move.enabling)))
        this.#never(id, said, this.#enabledIn[id], reached, (steps) => {
          return `${this.#names(steps)} is said not to enable ${this.#names([id])}, but does`;
        });
      for (const said of setsIn(cases, ({ move }) => (move.enabled ? [move.dependent] : []))) {
        const others = this.#steps.map((step) => step.id).filter((by) => by !== id && !said.set.includes(by));
        const apartIn = others.flatMap((by) => this.#apartIn.get(this.#pair(id, by)) ?? []);
        this.#never(id, said, apartIn, reached, (steps, end) => {
          const by = others.find((other) => this.#apart(id, other, end) !== undefined)!;
          return `${this.#names([id])} is said not to depend on ${this.#names([...steps, by])}, ${this.#apart(id, by, end)}`;
        });
      }
      for (const said of setsIn(cases, ({ move }) => (move.enabled && move.advances ? [move.dependent] : [])))
        this.#never(
          id,
          said,
          this.#enabledIn[id].filter((state) => this.#whole.sees(state, id)),
          reached,
          (steps) =>
            `${this.#names([id])} is said not to depend on ${this.#names(steps)}, but is visible after it`,
        );
    }
    return "exhausted";
  }

  /** No run of steps outside of a set leads from a state in which it is claimed for a step to one of `ends`. */
  #never(
    step: number,
    { set, cases }: Said,
    ends: readonly number[],
    reached: Reached,
    blame: (steps: readonly number[], end: number) => string,
  ): void {
    for (const state of this.#runs.leadingTo(ends, new Set([step, ...set]))) {
      if (!cases.has(this.#moves.at(step, state))) continue;
      const { steps, end } = this.#runs.from(state);
      throw reached(wrong(blame(steps, end)), state);
    }
  }

  /** Why two steps do not commute in a state; undefined where they do, or one is not enabled. */
  #apart(step: number, by: number, state: number): string | undefined {
    const [first, other] = [this.#whole.after(state, step), this.#whole.after(state, by)];
    if (first < 0 || other < 0) return undefined;
    const [ends, ended] = [this.#whole.after(other, step), this.#whole.after(first, by)];
    if (ends < 0) return "which disables it";
    if (ended < 0) return "which it disables";
    if (ends !== ended) return "but their order matters";
    const same = (at: number, taken: number, then: number): boolean =>
      this.#whole.judgement(at, taken) === this.#whole.judgement(then, taken);
    return same(state, step, other) && same(state, by, first)
      ? undefined
      : "but a property of steps tells their order";
  }

  /** A number for two steps, whichever comes first. */
  #pair(step: number, by: number): number {
    return Math.min(step, by) * this.#steps.length + Math.max(step, by);
  }

  #names(steps: readonly number[]): string {
    return steps.map((step) => stepText(this.#steps[step])).join(", then ");
  }
}

/** The sets that are said in some cases, each once. */
const setsIn = (
  cases: readonly Claim[],
  setsOf: (known: Claim) => readonly (readonly number[])[],
): Iterable<Said> => {
  const all = new Map<string, Said>();
  for (const known of cases)
    for (const set of setsOf(known)) {
      const said = all.get(set.join()) ?? { set, cases: new Set() };
      all.set(set.join(), said);
      said.cases.add(known);
    }
  return all.values();
};
