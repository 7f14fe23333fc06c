import { HIT, SEEN } from "../model/judge.ts";
import { stepText } from "../model/model.ts";
import { choiceOf, leavesIn, type Choice } from "./choice.ts";
import { THREW, type StepTable, type Tables } from "./tables.ts";

/** A leaf is set to what it chooses, which may be what it is. */
export interface Assignment {
  readonly leaf: number;
  readonly to: Choice;
}

/** Stands for the value that a leaf has. */
export const KEEP = -1;

/** What is said of the steps by a rule, for one instance of a step property. */
export interface StepSaid {
  readonly place: number;
  /** When its antecedent is true, and when it is violated; nothing where it never is. */
  readonly seen: Choice | undefined;
  readonly hit: Choice | undefined;
}

/** A step as a rule: all of it is decided before anything is written. */
export interface Rule {
  readonly name: string;
  readonly guard: Choice;
  /** Leaves whose value before is still to be read when they are written. */
  readonly saved: readonly number[];
  /** In an order in which nothing is read after it was written, except of what is saved. */
  readonly assignments: readonly Assignment[];
  readonly said: readonly StepSaid[];
}

/** What an instance of a property says of a state. */
export interface StateSaid {
  readonly place: number;
  readonly seen: Choice;
  readonly hit: Choice;
}

/** The steps that are enabled in some state as rules, in their order. */
export const rulesOf = <S>(tables: Tables<S>): readonly Rule[] =>
  tables.steps.filter(({ ends }) => ends.length > 1).map((table) => ruleOf(table, tables));

/** What the properties say of states. */
export const statesSaid = <S>({ looks, values }: Tables<S>): readonly StateSaid[] =>
  looks.map(({ place, decision }) => {
    const when = (bit: number): Choice =>
      choiceOf(decision, values, (end) => (end === THREW ? undefined : [(end & bit) === 0 ? 0 : 1]));
    return { place, seen: when(SEEN), hit: when(HIT) };
  });

const ruleOf = <S>({ step, decision, ends }: StepTable<S>, { values, stepProperties }: Tables<S>): Rule => {
  const written = [...new Set(ends.flatMap((end) => [...(end?.writes.keys() ?? [])]))]
    .filter((leaf) => values[leaf].length > 1)
    .toSorted((a, b) => a - b);
  const assignments = written
    .map((leaf) => ({
      leaf,
      to: choiceOf(decision, values, (number, read) => {
        const end = ends[number];
        if (end === undefined) return undefined;
        const to = end.writes.get(leaf);
        const was = read.get(leaf);
        // To write what is there is to write nothing.
        if (to === undefined) return was === undefined ? [KEEP] : [KEEP, was];
        return to === was ? [KEEP, to] : [to];
      }),
    }))
    .filter(({ to }) => to !== KEEP);
  const said = stepProperties.flatMap((place, instance): readonly StepSaid[] => {
    const when = (bit: number): Choice | undefined => {
      const says = (number: number): boolean => ((ends[number]?.said[instance] ?? 0) & bit) !== 0;
      if (!ends.some((_, number) => says(number))) return undefined;
      return choiceOf(decision, values, (number) =>
        ends[number] === undefined ? undefined : [says(number) ? 1 : 0],
      );
    };
    const [seen, hit] = [when(SEEN), when(HIT)];
    return seen === undefined && hit === undefined ? [] : [{ place, seen, hit }];
  });
  return {
    name: stepText(step),
    guard: choiceOf(decision, values, (number) => [number === 0 ? 0 : 1]),
    ...ordered(assignments),
    said,
  };
};

/** Puts assignments into an order in which each comes after all that read what it writes; where there is none, saves it. */
const ordered = (all: readonly Assignment[]): Pick<Rule, "saved" | "assignments"> => {
  const saved: number[] = [];
  const assignments: Assignment[] = [];
  let left = all.map((assignment) => ({ assignment, reads: leavesIn(assignment.to) }));
  while (left.length > 0) {
    const free = left.find(({ assignment: { leaf } }) =>
      left.every(({ assignment, reads }) => assignment.leaf === leaf || !reads.has(leaf)),
    );
    const next = free ?? left[0];
    if (free === undefined) saved.push(next.assignment.leaf);
    assignments.push(next.assignment);
    left = left.filter((one) => one !== next);
  }
  return { saved, assignments };
};
