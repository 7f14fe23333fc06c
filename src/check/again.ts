import { CheckError, moodyError } from "../errors.ts";
import { codecOf } from "../derive/codec.ts";
import { watched } from "../explore/constrained.ts";
import type { Exploration, Problem } from "../explore/exploration.ts";
import { plainAnswers } from "../explore/plain-answers.ts";
import { runText, stepText } from "../model/model.ts";
import { replay } from "./trace.ts";

/** States that are looked at again, at most. */
const SAMPLE = 32;
/** How often something is asked, in one state or another, at least. */
const ASKED = 64;
/** Runs longer than this are not taken again: a run is as long as its state is deep. */
const LONGEST = 200;

/** At most so many numbers spread evenly over those below `n`, the first and the last among them. */
export const spread = (n: number, most: number): readonly number[] => {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (n - 1)) / (count - 1))));
};

/** What a step or property was asked, and what it answered. */
export interface Answer {
  readonly what: string;
  readonly said: string;
}

/** What every step and every property says of a state, asked anew. */
export const answersOf = <S>(problem: Problem<S>): ((state: S) => readonly Answer[]) => {
  const asked = watched(problem);
  const { look, step } = plainAnswers(asked);
  const properties = asked.properties.map(({ id }) => `property ${id}`);
  // In a bounded search nobody has taken these steps before: that one throws is no more than an answer.
  const answers = (what: string, ask: () => readonly Answer[]): readonly Answer[] => {
    try {
      return ask();
    } catch (error) {
      return [{ what, said: error instanceof Error ? error.message : String(error) }];
    }
  };
  const said = (bits: readonly number[]): readonly Answer[] =>
    bits.map((bit, place) => ({ what: properties[place], said: String(bit) }));
  return (state) => [
    ...answers("a property", () => said(look(state))),
    ...problem.steps.flatMap((each) => {
      const what = `the guard or recipe of ${stepText(each)}`;
      return answers(what, () => {
        const taken = step(each, state);
        return [{ what, said: taken?.row.join() ?? "" }, ...said(taken?.bits ?? [])];
      });
    }),
  ];
};

/**
 * Takes every step once more, and asks every property, in a sample of the states found, and then all of it again, back
 * and forth: what they answer must be the same. The runs to these states must lead to them.
 * @throws CheckError `recipe` naming what answered differently; `internal` where a run leads elsewhere.
 */
export const askAgain = <S>(problem: Problem<S>, found: Exploration<S>): void => {
  const answers = answersOf(problem);
  const sample = spread(found.states, SAMPLE);
  const states = sample.map((id) => found.state(id));
  const first = states.map(answers);
  const compare = (place: number): void => {
    const now = answers(states[place]);
    const other = first[place].find(({ said }, i) => now[i]?.said !== said);
    if (other !== undefined) throw moodyError(other.what);
  };
  const places = [...states.keys()];
  for (let asked = states.length; asked < ASKED && states.length > 0; asked += 2 * states.length) {
    places.toReversed().forEach(compare);
    places.forEach(compare);
  }
  if (problem.symmetry === undefined) runsLeadThere(problem, found, sample);
};

const runsLeadThere = <S>(problem: Problem<S>, found: Exploration<S>, sample: readonly number[]): void => {
  const { encode } = codecOf(problem.model.state, problem.scope);
  for (const id of sample) {
    if (depthOf(found, id) > LONGEST) return;
    const path = found.path(id);
    const wrong = (cause?: unknown): CheckError =>
      new CheckError(
        "internal",
        `taken again, ${runText(problem.steps, path)} does not lead where it led: ` +
          "some guard or recipe on the way is not deterministic, or the engine is wrong",
        { cause },
      );
    let end: S;
    try {
      const { start, steps } = replay(problem, path);
      end = steps.at(-1)?.after ?? start;
    } catch (error) {
      throw wrong(error);
    }
    if (encode(end).join() !== encode(found.state(id)).join()) throw wrong();
  }
};

/** States are numbered by depth. */
const depthOf = <S>({ levels }: Exploration<S>, id: number): number => {
  let before = 0;
  return levels.findIndex((size) => (before += size) > id);
};
