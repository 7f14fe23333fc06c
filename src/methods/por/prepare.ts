import type { Problem, Stop } from "../../problem/exploration.ts";
import { interruptible } from "../../derive/interruptible.ts";
import { prepared, type Preparation, type Touches } from "./read-write-sets.ts";

/** Milliseconds after which what is run between two pauses is taken for endless. It takes some thousandths of that. */
const ENDLESS = 1000;

/** What steps may do, or in words why that is not known. */
export type Known =
  | { readonly touches: Touches; readonly because?: undefined }
  | { readonly touches?: undefined; readonly because: string };

/**
 * Finds out what steps may do, from one pause to the next. They are run on combinations of values that no state has, where
 * one that ends in every state may run for ever; so it is cut off, and then nothing is known.
 */
class Preparing<S> {
  readonly #preparation: Preparation = { running: "" };
  readonly #work: Iterator<undefined, Touches | undefined>;

  constructor(problem: Problem<S>) {
    this.#work = prepared(problem, this.#preparation);
  }

  /** Goes on to the next pause; undefined as long as there is more to be done. */
  next(): Known | undefined {
    const went = interruptible(() => this.#work.next(), ENDLESS);
    if (went === undefined)
      return {
        because: `${this.#preparation.running} does not end with some values that leaves might have together`,
      };
    const [{ done, value }] = went;
    if (done !== true) return undefined;
    return value === undefined
      ? { because: "what its steps may do would take too long to find out" }
      : { touches: value };
  }
}

/** What the steps and properties of a problem may do. */
export const known = <S>(problem: Problem<S>): Known => {
  const preparing = new Preparing(problem);
  for (;;) {
    const found = preparing.next();
    if (found !== undefined) return found;
  }
};

/** The same; asks now and then whether to go on. */
export const knownUnless = async <S>(
  problem: Problem<S>,
  ask: () => Promise<Stop | undefined> | Stop | undefined,
): Promise<Known> => {
  const preparing = new Preparing(problem);
  for (;;) {
    if ((await ask()) !== undefined) return { because: "the search was stopped before it began" };
    const found = preparing.next();
    if (found !== undefined) return found;
  }
};

/** What the steps and properties of a problem may do, where nothing is known of it: anything. */
const anything = <S>({ steps }: Problem<S>): Touches => ({
  steps: steps.map(() => undefined),
  looks: [undefined],
  values: [],
  runs: 0,
});

/** What the steps and properties of a problem may do; anything, where that is not known. */
export const touchesOf = <S>(problem: Problem<S>): Touches => known(problem).touches ?? anything(problem);
