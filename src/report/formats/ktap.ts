import { programName } from "../../program-name.ts";
import { commandLines } from "../command-line.ts";
import { ascii } from "../wrap.ts";
import type { Reported, ReportedVerdict, ReportedWorld } from "./reported.ts";
import { runLines } from "./run-text.ts";

/** A name ends where a directive begins: no `#` in it, and no line end. */
const name = (text: string): string => ascii(text).replaceAll("#", "-");

/** What stands behind the `#`: a directive for what is no plain pass or failure, else what the verdict rests on. */
const behind = ({ standing, message }: ReportedVerdict): string => {
  const text = ascii(message).replaceAll("#", "-");
  switch (standing) {
    case "known":
      return ` # XFAIL ${text}`;
    case "skip":
    case "open":
      return ` # SKIP ${text}`;
    case "fail":
    case "pass":
      return ` # ${text}`;
  }
};

const verdictLines = (verdict: ReportedVerdict, place: number): readonly string[] => {
  const { standing, run, replay } = verdict;
  const failed = standing === "fail";
  const shown = failed && run !== null ? runLines(run) : [];
  const how = failed && replay !== null ? commandLines(`${programName()} replay ${replay}`) : [];
  return [
    ...[...shown, ...how].map((line) => `  # ${ascii(line)}`.trimEnd()),
    `  ${failed ? "not ok" : "ok"} ${place + 1} ${name(verdict.name)}${behind(verdict)}`,
  ];
};

const counted = (verdicts: readonly ReportedVerdict[], refused: number): string => {
  const of = (...standings: readonly ReportedVerdict["standing"][]): number =>
    verdicts.filter(({ standing }) => standings.includes(standing)).length;
  const skipped = of("skip", "open");
  return `pass:${of("pass", "known")} fail:${of("fail") + refused} skip:${skipped} total:${verdicts.length + refused}`;
};

const worldLines = (world: ReportedWorld, place: number): readonly string[] => {
  const { verdicts, refusal } = world;
  const start = refusal === null ? [] : [`  not ok ${verdicts.length + 1} start # ${ascii(refusal)}`];
  const failed = refusal !== null || verdicts.some(({ standing }) => standing === "fail");
  return [
    "  KTAP version 1",
    `  1..${verdicts.length + start.length}`,
    ...verdicts.flatMap(verdictLines),
    ...start,
    `# ${name(world.name)}: ${counted(verdicts, start.length)}`,
    `${failed ? "not ok" : "ok"} ${place + 1} ${name(world.name)}`,
  ];
};

/** The verdicts as KTAP, the format of KUnit's tests: a suite for each world, a violation that is known as XFAIL. */
export const ktapOf = ({ worlds }: Reported): string =>
  ["KTAP version 1", `1..${worlds.length}`, ...worlds.flatMap(worldLines), ""].join("\n");
