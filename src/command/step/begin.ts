import { existsSync } from "node:fs";
import { posed } from "../../catalogue/answer.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { namedPairs, settingsOf } from "../../catalogue/choice.ts";
import { parseHandle } from "../../catalogue/handle.ts";
import { shortNameOf } from "../../catalogue/scenario-called.ts";
import { versionOf } from "../../check/model-version.ts";
import { pathOf } from "../../check/schedule.ts";
import { replay } from "../../check/trace.ts";
import { plural } from "../../check/verdict.ts";
import { CheckError } from "../../errors.ts";
import { worldFlag } from "../../report/command-line.ts";
import { changedBy } from "../../report/varied.ts";
import { wrap } from "../../report/wrap.ts";
import { isFile } from "../flags/scenario-file.ts";
import { worldAsked, type WorldFlags } from "../flags/world-question.ts";
import { meantRun } from "../replay/meant-run.ts";
import { compareTrace } from "../replay/compare-trace.ts";
import { fitting, otherModel } from "../replay/outdated.ts";
import { begun, type Session } from "./session.ts";
import { walkAlong, walkFrom } from "./walk.ts";
import type { World } from "./walk-text.ts";

/** A session and what is said before it. */
export interface Beginning {
  readonly session: Session;
  readonly lines: readonly string[];
}

const worldLines = ({ scenario, choice }: World): readonly string[] => {
  const chosen = [
    scenario.name,
    ...namedPairs(scenario, choice).map(([, value]) => value),
    ...settingsOf(scenario, choice),
  ];
  const changed = changedBy(scenario);
  return [
    ...wrap(`${chosen.join(", ")}, from ${scenario.start}`, 75),
    ...(changed === "" ? [] : wrap(changed, 75)),
  ];
};

const inWorld = (catalogue: Catalogue, flags: WorldFlags): Beginning => {
  const question = worldAsked(catalogue, flags);
  const problem = posed(question);
  if (problem.start.length === 0)
    throw new CheckError(
      "usage",
      `${question.scenario.name} has no start state under this choice: there is nothing to walk through`,
    );
  return { session: begun(question, walkFrom(problem, 0)), lines: worldLines(question) };
};

/** What a trace says itself, and so no flag may. */
const refuseFlags = ({ axes = [] }: Catalogue, flags: WorldFlags): void => {
  const given: Readonly<Record<string, unknown>> = { ...flags };
  for (const name of [...axes.map((axis) => axis.name), "scenario", "set"])
    if (given[name] !== undefined)
      throw new CheckError("usage", `the trace names its world: leave out --${name}`);
  if ((flags.property ?? []).length > 1)
    throw new CheckError("usage", "--property says which trace of the file is meant: give one");
};

/** Along a saved run, standing at its end. All properties of its world are asked, not only the one that it decides. */
const alongTrace = async (
  catalogue: Catalogue,
  words: readonly string[],
  flags: WorldFlags,
): Promise<Beginning> => {
  refuseFlags(catalogue, flags);
  const { handle, recorded } = await meantRun(words, flags.property?.[0]);
  const { scenario, choice, version, property, schedule } = parseHandle(handle, catalogue.scenarios);
  const problem = posed({ scenario, choice, properties: scenario.properties });
  const current = versionOf(problem);
  const walk = fitting(
    () => {
      const path = pathOf(problem, schedule);
      const trace = replay(problem, path);
      if (recorded !== undefined) compareTrace(recorded, trace);
      return walkAlong(problem, path, trace);
    },
    version === current ? undefined : { version, current, find: worldFlag(scenario) },
  );
  return {
    session: begun({ scenario, choice, ...(property === null ? {} : { about: property }) }, walk),
    lines: [
      ...worldLines({ scenario, choice }),
      ...(version === current ? [] : wrap(otherModel(version, current), 75)),
      `at the end of a run of ${plural(walk.at, "step")}; start goes back to where it begins`,
    ],
  };
};

/**
 * Whether words name a saved run, and not a world: as a handle has colons, which no name of a world has, and a file of a
 * run is one that is there and is no scenario file.
 */
export const isTrace = ({ scenarios }: Catalogue, [word = "", ...more]: readonly string[]): boolean => {
  if (more.length > 0 || word.includes(":") || word.endsWith(".json")) return true;
  const isWorld = isFile(word) || scenarios.some(({ name }) => name === word || shortNameOf(name) === word);
  return !isWorld && existsSync(word);
};

/**
 * Where a walk begins: the end of the saved run that words name, or the start of the world that the flags name.
 * @throws CheckError when there is no such world or run, or the flags do not go with it.
 */
export const beginning = async (
  catalogue: Catalogue,
  words: readonly string[],
  flags: WorldFlags,
): Promise<Beginning> =>
  words.length === 0 ? inWorld(catalogue, flags) : alongTrace(catalogue, words, flags);
