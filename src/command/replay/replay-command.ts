import { chosenPairs } from "../../model/axis.ts";
import type { Args } from "../../model/action.ts";
import { brokenBeforeEnd, brokenBy } from "../../check/confirm.ts";
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
import { brokenText, deciding, starred, traceLines } from "../../report/counterexample.ts";
import { worldFlag } from "../../report/command-line.ts";
import type { Evidence } from "../../catalogue/outcome.ts";
import { undecided } from "../../report/run/decided.ts";
import type { TraceStyle } from "../../report/run/trace-style.ts";
import { replayLines } from "../../report/replay-text.ts";
import { changedBy } from "../../report/varied.ts";
import { wrap } from "../../report/wrap.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { compareTrace } from "./compare-trace.ts";
import { meantRun } from "./meant-run.ts";
import { fitting, otherModel } from "./outdated.ts";
import { traceStyle, type TraceFlags } from "../flags/trace-flags.ts";
import type { Io } from "../terminal/io.ts";
import type { Recorded } from "./trace-file.ts";

/** The options of `replay`, as parsed. */
export interface ReplayFlags extends TraceFlags {
  readonly property?: string;
  readonly state?: boolean;
  readonly watch?: readonly string[];
}

/** What is wrong with a run that can be taken, but does not decide its property. */
const whyNot = <S>(problem: Problem<S>, property: Property<S>, trace: Trace<S>): string => {
  const fault = isLiveness(property) ? faultOf(problem, property, trace) : undefined;
  if (fault !== undefined) return `by it (${fault})`;
  return trace.loopAt === undefined ? "at its end" : "by going on for ever";
};

const verdictOf = ({ kind }: Property<unknown>): Verdict => (kind === "sometimes" ? "witnessed" : "violated");

/** A run taken again on the model as it is now, and the arguments for which it decides its property, where it has one. */
const replayed = (
  problem: Problem<unknown>,
  property: Property<unknown> | null,
  schedule: string,
  recorded: Recorded | undefined,
): { readonly trace: Trace<unknown>; readonly args: Args } => {
  const trace = replayOn(problem, pathOf(problem, schedule));
  if (recorded !== undefined) compareTrace(recorded, trace);
  if (property === null) return { trace, args: {} };
  const args = brokenBy(problem, property, trace);
  const early = brokenBeforeEnd(problem, property, trace);
  if (args !== undefined && early !== undefined)
    throw new CheckError(
      "input",
      `the run of ${plural(trace.steps.length, "step")} goes on after what it shows: ${property.id} is ` +
        `${verdictOf(property)} ${early === 0 ? "in its start state" : `after ${plural(early, "step")}`}: ` +
        "the trace is altered, or the model has changed",
    );
  if (args !== undefined) return { trace, args };
  throw new CheckError(
    "input",
    `the run of ${plural(trace.steps.length, "step")} can be taken, but ${property.id} is not ${verdictOf(property)} ` +
      `${whyNot(problem, property, trace)}: the trace is cut short or altered, or the model has changed`,
  );
};

/** What a run shows of its property, in words. */
const shown = (
  property: Property<unknown> | null,
  { trace, args }: { readonly trace: Trace<unknown>; readonly args: Args },
): readonly string[] => {
  if (property === null)
    return wrap(`a run of ${plural(trace.steps.length, "step")}, which is asked nothing`, 75);
  const verdict = verdictOf(property);
  return [
    ...starred(brokenText({ property, verdict }, args)),
    ...wrap(`${property.id}: ${verdict} ${runEnd(trace)}`, 75),
    ...(isLiveness(property) ? wrap(assumedText(property.fairness), 75) : []),
  ];
};

const checkDetail = ({ state, trace = "full", watch }: ReplayFlags, style: TraceStyle): void => {
  if (watch !== undefined && (state === true || style.trace === "full"))
    throw new CheckError(
      "usage",
      `--watch adds columns to the table of --trace brief or steps, and ${state === true ? "--state" : "--trace full"} prints none: leave out one of the two`,
    );
  if (state === true && trace !== "full")
    throw new CheckError(
      "usage",
      `--state prints every step in full, and --trace ${trace} does not: leave out one of the two`,
    );
};

/** The run as it is asked for, and below it what decides it; full, each step has all that is noted of it. */
const runLines = (
  problem: Problem<unknown>,
  property: Property<unknown> | null,
  { trace, args }: Pick<Evidence, "trace" | "args">,
  flags: ReplayFlags,
  style: TraceStyle,
): readonly string[] => {
  const { model, scope } = problem;
  const full = flags.state === true || style.trace === "full";
  const { starred: places, lines } =
    property === null || full
      ? undecided
      : deciding({ problem }, { property, verdict: verdictOf(property) }, { trace, args }, style);
  return [
    ...(full
      ? replayLines(trace, formatOf(model.state, scope), flags.state === true)
      : traceLines(problem, trace, style, places)),
    "",
    ...lines.flatMap((line) => wrap(line, 75)),
    ...shown(property, { trace, args }),
  ];
};

/**
 * `replay TRACE`: prints a saved run step by step on the reference semantics.
 * @throws CheckError when it cannot be read, does not fit the model as it is now, or does not end as it should.
 */
export const replay = async (
  { scenarios }: Catalogue,
  words: readonly string[],
  flags: ReplayFlags,
  io: Io,
): Promise<void> => {
  const style = traceStyle(flags, io);
  checkDetail(flags, style);
  const { handle, recorded } = await meantRun(words, flags.property);
  const { scenario, choice, version, property, schedule } = parseHandle(handle, scenarios);
  if (recorded !== undefined && recorded.id !== property?.id)
    throw new CheckError(
      "input",
      `the file was altered: its trace of ${recorded.id} is one of ${property?.id ?? "no property"}`,
    );
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, property === null ? [] : [property], start);
  const current = versionOf(problem);
  const taken = fitting(
    () => replayed(problem, property, schedule, recorded),
    version === current
      ? undefined
      : {
          version,
          current,
          find: `${worldFlag(scenario)}${property === null ? "" : ` --property ${property.id}`}`,
        },
  );
  const world = [
    scenario.name,
    ...chosenPairs(choice).map(([, value]) => value),
    ...settingsOf(scenario, choice),
  ];
  const lines = [
    ...wrap(`${world.join(", ")}, from ${scenario.start}`, 75),
    ...[changedBy(scenario)].filter(Boolean).flatMap((text) => wrap(text, 75)),
    "",
    ...runLines(problem, property, taken, flags, {
      ...style,
      ...(flags.watch === undefined ? {} : { watch: flags.watch }),
    }),
    ...(version === current ? [] : wrap(otherModel(version, current), 75)),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
};
