import type { FollowedWorld } from "../catalogue/followed.ts";
import { CheckError } from "../errors.ts";
import { exploreFast } from "../explore.ts";
import type { Property } from "../model/property.ts";
import { breaksOf } from "../observed/breaks-of.ts";
import { beginningUnbroken } from "../observed/broken.ts";
import { graphOfText, graphText } from "../observed/graph-text.ts";
import type { ObservedGraph } from "../observed/observed-graph.ts";
import { observedSystem } from "../observed/observed-system.ts";
import { quotientOf } from "../observed/quotient.ts";
import { observedVersion } from "./observed-version.ts";

/** The smallest graph of a world, made anew: that may take minutes. */
export const freshGraph = async ({ problem, observing }: FollowedWorld): Promise<ObservedGraph> => {
  const posed = problem();
  return quotientOf(observedSystem(posed, await exploreFast(posed), observing));
};

/** Worlds are followed whose states are no more than this with what a property looks at. */
const MOST_STATES = 60_000;

/**
 * The graph of a world in which runs are told apart by whether they have broken a property.
 * @throws CheckError when the property looks at so much that there are too many states.
 */
const judgedGraph = async ({ name, problem, observing }: FollowedWorld, property: Property<unknown>) => {
  const posed = problem([property]);
  const judging = { ...observing, breaks: breaksOf(posed) };
  const found = await exploreFast(posed, { states: MOST_STATES });
  if (found.stop === "states")
    throw new CheckError(
      "limit",
      `${property.id} looks at too much of "${name}" for captures to be followed with it: ask it of a run of one world, with --world`,
    );
  return beginningUnbroken(quotientOf(observedSystem(posed, found, judging)));
};

/** A graph of a world as it is kept: the version that it was made of, and the graph, a line each. */
export const keptText = ({ problem, observing }: FollowedWorld, graph: ObservedGraph): string =>
  `${observedVersion(problem(), observing)}\n${graphText(graph)}\n`;

/** What is kept of a world, where it is of the model as it is now. */
const keptGraph = ({ kept, problem, observing }: FollowedWorld): ObservedGraph | undefined => {
  const [version, text] = kept?.()?.split("\n") ?? [];
  return text !== undefined && version === observedVersion(problem(), observing)
    ? graphOfText(text)
    : undefined;
};

const graphs = new WeakMap<FollowedWorld, ObservedGraph>();

/** The smallest graph of a world, found once: as it was kept, unless the model has changed since. */
export const graphOfWorld = async (world: FollowedWorld): Promise<ObservedGraph> => {
  const known = graphs.get(world) ?? keptGraph(world) ?? (await freshGraph(world));
  graphs.set(world, known);
  return known;
};

/** Gives the graph of each world that is asked for, found once; where a property is asked, one that says which runs have broken it. */
export const graphsFor = (
  breaks: Property<unknown> | undefined,
): ((world: FollowedWorld) => Promise<ObservedGraph>) => {
  if (breaks === undefined) return graphOfWorld;
  const made = new Map<FollowedWorld, Promise<ObservedGraph>>();
  return (world) => {
    const graph = made.get(world) ?? judgedGraph(world, breaks);
    made.set(world, graph);
    return graph;
  };
};
