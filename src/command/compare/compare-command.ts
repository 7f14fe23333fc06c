import { grouped } from "../../catalogue/cases.ts";
import { propertiesNamed } from "../../catalogue/answer.ts";
import { differencesOf, type Lane } from "../../catalogue/differences.ts";
import { checkGroup, type CaseResult } from "../../catalogue/gate.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import { CheckError } from "../../errors.ts";
import type { Axis } from "../../model/axis.ts";
import { own } from "../../schema/own.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import type { AnyScenario, Choice } from "../../catalogue/scenario.ts";
import { comparisonJson, comparisonLines } from "../../report/comparison.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { gravestExit } from "../terminal/exit.ts";
import type { Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import type { WorldQuestion } from "../flags/world-question.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { watch } from "../search/watch.ts";
import { askedOfEach, laneForm, type CompareFlags } from "./compare-flags.ts";

const valuesOn = ({ axes = {} }: AnyScenario, axis: Axis | undefined): readonly string[] =>
  (axis && own(axes, axis.name)) ?? [];

/** What `VALUE[,option=value]...` names, the value on the first axis; without one it is the scenario's default. */
const laneOf = (scenario: AnyScenario, axis: Axis | undefined, text: string, flags: CompareFlags): Lane => {
  const [first, ...rest] = text.split(",");
  if (first.includes("="))
    return {
      name: text,
      choice: choiceOf(scenario, { ...flags, set: [...(flags.set ?? []), first, ...rest] }),
    };
  const instead =
    scenario.options.length === 0
      ? "choose another --scenario"
      : "compare values of its options, as option=value";
  if (axis === undefined)
    throw new CheckError("usage", `this catalogue names no axis to compare worlds along: ${instead}`);
  if (valuesOn(scenario, axis).length === 0)
    throw new CheckError("usage", `${scenario.name} has no ${axis.plural} to compare: ${instead}`);
  const options = scenario.options.filter(({ values }) => values.includes(first));
  if (options.length > 0 && !valuesOn(scenario, axis).includes(first))
    throw new CheckError(
      "usage",
      `"${first}" is no ${axis.name}, but a value of ${options.map(({ name }) => name).join(" and ")}\n` +
        `  compare it as ${options[0].name}=${first}, or with a ${axis.name}, as ${laneForm(axis)}`,
    );
  const set = [...(flags.set ?? []), ...rest];
  return { name: text, choice: choiceOf(scenario, { ...flags, [axis.name]: first, set }) };
};

/** What is compared: values on the first axis, with options or without, each once. */
const lanesOf = (
  scenario: AnyScenario,
  axis: Axis | undefined,
  texts: readonly string[],
  flags: CompareFlags,
): readonly Lane[] => {
  const lanes = [...new Set(texts)].map((text) => laneOf(scenario, axis, text, flags));
  if (lanes.length < 2) {
    const known = valuesOn(scenario, axis);
    const those = known.length === 0 ? "" : `; those of ${scenario.name} are: ${known.join(", ")}`;
    throw new CheckError(
      "usage",
      `compare takes two ${axis?.plural ?? "worlds"} or more${those}; options are compared as ${laneForm(axis)}`,
    );
  }
  return lanes;
};

/** What is found under each choice, in their order; those that give the same model are searched once. */
const searched = async (
  { scenario, properties }: Pick<WorldQuestion, "scenario" | "properties">,
  choices: readonly Choice[],
  flags: CompareFlags,
  io: Io,
): Promise<readonly CaseResult[]> => {
  const { exploreFast } = await import("../../explore.ts");
  const asked = askedOfEach(flags);
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

/**
 * `compare A B [...]`: what differs between values on the first axis, with options or without, then their verdicts; the
 * exit code.
 */
export const compare = async (
  catalogue: Catalogue,
  values: readonly string[],
  flags: CompareFlags,
  io: Io,
): Promise<number> => {
  if (flags.allOptions === true)
    return (await import("./compare-options.ts")).compareOptions(catalogue, values, flags, io);
  if (flags.workers !== undefined)
    throw new CheckError("usage", "--workers shares the models of --all-options: add that, or leave it out");
  const axis = catalogue.axes?.[0];
  const scenario = scenarioNamed(catalogue, flags.scenario);
  const properties = propertiesNamed(scenario, flags.property);
  const reports = reportFiles(flags);
  const begun = io.now();
  const lanes = lanesOf(scenario, axis, values, flags);
  const [base, ...others] = lanes;
  checkMemoryLimit(io, flags.maxMemory);
  const differences = others.map((other) => differencesOf(scenario, base, other));
  const noEffect = lanes.map(({ choice }) => withoutEffect(scenario, choice, (name) => name !== axis?.name));
  const results = await searched(
    { scenario, properties },
    lanes.map(({ choice }) => choice),
    flags,
    io,
  );
  const comparison = { scenario, axis, lanes, differences, noEffect, results };
  const seconds = (io.now() - begun) / 1000;
  if (!takesStdout(reports)) io.stdout.write(`${comparisonLines(comparison).join("\n")}\n`);
  const findings: Findings = {
    json: () => comparisonJson(comparison, seconds),
    reported: async () => (await import("./compare-reported.ts")).compareReported(comparison, seconds),
  };
  await writeReports(reports, findings, io);
  return gravestExit(results, flags);
};
