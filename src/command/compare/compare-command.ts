import { grouped } from "../../catalogue/cases.ts";
import { differencesOf } from "../../catalogue/differences.ts";
import { checkGroup, type CaseResult } from "../../catalogue/gate.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import { CheckError } from "../../errors.ts";
import type { Axis } from "../../model/axis.ts";
import { own } from "../../schema/own.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import type { Choice } from "../../catalogue/scenario.ts";
import { comparisonJson, comparisonLines } from "../../report/comparison.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { exitCode } from "../terminal/exit.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { worldAsked, type WorldFlags, type WorldQuestion } from "../flags/world-question.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { watch } from "../search/watch.ts";

/** The options of `compare`, as parsed. */
export interface CompareFlags extends WorldFlags {
  readonly depth?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly allowUnrecorded?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The axis along which worlds are compared: the first. */
const axisOf = ({ axes = [] }: Catalogue): Axis => {
  if (axes.length === 0)
    throw new CheckError("usage", "this catalogue names no axis to compare worlds along");
  return axes[0];
};

/** The choices to compare: one for each value on the axis, each once. */
const choicesOf = (
  { scenario }: WorldQuestion,
  { name, plural }: Axis,
  values: readonly string[],
  flags: CompareFlags,
): readonly Choice[] => {
  const known = own(scenario.axes ?? {}, name) ?? [];
  if (known.length === 0)
    throw new CheckError("usage", `${scenario.name} has no ${plural} to compare: choose another --scenario`);
  const choices = [...new Set(values)].map((value) => choiceOf(scenario, { ...flags, [name]: value }));
  if (choices.length < 2)
    throw new CheckError(
      "usage",
      `compare takes two ${plural} or more; those of ${scenario.name} are: ${known.join(", ")}`,
    );
  return choices;
};

/** What is found under each choice, in their order; those that come to the same model are searched once. */
const searched = async (
  { scenario, properties }: WorldQuestion,
  choices: readonly Choice[],
  flags: CompareFlags,
  io: Io,
): Promise<readonly CaseResult[]> => {
  const { exploreFast } = await import("../../explore.ts");
  const asked: Asked = {
    depth: flags.depth ?? null,
    switches: null,
    states: flags.maxStates ?? null,
    memoryBytes: flags.maxMemory ?? null,
    seconds: flags.timeLimit ?? null,
  };
  const limits = { memoryBytes: flags.maxMemory, seconds: flags.timeLimit };
  const watching = watch(io, limits, meterOf(io, flags.quiet === true));
  const found = new Map<Choice, CaseResult>();
  try {
    for (const group of grouped(choices.map((choice) => ({ scenario, choice })))) {
      const searching = { explore: exploreFast, asked, pulse: watching.pulse, properties };
      for (const result of await checkGroup(group, searching)) found.set(result.choice, result);
    }
  } finally {
    watching.end();
  }
  return choices.flatMap((choice) => found.get(choice) ?? []);
};

/** The gravest exit code of the searches; a start that is refused though something is expected of it is unexpected. */
const exitOf = (results: readonly CaseResult[], flags: CompareFlags): number => {
  const codes = results.map((result) =>
    result.refusal === null ? exitCode(result, flags) : EXIT.unexpected,
  );
  const order = [EXIT.interrupted, EXIT.unexpected, EXIT.limit];
  return order.find((code) => codes.includes(code)) ?? EXIT.asExpected;
};

/** `compare A B [...]`: what differs between values on the first axis, then their verdicts; the exit code. */
export const compare = async (
  catalogue: Catalogue,
  values: readonly string[],
  flags: CompareFlags,
  io: Io,
): Promise<number> => {
  const axis = axisOf(catalogue);
  const question = worldAsked(catalogue, flags);
  const { scenario } = question;
  const choices = choicesOf(question, axis, values, flags);
  const [base, ...others] = choices;
  checkMemoryLimit(io, flags.maxMemory);
  const differences = others.map((other) => differencesOf(scenario, base, other));
  const results = await searched(question, choices, flags, io);
  const comparison = { scenario, axis, differences, results };
  const lines =
    flags.json === true
      ? [JSON.stringify(comparisonJson(comparison), undefined, 2)]
      : comparisonLines(comparison);
  io.stdout.write(`${lines.join("\n")}\n`);
  return exitOf(results, flags);
};
