import type { Args } from "../../model/action.ts";
import { brokenBeforeEnd, brokenBy } from "../../check/confirm.ts";
import { parseHandle } from "../../catalogue/handle.ts";
import { pathOf } from "../../check/schedule.ts";
import { faultOf } from "../../check/endless-run.ts";
import { replay as replayOn, type Trace } from "../../check/trace.ts";
import { assumedText, plural, runEnd } from "../../check/verdict.ts";
import type { Verdict } from "../../check/verdict-word.ts";
import type { AnyScenario, Choice } from "../../catalogue/scenario.ts";
import { worldText } from "../../catalogue/size.ts";
import { programName } from "../../program-name.ts";
import { versionOf } from "../../check/model-version.ts";
import { formatOf } from "../../derive/format.ts";
import { CheckError } from "../../errors.ts";
import { problemOf, type Problem } from "../../problem/exploration.ts";
import { namedPairs, settingsOf } from "../../catalogue/choice.ts";
import { isLiveness, type Property } from "../../model/property.ts";
import { brokenText, deciding, starred, traceLines } from "../../report/counterexample.ts";
import { worldFlag } from "../../report/command-line.ts";
import type { Evidence } from "../../catalogue/outcome.ts";
import { undecided } from "../../report/run/decided.ts";
import type { TraceStyle } from "../../report/run/trace-style.ts";
import { captureText } from "../../report/capture-text.ts";
import { replayLines } from "../../report/replay-text.ts";
import { changedBy } from "../../report/varied.ts";
import { wrap } from "../../report/wrap.ts";
import type { Captured } from "../../catalogue/captured.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { LayoutName } from "../../events/layouts.ts";
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
  readonly format?: LayoutName;
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

/** How steps are printed is not said of a run whose events are printed. */
const checkFormat = ({ state, trace, watch, format }: ReplayFlags): void => {
  const [said] = Object.entries({ state, trace, watch }).find(([, value]) => value !== undefined) ?? [];
  if (format === undefined || said === undefined) return;
  throw new CheckError(
    "usage",
    `--format prints the events of a run, and --${said} says how its steps are printed: leave out one of the two`,
  );
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

/** How a tracer sees the runs of a catalogue. @throws CheckError where it does not say. */
const capturedBy = async ({ captured }: Catalogue): Promise<Captured> => {
  if (captured === undefined)
    throw new CheckError("usage", "no action of this catalogue says what it prints: leave out --format");
  return captured();
};

/** How its lines are followed in their own world; nothing where that is none of the catalogue's, or no line can tell. */
const validating = (
  scenario: AnyScenario,
  choice: Choice,
  property: Property<unknown> | null,
): readonly string[] => {
  if (scenario.varied !== undefined) return [];
  const seen = property?.kind === "invariant" || property?.kind === "step";
  const breaks = seen ? ` --breaks ${property.id}` : "";
  return [`Followed by: ${programName()} validate FILE --world ${worldText(scenario, choice)}${breaks}`];
};

/** What is said of a run of another version of the model. */
const outdated = (version: string, current: string): readonly string[] =>
  version === current ? [] : wrap(otherModel(version, current), 75);

/**
 * `replay TRACE`: prints a saved run step by step on the reference semantics.
 * @throws CheckError when it cannot be read, does not fit the model as it is now, or does not end as it should.
 */
export const replay = async (
  catalogue: Catalogue,
  words: readonly string[],
  flags: ReplayFlags,
  io: Io,
): Promise<void> => {
  const style = traceStyle(flags, io);
  const { format } = flags;
  checkFormat(flags);
  checkDetail(flags, style);
  const { handle, recorded } = await meantRun(words, flags.property);
  const { scenario, choice, version, property, schedule } = parseHandle(handle, catalogue.scenarios);
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
    ...namedPairs(scenario, choice).map(([, value]) => value),
    ...settingsOf(scenario, choice),
  ];
  const said = [
    ...wrap(`${world.join(", ")}, from ${scenario.start}`, 75),
    ...[changedBy(scenario)].filter(Boolean).flatMap((text) => wrap(text, 75)),
  ];
  if (format !== undefined) {
    const told = [...said, ...shown(property, taken), ...outdated(version, current)];
    const asked = validating(scenario, choice, property);
    io.stdout.write(
      `${captureText(taken.trace, told, await capturedBy(catalogue), format, asked).join("\n")}\n`,
    );
    return;
  }
  const lines = [
    ...said,
    "",
    ...runLines(problem, property, taken, flags, {
      ...style,
      ...(flags.watch === undefined ? {} : { watch: flags.watch }),
    }),
    ...outdated(version, current),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
};
