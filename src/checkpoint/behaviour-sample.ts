import { CheckError } from "../errors.ts";
import { codecOf } from "../derive/codec.ts";
import type { Problem } from "../problem/exploration.ts";
import { plainAnswers } from "../problem/plain-answers.ts";
import { canonicalOf } from "../methods/symmetry/canonical-state.ts";
import { answersOf, spread } from "../doubt/determinism.ts";
import type { Answer } from "../check/questions.ts";
import { digestOf } from "./digest.ts";

/** How many states are asked between one power of two and the next. */
const PER_OCTAVE = 2;
/** The most states to which steps are taken again. */
const TAKEN_AGAIN = 200;

/** For each step and each property a digest of its answers in a sample of the states. */
export type Sample = Readonly<Record<string, string>>;

/** Numbers below `n`: those of a smaller `n` are among those of a larger one. */
const sampled = (n: number): readonly number[] => {
  const ids = new Set<number>();
  for (let octave = 1; octave <= n; octave *= 2)
    for (let part = 0; part < PER_OCTAVE; part++) {
      const id = Math.floor(octave * (1 + part / PER_OCTAVE)) - 1;
      if (id < n) ids.add(id);
    }
  return [...ids];
};

const changed = (what: string): CheckError =>
  new CheckError(
    "version",
    `the model changed since the checkpoint was written: ${what}\n  begin anew without --resume, in another directory`,
  );

/** What the model's guards, recipes and properties do, as far as a sample of states tells: their code has no stable text. */
export class Sampler<S> {
  readonly #problem: Problem<S>;
  readonly #answers: (state: S) => readonly Answer[];
  readonly #known = new Map<number, readonly Answer[]>();

  constructor(problem: Problem<S>) {
    this.#problem = problem;
    this.#answers = answersOf(problem);
  }

  /** Asks a sample of the first `states` states. */
  sample(states: number, state: (id: number) => S): Sample {
    const texts = new Map<string, string[]>();
    for (const id of sampled(states)) {
      const known = this.#known.get(id) ?? this.#answers(state(id));
      this.#known.set(id, known);
      for (const { what, said } of known) texts.set(what, [...(texts.get(what) ?? []), `${id}: ${said}`]);
    }
    return Object.fromEntries(
      [...texts].map(([what, said]) => [what, digestOf(said.join("\n")).slice(0, 16)]),
    );
  }

  /**
   * Asks the states of a sample again, and takes steps to states spread over all that were found.
   * @throws CheckError `version` naming what does something else by now.
   */
  compare(before: Sample, states: number, state: (id: number) => S, parent: (id: number) => number): void {
    const now = this.sample(states, state);
    for (const what of new Set([...Object.keys(before), ...Object.keys(now)]))
      if (now[what] !== before[what]) throw changed(`${what} does something else`);
    this.#takeAgain(states, state, parent);
  }

  #takeAgain(states: number, state: (id: number) => S, parent: (id: number) => number): void {
    const problem = this.#problem;
    const { step } = plainAnswers(problem);
    const { encode } = codecOf(problem.model.state, problem.scope);
    const canonical = canonicalOf(problem);
    const starts = new Set(problem.start.map((start) => encode(canonical(start)).join()));
    for (const id of spread(states, TAKEN_AGAIN)) {
      const row = encode(state(id)).join();
      if (starts.has(row)) continue;
      const before = state(parent(id));
      const leads = problem.steps.some((each) => {
        const taken = step(each, before);
        return taken !== undefined && encode(canonical(taken.after)).join() === row;
      });
      if (!leads) throw changed(`no step leads to state ${id} from where it was found`);
    }
  }
}
