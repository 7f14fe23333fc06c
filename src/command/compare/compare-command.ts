import { grouped } from "../../catalogue/cases.ts";
import { differencesOf } from "../../catalogue/differences.ts";
import { checkGroup, type CaseResult } from "../../catalogue/gate.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import { CheckError } from "../../errors.ts";
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
export interface CompareFlags extends Omit<WorldFlags, "design"> {
  readonly depth?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly allowUnrecorded?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The choices to compare: one for each design, each once. */
const choicesOf = (
  { scenario }: WorldQuestion,
  designs: readonly string[],
  flags: CompareFlags,
): readonly Choice[] => {
  if (scenario.designs.length === 0)
    throw new CheckError("usage", `${scenario.name} has no designs to compare: choose another --scenario`);
  const choices = [...new Set(designs)].map((design) => choiceOf(scenario, { ...flags, design }));
  if (choices.length < 2)
    throw new CheckError(
      "usage",
      `compare takes two designs or more; those of ${scenario.name} are: ${scenario.designs.join(", ")}`,
    );
  return choices;
};

/** What is found under each choice, in their order; designs that come to the same model are searched once. */
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

/** `apicv-check compare D1 D2 [...]`: what differs between designs, then their verdicts; the exit code. */
export const compare = async (
  catalogue: Catalogue,
  designs: readonly string[],
  flags: CompareFlags,
  io: Io,
): Promise<number> => {
  const question = worldAsked(catalogue, flags);
  const { scenario } = question;
  const choices = choicesOf(question, designs, flags);
  const [base, ...others] = choices;
  checkMemoryLimit(io, flags.maxMemory);
  const differences = others.map((other) => differencesOf(scenario, base, other));
  const results = await searched(question, choices, flags, io);
  const comparison = { scenario, differences, results };
  const lines =
    flags.json === true
      ? [JSON.stringify(comparisonJson(comparison), undefined, 2)]
      : comparisonLines(comparison);
  io.stdout.write(`${lines.join("\n")}\n`);
  return exitOf(results, flags);
};
