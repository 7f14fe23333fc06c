import { programName } from "../../program-name.ts";
import { brokenBeforeEnd, brokenBy } from "../../check/confirm.ts";
import { versionOf } from "../../check/model-version.ts";
import { scheduleOf } from "../../check/schedule.ts";
import { plural } from "../../check/verdict.ts";
import { handleText } from "../../catalogue/handle.ts";
import type { AnyScenario, Choice } from "../../catalogue/scenario.ts";
import type { Args } from "../../model/action.ts";
import type { Property } from "../../model/property.ts";
import { commandLines } from "../../report/command-line.ts";
import { brokenText, starred, traceLines } from "../../report/counterexample.ts";
import { runFlags } from "../../report/varied.ts";
import { indented } from "./position-text.ts";
import { walked, type Walk } from "./walk.ts";

/** Where a walk takes place. */
export interface World {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  /** The property that the run is about which was walked along first, if one was. */
  readonly about?: Property<unknown>;
}

const rank = (about: Property<unknown> | undefined, { id, kind }: Property<unknown>): number =>
  id === about?.id ? 0 : kind === "sometimes" ? 2 : 1;

/** What the end of a walk decides: first what it began as a run to, then violations. */
const decidedBy = (
  { about }: World,
  walk: Walk,
): readonly { readonly property: Property<unknown>; readonly args: Args }[] => {
  const { trace } = walked(walk);
  const { problem } = walk;
  return problem.properties
    .flatMap((property) => {
      const args = brokenBy(problem, property, trace);
      return args === undefined ? [] : [{ property, args }];
    })
    .toSorted((a, b) => rank(about, a.property) - rank(about, b.property));
};

/** The command that takes the walk again: as a run to what its end is the first to decide, or as one that is asked nothing. */
const replayLines = (world: World, walk: Walk): readonly string[] => {
  const { scenario, choice } = world;
  const { path, trace } = walked(walk);
  const property =
    decidedBy(world, walk).find(
      ({ property: decided }) => brokenBeforeEnd(walk.problem, decided, trace) === undefined,
    )?.property ?? null;
  const schedule = scheduleOf(walk.problem, path, trace);
  const version = versionOf(walk.problem);
  return commandLines(
    `${programName()} replay ${handleText({ scenario, choice, version, property, schedule })}${runFlags(scenario)}`,
  );
};

/** The walk as a counterexample is printed: a lane for each actor, what its end decides, and how to replay it. */
export const walkLines = (world: World, walk: Walk): readonly string[] => {
  const decided = decidedBy(world, walk).map(({ property, args }) =>
    starred(
      brokenText({ property, verdict: property.kind === "sometimes" ? "witnessed" : "violated" }, args),
    ),
  );
  return [
    ...traceLines(walk.problem, walked(walk).trace, {}),
    "",
    ...(decided.length === 0 ? indented("(its end breaks nothing that is asked)") : decided.flat()),
    "",
    ...replayLines(world, walk),
  ];
};

/** What is printed at the end of a session: the walk to where it stands, and the whole of it where steps were undone. */
export const farewellLines = (world: World, walk: Walk): readonly string[] => {
  const { at, visits } = walk;
  return [
    ...(at === 0 ? ["no step was walked"] : [`walked ${plural(at, "step")}:`, ...replayLines(world, walk)]),
    ...(at === visits.length
      ? []
      : [
          `with what was undone, ${plural(visits.length, "step")}:`,
          ...replayLines(world, { ...walk, at: visits.length }),
        ]),
  ];
};
