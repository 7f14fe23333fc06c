import { chosenPairs } from "../../model/axis.ts";
import { existsSync } from "node:fs";
import type { Args } from "../../model/action.ts";
import { brokenBy } from "../../check/confirm.ts";
import { parseHandle } from "../../catalogue/handle.ts";
import { pathOf } from "../../check/schedule.ts";
import { faultOf } from "../../check/endless-run.ts";
import { replay as replayOn, type Trace } from "../../check/trace.ts";
import { assumedText, plural, runEnd } from "../../check/verdict.ts";
import type { Verdict } from "../../check/verdict-word.ts";
import { versionOf } from "../../check/model-version.ts";
import { formatOf } from "../../derive/format.ts";
import { CheckError } from "../../errors.ts";
import { problemOf, type Problem } from "../../problem/exploration.ts";
import { settingsOf } from "../../catalogue/choice.ts";
import { isLiveness, type Property } from "../../model/property.ts";
import { brokenText, starred } from "../../report/counterexample.ts";
import { replayLines } from "../../report/replay-text.ts";
import { wrap } from "../../report/wrap.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { compareTrace } from "./compare-trace.ts";
import type { Io } from "../terminal/io.ts";
import { recordedRun, type Recorded } from "./trace-file.ts";

/** The options of `replay`, as parsed. */
export interface ReplayFlags {
  readonly property?: string;
  readonly state?: boolean;
}

const fileOf = (words: readonly string[]): string | undefined => {
  const [word = "", ...more] = words;
  return more.length === 0 && (word.endsWith(".json") || existsSync(word) || !word.includes(":"))
    ? word
    : undefined;
};

/** The run meant on the command line: a result file, or a handle, whose parts may have come as several words. */
const meant = async (
  words: readonly string[],
  { property }: ReplayFlags,
): Promise<{ readonly handle: string; readonly recorded?: Recorded }> => {
  const file = fileOf(words);
  if (file === undefined) {
    if (property !== undefined)
      throw new CheckError("usage", "the trace names its property: leave out --property");
    return { handle: words.join("") };
  }
  const recorded = await recordedRun(file, property);
  return { handle: recorded.replay, recorded };
};

/** What is wrong with a run that can be taken, but does not decide its property. */
const whyNot = <S>(problem: Problem<S>, property: Property<S>, trace: Trace<S>): string => {
  const fault = isLiveness(property) ? faultOf(problem, property, trace) : undefined;
  if (fault !== undefined) return `by it (${fault})`;
  return trace.loopAt === undefined ? "at its end" : "by going on for ever";
};

const verdictOf = ({ kind }: Property<unknown>): Verdict => (kind === "sometimes" ? "witnessed" : "violated");

/** A run taken again on the model as it is now, and the arguments for which it decides its property. */
const replayed = (
  problem: Problem<unknown>,
  property: Property<unknown>,
  schedule: string,
  recorded: Recorded | undefined,
): { readonly trace: Trace<unknown>; readonly args: Args } => {
  const trace = replayOn(problem, pathOf(problem, schedule));
  if (recorded !== undefined) compareTrace(recorded, trace);
  const args = brokenBy(problem, property, trace);
  if (args !== undefined) return { trace, args };
  throw new CheckError(
    "input",
    `the run of ${plural(trace.steps.length, "step")} can be taken, but ${property.id} is not ${verdictOf(property)} ` +
      `${whyNot(problem, property, trace)}: the trace is cut short or altered, or the model has changed`,
  );
};

/** The version that a trace was made for, where it is not the current one, and how to find such a run again. */
interface Outdated {
  readonly version: string;
  readonly current: string;
  readonly find: string;
}

/** Says what does not fit any more, where a run was made for another version of the model. */
const fitting = <T>(make: () => T, outdated: Outdated | undefined): T => {
  try {
    return make();
  } catch (error) {
    if (outdated === undefined || !(error instanceof CheckError)) throw error;
    const { version, current, find } = outdated;
    throw new CheckError(
      "version",
      `the trace was made for version ${version} of this model, which is now ${current}, and does not fit it:\n` +
        `  ${error.message}\n  find it again: apicv-check explore ${find}`,
      { cause: error },
    );
  }
};

const otherModel = (version: string, current: string): string =>
  `note: the trace was made for version ${version} of this model, which is now ${current}: ` +
  "this is what the run does now";

/**
 * `apicv-check replay TRACE`: prints a saved run step by step on the reference semantics.
 * @throws CheckError when it cannot be read, does not fit the model as it is now, or does not end as it should.
 */
export const replay = async (
  { scenarios }: Catalogue,
  words: readonly string[],
  flags: ReplayFlags,
  io: Io,
): Promise<void> => {
  const { handle, recorded } = await meant(words, flags);
  const { scenario, choice, version, property, schedule } = parseHandle(handle, scenarios);
  if (recorded !== undefined && recorded.id !== property.id)
    throw new CheckError(
      "input",
      `the file was altered: its trace of ${recorded.id} is one of ${property.id}`,
    );
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, [property], start);
  const current = versionOf(problem);
  const { trace, args } = fitting(
    () => replayed(problem, property, schedule, recorded),
    version === current
      ? undefined
      : { version, current, find: `--scenario ${scenario.name} --property ${property.id}` },
  );
  const verdict = verdictOf(property);
  const world = [
    scenario.name,
    ...chosenPairs(choice).map(([, value]) => value),
    ...settingsOf(scenario, choice),
  ];
  const lines = [
    ...wrap(`${world.join(", ")}, from ${scenario.start}`, 75),
    "",
    ...replayLines(trace, formatOf(model.state, scenario.scope), flags.state === true),
    "",
    ...starred(brokenText({ property, verdict }, args)),
    ...wrap(`${property.id}: ${verdict} ${runEnd(trace)}`, 75),
    ...(isLiveness(property) ? wrap(assumedText(property.fairness), 75) : []),
    ...(version === current ? [] : wrap(otherModel(version, current), 75)),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
};
