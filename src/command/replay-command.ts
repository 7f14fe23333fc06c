import { existsSync } from "node:fs";
import { brokenBy } from "../check/confirm.ts";
import { parseHandle } from "../catalogue/handle.ts";
import { pathOf } from "../check/schedule.ts";
import { faultOf } from "../check/endless-run.ts";
import { replay as replayOn, type Trace } from "../check/trace.ts";
import { assumedText, plural, runEnd } from "../check/verdict.ts";
import { versionOf } from "../check/model-version.ts";
import { formatOf } from "../derive/format.ts";
import { CheckError } from "../errors.ts";
import { problemOf, type Problem } from "../problem/exploration.ts";
import { settingsOf } from "../catalogue/choice.ts";
import { isLiveness, type Property } from "../model/property.ts";
import { brokenText, starred } from "../report/counterexample.ts";
import { replayLines } from "../report/replay-text.ts";
import { wrap } from "../report/wrap.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { compareTrace } from "./compare-trace.ts";
import type { Io } from "./io.ts";
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
const meant = (
  words: readonly string[],
  { property }: ReplayFlags,
): { readonly handle: string; readonly recorded?: Recorded } => {
  const file = fileOf(words);
  if (file === undefined) {
    if (property !== undefined)
      throw new CheckError("usage", "the trace names its property: leave out --property");
    return { handle: words.join("") };
  }
  const recorded = recordedRun(file, property);
  return { handle: recorded.replay, recorded };
};

/** What is wrong with a run that can be taken, but does not decide its property. */
const whyNot = <S>(problem: Problem<S>, property: Property<S>, trace: Trace<S>): string => {
  const fault = isLiveness(property) ? faultOf(problem, property, trace) : undefined;
  if (fault !== undefined) return `by it (${fault})`;
  return trace.loopAt === undefined ? "at its end" : "by going on for ever";
};

/**
 * `apicv-check replay TRACE`: prints a saved run step by step on the reference semantics.
 * @throws CheckError when it cannot be read, is of another model or version, or does not end as it should.
 */
export const replay = (
  { scenarios }: Catalogue,
  words: readonly string[],
  flags: ReplayFlags,
  io: Io,
): void => {
  const { handle, recorded } = meant(words, flags);
  const { scenario, choice, version, property, schedule } = parseHandle(handle, scenarios);
  if (recorded !== undefined && recorded.id !== property.id)
    throw new CheckError(
      "input",
      `the file was altered: its trace of ${recorded.id} is one of ${property.id}`,
    );
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, [property], start);
  const current = versionOf(problem);
  if (version !== current)
    throw new CheckError(
      "version",
      `the trace was made for version ${version} of this model, which is now ${current}\n` +
        `  find it again: apicv-check explore --scenario ${scenario.name} --property ${property.id}`,
    );
  const trace = replayOn(problem, pathOf(problem, schedule));
  if (recorded !== undefined) compareTrace(recorded, trace);
  const args = brokenBy(problem, property, trace);
  const verdict = property.kind === "sometimes" ? "witnessed" : "violated";
  if (args === undefined)
    throw new CheckError(
      "input",
      `the run of ${plural(trace.steps.length, "step")} can be taken, but ${property.id} is not ${verdict} ` +
        `${whyNot(problem, property, trace)}: the trace is cut short or altered, or the model has changed`,
    );
  const world = [scenario.name, choice.design, choice.guest, ...settingsOf(scenario, choice)];
  const lines = [
    ...wrap(`${world.filter((name) => name !== null).join(", ")}, from ${scenario.start}`, 75),
    "",
    ...replayLines(trace, formatOf(model.state, scenario.scope), flags.state === true),
    "",
    ...starred(brokenText({ property, verdict }, args)),
    ...wrap(`${property.id}: ${verdict} ${runEnd(trace)}`, 75),
    ...(isLiveness(property) ? wrap(assumedText(property.fairness), 75) : []),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
};
