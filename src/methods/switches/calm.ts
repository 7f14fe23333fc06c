import { isLiveness, type Property } from "../../model/property.ts";
import type { Exploration, Explore, Finding, Path, Problem, Pulse, Stop } from "../../problem/exploration.ts";
import { withinSwitches } from "./switches.ts";

/** Nodes that the searches for calm runs may find together, and more where the search before found many more states. */
const LEAST_NODES = 50_000;

/** How often control passes between actors in a run. */
export const switchesOf = <S>({ steps }: Pick<Problem<S>, "steps">, path: Path): number =>
  path.steps.filter((id, place) => place > 0 && steps[id].actor !== steps[path.steps[place - 1]].actor)
    .length;

/** A property that is broken where this one is decided: a search can stop there. */
const broken = <S>(property: Property<S>): Property<S> =>
  property.kind === "sometimes"
    ? { ...property, kind: "invariant", holds: (state, args) => !property.holds(state, args) }
    : property;

/** How a search ends that was stopped from outside. */
const outside: ReadonlySet<Stop> = new Set(["interrupted", "memory", "time"]);

/** How a search within a bound ends that found all there is. */
const settled: ReadonlySet<Stop> = new Set(["switches", "depth", "exhausted", "constraint"]);

/**
 * The exploration with other runs, as short: each with the fewest switches between actors of all shortest ones to its property, and said
 * to be `calm`. They are searched for with a bound of 0, 1, 2, ... switches and no more steps than the run found has, on 50,000 nodes
 * together, or half as many as the search found states; a run that was not settled by then stays, and is said not to be
 * calm. Runs of liveness, those
 * that may not be the shortest, and those of a search that was stopped from outside stay as they are. The same for any number of threads.
 */
export const calmest = async <S>(
  explore: Explore,
  problem: Problem<S>,
  exploration: Exploration<S>,
  pulse: Pulse,
): Promise<Exploration<S>> => {
  if (problem.dependence !== undefined || exploration.nodes !== undefined || outside.has(exploration.stop))
    return exploration;
  const { symmetry: _symmetry, ...plain } = problem;
  let left = Math.max(LEAST_NODES, Math.floor(exploration.states / 2));

  const calm = async (place: number, finding: Finding & { readonly path: Path }): Promise<Finding> => {
    const { path } = finding;
    const most = switchesOf(problem, path);
    for (let switches = 0; switches < most; switches++) {
      if (left < 1) return { ...finding, calm: false };
      const found = await withinSwitches(explore, switches)(
        { ...plain, properties: [broken(problem.properties[place])] },
        { depth: path.steps.length, states: left, failFast: true },
        pulse,
      );
      left -= found.nodes ?? found.states;
      const [{ path: better }] = found.findings;
      if (better !== undefined) return { ...finding, path: better, calm: true };
      if (!settled.has(found.stop)) return { ...finding, calm: false };
    }
    return { ...finding, calm: true };
  };

  const findings: Finding[] = [];
  for (const [place, finding] of exploration.findings.entries()) {
    const { path } = finding;
    findings.push(
      path === undefined || isLiveness(problem.properties[place])
        ? finding
        : await calm(place, { ...finding, path }),
    );
  }
  return { ...exploration, findings };
};

/** An explorer whose runs are the calmest of the shortest, as `calmest` finds them. */
export const calmly =
  (explore: Explore): Explore =>
  async (problem, bounds, pulse = () => undefined) =>
    calmest(explore, problem, await explore(problem, bounds, pulse), pulse);
