import { noEffectJson } from "./no-effect.ts";
import { chosenOn } from "../model/axis.ts";
import type { Plan } from "../simulate/simulate.ts";
import type { Simulated } from "../catalogue/simulation-outcome.ts";
import { grouped, plural } from "../check/verdict.ts";
import { commandLines, worldFlags } from "./command-line.ts";
import { rate } from "./effort.ts";
import { propertyJson } from "./json.ts";
import { variedOf } from "./varied.ts";
import { coverage, header, labelled, runs } from "./summary.ts";
import type { TraceStyle } from "./run/trace-style.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { verdicts } from "./verdict-lines.ts";
import { wrap } from "./wrap.ts";
import { programName } from "../program-name.ts";
import { version as toolVersion } from "../package-version.ts";

const LINE = 79;

const scheduleText = ({ schedule }: Plan): string =>
  schedule.kind === "uniform"
    ? "every enabled step as likely as any other"
    : `by random priorities of the actors, ${plural(schedule.changes, "change")} a walk (pct)`;

/** The command that takes the same walks. */
const again = ({ scenario, choice, plan }: Simulated, asked: readonly string[]): string => {
  const { runs, depth, seed, schedule } = plan;
  return [
    `${programName()} simulate ${worldFlags(scenario, choice)}`,
    ...asked.map((id) => `--property ${id}`),
    `--runs ${runs} --depth ${depth}`,
    ...(schedule.kind === "uniform" ? [] : [`--schedule pct --changes ${schedule.changes}`]),
    `--seed ${seed}`,
  ].join(" ");
};

/** How it ended, and what that is worth. */
const ending = ({ found: { stop }, properties }: Simulated): string => {
  if (stop === "interrupted") return "INCOMPLETE: interrupted.";
  if (stop !== null) return `INCOMPLETE: stopped at the ${stop} limit.`;
  return properties.some(({ verdict }) => verdict === "unknown")
    ? "Random walks prove nothing: what they did not meet may still be there."
    : "Every property was decided by some walk.";
};

/** The report of `simulate` for people; `asked` are the properties that were named on the command line. */
export const simulationLines = (
  simulated: Simulated,
  seconds: number,
  asked: readonly string[],
  style: TraceStyle = {},
): readonly string[] => {
  const { plan, found, properties } = simulated;
  const shrunk = properties.some(({ evidence }) => evidence !== null)
    ? " A run is shrunk: no single step of it can be left out, yet a shorter one may exist."
    : "";
  return [
    ...header(simulated),
    ...labelled([
      ["walks", `${grouped(plan.runs)} of at most ${plural(plan.depth, "step")}, seed ${plan.seed}`],
      ["", scheduleText(plan)],
    ]),
    "",
    ...wrap(
      `${plural(found.walks, "walk")}, ${plural(found.steps, "step")}; ${seconds.toFixed(2)} s, ` +
        `${grouped(rate(found.steps, seconds))} steps/s. ${ending(simulated)}${shrunk}`,
      LINE,
      0,
    ),
    ...wrap(coverage({ ...simulated, complete: false }), LINE, 0),
    "The same walks again:",
    ...commandLines(again(simulated, asked)),
    ...runs(simulated, properties, asked, style),
    "",
    ...(properties.length === 0 ? ["  (no properties to check)"] : verdicts(simulated, style)),
  ];
};

/** The result of `simulate` as data. */
export const simulationJson = (simulated: Simulated, seconds: number) => {
  const { scenario, choice, problem, version, plan, found, properties, coverage } = simulated;
  const { schedule } = plan;
  return {
    schemaVersion: SCHEMA_VERSION,
    version: toolVersion(),
    ...chosenOn(choice),
    scenario: scenario.name,
    ...variedOf(scenario),
    options: choice.options,
    noEffect: noEffectJson(simulated.noEffect),
    scope: problem.scope,
    start: scenario.start,
    modelVersion: version,
    runs: plan.runs,
    depth: plan.depth,
    seed: plan.seed,
    schedule: schedule.kind,
    changes: schedule.kind === "uniform" ? null : schedule.changes,
    stop: found.stop,
    complete: false,
    walks: found.walks,
    steps: found.steps,
    seconds,
    properties: properties.map((result) => propertyJson(scenario, result, simulated.noEffect)),
    coverage: {
      actions: coverage.actions.map(({ name, fired }) => ({ name, fired })),
      neverFired: coverage.neverFired,
    },
  };
};
