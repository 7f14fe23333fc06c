import { freeze } from "immer";
import { evaluatedTogether } from "../derive/evaluated.ts";
import { CheckError, nondeterministicError } from "../errors.ts";
import { isLiveness } from "../model/property.ts";
import { HIT, SEEN } from "../model/judge.ts";
import { codecOf } from "../derive/codec.ts";
import { satisfies, watched } from "../problem/constrained.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import { askedBefore } from "./asked-before.ts";
import { SecondLook } from "./second-look.ts";
import { runText, stepText } from "../model/model.ts";
import { KeptSteps } from "../check/kept-steps.ts";
import {
  keptQuestionsOf,
  liveQuestionsOf,
  questionsOf,
  toldAnswers,
  type Answer,
  type Question,
} from "../check/questions.ts";
import { runsLeadThere } from "../check/sampled-runs.ts";

/** The most states nearest to the start that are looked at again, and the most spread over all. */
const NEAREST = 8;
const SPREAD = 24;
/** The fewest times that each question is asked, over all states. */
const ASKED = 96;
/** What was asked in every order before, of another problem, is asked again in so many of the states. */
const AGAIN = 4;
/** Up to this number of states everything is counted again. */
const FEW = 32;

/** At most `most` numbers spread evenly over those below `n`, the first and the last among them. */
export const spread = (n: number, most: number): readonly number[] => {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (n - 1)) / (count - 1))));
};

const sampleOf = (states: number): readonly number[] =>
  [...new Set([...Array(Math.min(NEAREST, states)).keys(), ...spread(states, SPREAD)])].toSorted(
    (a, b) => a - b,
  );

/** What every step and every property answers in a state, asked again. */
export const answersOf = <S>(problem: Problem<S>): ((state: S) => readonly Answer[]) => {
  const questions = questionsOf(watched(problem));
  return (state) => questions.flatMap((ask) => ask(state));
};

/**
 * The searches that were looked at again: it is not done twice where one search answers several questions. Of those whose
 * states are elsewhere, by which none can be asked here, what would give them.
 */
const seen = new WeakSet<object>();

/** Marks a part of a search: the whole was already looked at again. */
export const asAsked = <S>(part: Exploration<S>): void => void seen.add(part);

/** Marks a search that was looked at again where its states are, and whatever part is made of it. */
export const asAskedElsewhere = <S>({ state }: Exploration<S>): void => void seen.add(state);

/**
 * Takes every step once more, and asks every property, in a sample of the states found: what they answer must be what the
 * search found, and the same whenever and in whatever order they are asked. The runs to these states must lead to them.
 * @throws CheckError `recipe` naming what answered differently; `internal` where it is not what the search found.
 */
export const askAgain = <S>(problem: Problem<S>, found: Exploration<S>): void => {
  if (seen.has(found) || seen.has(found.state)) return;
  const sample = sampleOf(found.states);
  const asked = watched(problem);
  const questions = questionsOf(asked);
  const live = isWhole(found) ? liveQuestionsOf(problem) : [];
  const before = askedBefore(asked);
  const states = sample.map((id) => freeze(found.state(id), true));
  const rows = states.map(codecOf(problem.model.state, problem.scope).encode);
  const steps = new KeptSteps(asked);
  const kept = keptQuestionsOf(asked, steps);
  const first: First = (i, q) => {
    const step = asked.steps[q - asked.properties.length];
    return step !== undefined && before.was[q] ? kept(step, states[i], rows[i]) : undefined;
  };
  let again = false;
  const answers = evaluatedTogether(() => {
    // What was broken off may be kept half.
    if (again) steps.forget(asked.steps);
    again = true;
    return askedInEveryOrder(problem, states, [...questions, ...live], { known: before.was, first });
  });
  before.keep();
  sample.forEach((id, i) => asTold(asked, found, id, answers[i]));
  sample.forEach((id, i) => asFound(asked, found, id, answers[i]));
  if (problem.symmetry === undefined)
    runsLeadThere(problem, found, sample, ({ id }) => before.was[asked.properties.length + id]);
  if (isSmall(problem, found)) {
    const look = new SecondLook(problem, found);
    for (let id = 0; id < found.states; id++) look.state(id);
    look.end();
  }
  seen.add(found);
};

/** What is known of the answer to a question in a state before it is asked, where anything is. */
type First = (state: number, question: number) => readonly Answer[] | undefined;

/**
 * Asks all questions of all states: state by state; back from the last question of the last state, on other objects that
 * are equal; and question by question, so that each is asked of another state in between. Those that were asked in this way
 * before are so again in a few of the states: what is known of their answers is taken for the first time.
 * @throws CheckError `recipe` where a question is answered in two ways.
 */
const askedInEveryOrder = <S>(
  { model, scope }: Problem<S>,
  states: readonly S[],
  questions: readonly Question<S>[],
  { known, first: before }: { readonly known: readonly boolean[]; readonly first: First },
): readonly (readonly (readonly Answer[])[])[] => {
  const every = Math.ceil(states.length / AGAIN);
  const { encode, decodeFrozen } = codecOf(model.state, scope);
  const first = states.map((state, i) => questions.map((ask, q) => before(i, q) ?? ask(state)));
  const compare = (state: S, i: number, q: number): void => {
    if (known[q] && i % every !== 0) return;
    const now = questions[q](state);
    const said = first[i][q];
    const other =
      said.find((one, at) => now[at]?.said !== one.said) ??
      (now.length > said.length ? now.at(-1) : undefined);
    if (other !== undefined) throw nondeterministicError(other.what);
  };
  for (let times = states.length; times < ASKED && states.length > 0; times += 2 * states.length) {
    const equal = states.map((state) => decodeFrozen(encode(state)));
    for (let i = states.length - 1; i >= 0; i--)
      for (let q = questions.length - 1; q >= 0; q--) compare(equal[i], i, q);
    for (let q = 0; q < questions.length; q++) states.forEach((state, i) => compare(state, i, q));
  }
  return first;
};

/** Compares what is answered of a state with what the search took it to say and to do, where it tells. */
const asTold = <S>(
  problem: Problem<S>,
  found: Exploration<S>,
  id: number,
  answers: readonly (readonly Answer[])[],
): void => {
  const told = found.told?.(id);
  if (told === undefined) return;
  toldAnswers(problem, found.state(id), told).forEach((before, q) => {
    const other = before?.find(({ said }, at) => answers[q][at]?.said !== said);
    if (other !== undefined)
      throw notAsFound(problem, found, id, `${other.what} does not answer as it did in the search`);
  });
};

/** Whatever a sampled state shows must have been found: that a property was hit or asked, that a step was taken. */
const asFound = <S>(
  problem: Problem<S>,
  found: Exploration<S>,
  id: number,
  answers: readonly (readonly Answer[])[],
): void => {
  const { properties, steps, dependence } = problem;
  const judged = (place: number, { said }: Answer): void => {
    const finding = found.findings[place];
    if (finding === undefined || isLiveness(properties[place])) return;
    const { antecedent, path } = finding;
    const { id: name } = properties[place];
    if ((Number(said) & HIT) !== 0 && path === undefined)
      throw notAsFound(problem, found, id, `property ${name} is decided, and was not in the search`);
    if ((Number(said) & SEEN) !== 0 && antecedent === 0)
      throw notAsFound(problem, found, id, `property ${name} says something, and never did in the search`);
  };
  properties.forEach((_, place) => judged(place, answers[place][0]));
  const expanded = found.nodes === undefined ? id < found.states - found.frontier : isWhole(found);
  if (!expanded || dependence !== undefined || !satisfies(problem, found.state(id))) return;
  steps.forEach((step, i) => {
    const [row, ...bits] = answers[properties.length + i];
    if (row.said !== "" && found.fired[step.id] === 0)
      throw notAsFound(problem, found, id, `${stepText(step)} is enabled, and was never taken in the search`);
    bits.forEach((bit, place) => judged(place, bit));
  });
};

const notAsFound = <S>(problem: Problem<S>, found: Exploration<S>, id: number, what: string): CheckError =>
  new CheckError(
    "internal",
    `asked again in the state reached by ${runText(problem.steps, found.path(id))}, ${what}: ` +
      "some guard, recipe or property is not deterministic, or the engine is wrong",
  );

/** Whether all steps were taken that are to be taken. */
const isWhole = <S>({ stop }: Exploration<S>): boolean => stop === "exhausted" || stop === "constraint";

const isSmall = <S>({ symmetry, dependence }: Problem<S>, found: Exploration<S>): boolean =>
  symmetry === undefined &&
  dependence === undefined &&
  isWhole(found) &&
  found.nodes === undefined &&
  found.doubted === undefined &&
  found.states <= FEW;
