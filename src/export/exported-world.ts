import type { Outcome } from "../catalogue/outcome.ts";
import { worldText } from "../catalogue/size.ts";
import { grouped, plural } from "../check/verdict.ts";
import { codecOf } from "../derive/codec.ts";
import { CheckError } from "../errors.ts";
import { constraintsText } from "../model/constraint.ts";
import { isLiveness } from "../model/property.ts";
import { version } from "../package-version.ts";
import { programName } from "../program-name.ts";
import type { Choice } from "./choice.ts";
import { judgedIn, type Judged, type Told } from "./judged.ts";
import { variablesOf, type Variable, type Word } from "./names.ts";
import { rulesOf, statesSaid, type Rule } from "./rules.ts";
import { tablesOf } from "./tables.ts";

/** A property with what it says of states; of a step property that is in the rules. */
export interface ExportedProperty extends Judged {
  readonly inStates: (told: Told) => readonly Choice[];
}

/** A world as it is written in any format. */
export interface ExportedWorld {
  /** What it is and what a checker has to find, in lines. */
  readonly about: readonly string[];
  /** For each leaf. */
  readonly variables: readonly Variable[];
  /** The leaves that have more than one value: the others are not written. */
  readonly varying: readonly number[];
  readonly words: readonly Word[];
  /** The leaf codes of each start state. */
  readonly starts: readonly ArrayLike<number>[];
  readonly rules: readonly Rule[];
  readonly properties: readonly ExportedProperty[];
}

/** @throws CheckError `limit` where a search did not find all states, or found some of which others are renamings. */
const checkWhole = ({ problem, exploration }: Outcome): void => {
  const { constraints = [] } = problem;
  if (constraints.length > 0)
    throw new CheckError(
      "limit",
      `nothing is exported: ${problem.model.name} has ${constraintsText(constraints)}, and no rule can say which states are not expanded`,
    );
  if (exploration.stop !== "exhausted")
    throw new CheckError(
      "limit",
      `nothing is exported: the search was ended (${exploration.stop}) before it had seen every state`,
    );
};

/**
 * What a complete search has found, as rules over variables. What the rules do in states that cannot be reached is not
 * said by the model, but is what makes them short.
 * @throws CheckError `limit` where the search is not complete.
 */
export const exportedWorld = (outcome: Outcome): ExportedWorld => {
  checkWhole(outcome);
  const { problem, exploration } = outcome;
  const tables = tablesOf(problem, exploration);
  const { leaves, values } = tables;
  const said = statesSaid(tables);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const rows = problem.start.map((state) => encode(state));
  return {
    about: aboutOf(outcome),
    ...variablesOf(leaves, values),
    varying: leaves.flatMap((_, leaf) => (values[leaf].length > 1 ? [leaf] : [])),
    starts: [...new Map(rows.map((row) => [row.join(), row])).values()],
    rules: rulesOf(tables),
    properties: judgedIn(outcome).map((judged) => ({
      ...judged,
      inStates: ({ bit }) => said.filter(({ place }) => place === judged.place).map((one) => one[bit]),
    })),
  };
};

const aboutOf = (outcome: Outcome): readonly string[] => {
  const { scenario, choice, exploration, problem } = outcome;
  const live = problem.properties.filter(isLiveness).map(({ id }) => id);
  return [
    `${worldText(scenario, choice)}, written by ${programName()} ${version()}; model version ${outcome.version}`,
    "",
    `To be found: ${grouped(exploration.states)} states, ${plural(exploration.transitions, "transition")}, and`,
    ...judgedIn(outcome).map(({ id, verdict, finds, never, place }) => {
      const { antecedent } = exploration.findings[place];
      const times = finds?.bit === "seen" ? ` ${plural(antecedent, "time")}` : "";
      return [
        `  ${id} (${verdict}):`,
        [
          ...(never ? [`never its ${never.words}`] : []),
          ...(finds ? [`its ${finds.words}${times}`] : []),
        ].join(", "),
      ].join(" ");
    }),
    ...(live.length === 0
      ? []
      : [`Not in this file, since they are about whole behaviours: ${live.join(", ")}`]),
  ];
};
