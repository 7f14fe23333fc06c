import { during } from "../errors.ts";
import { answered } from "../model/ask.ts";
import { constraintsText, type Constraint } from "../model/constraint.ts";
import type { Property, Sometimes } from "../model/property.ts";
import type { Exploration, Problem, Stop } from "./exploration.ts";

/** What may have constraints. */
interface Constrained<S> {
  readonly constraints?: readonly Constraint<S>[] | undefined;
}

/** Whether a state satisfies all constraints of a problem. @throws what a constraint throws, with its name. */
export const satisfies = <S>({ constraints = [] }: Constrained<S>, state: S): boolean =>
  constraints.every((constraint) => holdsIn(constraint, state));

const holdsIn = <S>(constraint: Constraint<S>, state: S): boolean => {
  try {
    return answered(
      () => constraint.holds(state),
      () => `the constraint ${constraint.id}`,
    );
  } catch (error) {
    throw during(`the constraint ${constraint.id}`, error);
  }
};

/**
 * What of a problem the analysis of independent steps knows nothing of, in words: state constraints or a guard on the
 * successor; undefined where there is neither.
 */
export const unanalysed = <S>({ model, steps, constraints = [] }: Problem<S>): string | undefined => {
  if (constraints.length > 0)
    return `state constraints, and ${model.name} has ${constraintsText(constraints)}`;
  const guarded = steps.find(({ action }) => action.guardAfter !== undefined);
  return guarded && `guards on the successor, and ${guarded.action.name} has one`;
};

/** True of the states that do not satisfy all constraints of a problem; undefined where it has none. */
export const beyond = <S>({ constraints }: Problem<S>): Sometimes<S> | undefined =>
  constraints === undefined || constraints.length === 0
    ? undefined
    : {
        kind: "sometimes",
        id: `(beyond ${constraints.map(({ id }) => id).join(", ")})`,
        statement: "A state does not satisfy a constraint.",
        args: {},
        holds: (state) => !satisfies({ constraints }, state),
      };

/**
 * The problem as engines search it: behind its properties one that counts the states beyond its constraints. It is the
 * problem itself where there are none.
 */
export const watched = <S>(problem: Problem<S>): Problem<S> => {
  const property: Property<S> | undefined = beyond(problem);
  return property === undefined ? problem : { ...problem, properties: [...problem.properties, property] };
};

/** How many states were beyond a constraint, given in how many states a search of the `watched` problem saw each property. */
export const beyondIn = <S>(
  { constraints, properties }: Problem<S>,
  seen: (place: number) => number,
): number => (constraints === undefined || constraints.length === 0 ? 0 : seen(properties.length));

/** Why a search ended that nothing else has ended, given how many states were beyond a constraint. */
export const endOf = (stop: Stop | undefined, constrained: number): Stop | undefined =>
  stop ?? (constrained > 0 ? "constraint" : undefined);

/** The findings of a search of a `watched` problem: those of the problem's own properties, and the count. */
export const unwatched = <S>(
  { constraints = [], properties }: Problem<S>,
  findings: Exploration<S>["findings"],
): Pick<Exploration<S>, "findings" | "constrained"> =>
  constraints.length === 0
    ? { findings }
    : {
        findings: findings.slice(0, properties.length),
        constrained: findings[properties.length].antecedent,
      };
