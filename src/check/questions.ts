import { codecOf } from "../derive/codec.ts";
import { satisfies } from "../problem/constrained.ts";
import { instancesOf, type Problem, type Told } from "../problem/exploration.ts";
import { plainAnswers, type PlainStep } from "../problem/plain-answers.ts";
import { takerOf } from "../problem/plain-step.ts";
import { canonicalOf } from "../methods/symmetry/canonical-state.ts";
import { conditionsOf } from "../model/fairness.ts";
import { stepText, type Step } from "../model/model.ts";
import { isLiveness } from "../model/property.ts";
import type { KeptSteps } from "./kept-steps.ts";

/** What a step or property was asked, and what it answered. */
export interface Answer {
  readonly what: string;
  readonly said: string;
}

/** Something that can be asked of any state, on plain frozen objects and afresh each time. */
export type Question<S> = (state: S) => readonly Answer[];

const ofProperty = ({ id }: { readonly id: string }): string => `property ${id}`;
const ofStep = <S>(step: Step<S>): string => `the guard or recipe of ${stepText(step)}`;

/** A text that is the same for the same codes. */
const textOf = (row: Int32Array): string => Buffer.from(row.buffer).toString("latin1");

/** In a bounded search these steps were not taken before: one that throws is merely an answer. */
const orItsError =
  <S>(what: string, ask: Question<S>): Question<S> =>
  (state) => {
    try {
      return ask(state);
    } catch (error) {
      return [{ what, said: error instanceof Error ? error.message : String(error) }];
    }
  };

/** What is answered of a step: the state after it, and what each property says of it; of one that is not taken that it is not. */
const takenAnswers = <S>(
  problem: Problem<S>,
): ((what: string, taken: Pick<PlainStep<S>, "after" | "row" | "bits"> | undefined) => readonly Answer[]) => {
  const canonical = canonicalOf(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const rowOf = problem.symmetry === undefined ? undefined : (state: S) => encode(canonical(state));
  const about = problem.properties.map(ofProperty);
  return (what, taken) => {
    if (taken === undefined) return [{ what, said: "" }];
    const { after, row, bits } = taken;
    return [
      { what, said: textOf(rowOf?.(after) ?? row) },
      ...bits.map((bit, place) => ({ what: about[place], said: String(bit) })),
    ];
  };
};

/**
 * The same as the questions about steps, answered by what is kept of what their guards and recipes do: nothing where one
 * throws. What the properties of steps say is asked afresh.
 */
export const keptQuestionsOf = <S>(
  problem: Problem<S>,
  steps: KeptSteps<S>,
): ((step: Step<S>, state: S, codes: Int32Array) => readonly Answer[] | undefined) => {
  const { decodeFrozen } = codecOf(problem.model.state, problem.scope);
  const { between } = plainAnswers(problem);
  const answers = takenAnswers(problem);
  return (step, state, codes) => {
    const what = ofStep(step);
    try {
      const row = steps.after(step, codes);
      if (row === undefined) return answers(what, undefined);
      const after = decodeFrozen(row);
      return answers(what, { row, after, bits: between(step, state, after) });
    } catch {
      return undefined;
    }
  };
};

/** Every property, and then every step with what the properties of steps say of it: in the order of `toldAnswers`. */
export const questionsOf = <S>(problem: Problem<S>): readonly Question<S>[] => {
  const { property, step } = plainAnswers(problem);
  const answers = takenAnswers(problem);
  const { properties } = problem;
  return [
    ...properties.map((of, place) =>
      orItsError<S>(ofProperty(of), (state) => [
        { what: ofProperty(of), said: String(property(place, state)) },
      ]),
    ),
    ...problem.steps.map((each) => {
      const what = ofStep(each);
      return orItsError<S>(what, (state) => answers(what, step(each, state)));
    }),
  ];
};

/** What a search took a state to say and to do, as the answers to `questionsOf`; none to what it left out. */
export const toldAnswers = <S>(
  problem: Problem<S>,
  state: S,
  { said, moves }: Told<S>,
): readonly (readonly Answer[] | undefined)[] => {
  const { model, scope, properties, steps, dependence } = problem;
  const all = dependence === undefined && satisfies(problem, state);
  const { encode } = codecOf(model.state, scope);
  const bitsOf = (bits: readonly number[]): readonly Answer[] =>
    bits.map((bit, place) => ({ what: ofProperty(properties[place]), said: String(bit) }));
  const moved = new Map(moves.map((move) => [move.step, move]));
  return [
    ...bitsOf(said).map((one) => [one]),
    ...steps.map((step) => {
      const move = moved.get(step.id);
      const what = ofStep(step);
      if (move === undefined) return all ? [{ what, said: "" }] : undefined;
      return [{ what, said: textOf(encode(move.after)) }, ...bitsOf(move.bits)];
    }),
  ];
};

/** What only liveness asks: the other parts of its properties, and the conditions of fairness that look at states. */
export const liveQuestionsOf = <S>(problem: Problem<S>): readonly Question<S>[] => {
  const take = takerOf(problem);
  const ofState = (what: string, look: (state: S) => boolean): Question<S> =>
    orItsError(what, (state) => [{ what, said: String(look(state)) }]);
  const ofSteps = (
    what: string,
    steps: readonly Step<S>[],
    look: (before: S, after: S, step: Step<S>) => boolean,
  ): readonly Question<S>[] =>
    steps.map((step) =>
      orItsError(what, (state) => {
        const taken = take(step, state);
        return taken === undefined ? [] : [{ what, said: String(look(state, taken.after, step)) }];
      }),
    );
  return instancesOf(problem).flatMap(({ property, args }): readonly Question<S>[] => {
    if (!isLiveness(property)) return [];
    const what = ofProperty(property);
    const conditions = conditionsOf(property.fairness, problem).flatMap((condition) => {
      const fair = `the fairness condition ${condition.name}`;
      if ("recurs" in condition) return [ofState(fair, condition.recurs)];
      const { when } = condition;
      if (when === undefined) return [];
      return ofSteps(
        fair,
        problem.steps.filter(({ id }) => condition.steps.has(id)),
        (before, after, { action, args: of, actor }) =>
          when(before, after, { action: action.name, args: of, actor }),
      );
    });
    if (property.kind === "leadsTo")
      return [ofState(what, (state) => property.to(state, args)), ...conditions];
    const { holds } = property;
    if (holds !== undefined) return [ofState(what, (state) => holds(state, args)), ...conditions];
    const asked = ofSteps(what, problem.steps, (before, after, { action, args: of }) =>
      property.step(before, after, { action: action.name, args: of }, args),
    );
    return [...asked, ...conditions];
  });
};
