import type { Combination, Matrix, PlainVerdict } from "../../catalogue/matrix.ts";
import { evidenceWith, type Evidence, type PropertyResult } from "../../catalogue/outcome.ts";
import { runOfHandle } from "../../catalogue/run-of-handle.ts";
import type { Instantiated } from "../../catalogue/scenario.ts";
import { confirm } from "../../check/confirm.ts";
import { version } from "../../package-version.ts";
import { problemOf, type Problem } from "../../problem/exploration.ts";
import { programName } from "../../program-name.ts";
import { reportedWorld, type Reported } from "../../report/formats/reported.ts";
import { combinationText } from "../../report/matrix.ts";
import { fails, type Strictness } from "../terminal/exit.ts";

/** The models of a matrix, each built once: combinations that come to one share it. */
const building = ({ scenario }: Matrix): ((combination: Combination) => Instantiated<unknown>) => {
  const built = new Map<number, Instantiated<unknown>>();
  return ({ model, choice }) => {
    const made = built.get(model) ?? scenario.build(choice);
    built.set(model, made);
    return made;
  };
};

/** The run of a verdict, taken again: verdicts come from other threads, and runs do not. */
const evidenceOf = (
  { scenario }: Matrix,
  { id, handle }: PlainVerdict,
  world: Instantiated<unknown>,
): (Pick<PropertyResult, "property"> & { readonly evidence: Evidence }) | undefined => {
  if (handle === null) return undefined;
  const { property, problem, path } = runOfHandle(handle, [scenario], () => world);
  if (property === null) throw new Error(`the run of ${id} decides nothing`);
  return { property, evidence: evidenceWith(handle, confirm(problem, property, path)) };
};

const resultOf = (matrix: Matrix, verdict: PlainVerdict, world: Instantiated<unknown>): PropertyResult => {
  const shown = evidenceOf(matrix, verdict, world);
  const property = shown?.property ?? matrix.properties.find(({ id }) => id === verdict.id);
  if (property === undefined) throw new Error(`nobody asked ${verdict.id}`);
  return {
    property,
    verdict: verdict.verdict,
    because: verdict.because,
    expected: verdict.expected,
    reason: verdict.reason,
    asExpected: verdict.asExpected,
    antecedent: 0,
    unmet: [],
    evidence: shown?.evidence ?? null,
  };
};

const problemIn = (
  { scenario, properties }: Matrix,
  { model, start }: Instantiated<unknown>,
): Problem<unknown> => problemOf(model, scenario.scope, properties, start);

/**
 * What was found of several combinations, as formats show it: a world for each, and a table of them by what was asked. A
 * verdict that makes the exit code 1 fails there too.
 */
export const matrixReported = (
  matrix: Matrix,
  command: string,
  seconds: number,
  strictness: Strictness,
): Reported => {
  const build = building(matrix);
  return {
    program: programName(),
    version: version(),
    command,
    seconds,
    finished: matrix.left.length === 0 && matrix.stop !== "interrupted",
    worlds: matrix.combinations.map((combination) => {
      const { choice, states, refusal, verdicts } = combination;
      const built = build(combination);
      const properties = verdicts.map((verdict) => resultOf(matrix, verdict, built));
      const problem = problemIn(matrix, built);
      const world = reportedWorld(
        { scenario: matrix.scenario, choice, problem, properties, states, refusal },
        (result, standing) => {
          if (fails(result, strictness)) return "fail";
          return standing === "fail" ? "known" : standing;
        },
      );
      const row = combinationText(matrix, choice);
      return {
        ...world,
        verdicts: world.verdicts.map((verdict) => ({ ...verdict, cell: { row, column: verdict.property } })),
      };
    }),
  };
};
