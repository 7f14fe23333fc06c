import fc from "fast-check";
import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { graphAlong } from "../../src/observed/along.ts";
import { beginningUnbroken, brokenNodes } from "../../src/observed/broken.ts";
import type { ObservedGraph } from "../../src/observed/observed-graph.ts";
import { observedSystem } from "../../src/observed/observed-system.ts";
import type { Breaks } from "../../src/observed/observing.ts";
import { quotientOf } from "../../src/observed/quotient.ts";
import { NOWHERE, Tracker } from "../../src/observed/tracker.ts";
import { enoughOf, runs } from "../fixtures/runs.ts";
import {
  arbitraryPrinting,
  naively,
  next,
  observing,
  printingProblem,
  start,
  type Configuration,
  type Printing,
  type State,
} from "./printing-model.ts";

/** One of states, and one of steps. */
const asked: readonly Breaks<State>[] = [
  { state: ({ b }) => b === 2, step: () => false },
  { state: () => false, step: (_, before, after) => before.a === 1 && after.a !== 1 },
];

interface Run {
  readonly at: Configuration;
  readonly broken: boolean;
}

const keyOf = ({ at, broken }: Run): string => JSON.stringify([at.a, at.b, at.locked, at.contexts, broken]);

/** The plain meaning: runs, each with whether it has broken what is asked. */
const naiveRuns = (steps: readonly Printing[], hidden: (label: string) => boolean, breaks: Breaks<State>) => {
  const nextOf = ({ at, broken }: Run): readonly (readonly [string, Run])[] =>
    next(steps, at).map(([label, to]) => [
      label,
      { at: to, broken: broken || breaks.state(to) || breaks.step(undefined as never, at, to) },
    ]);
  const closed = (some: readonly Run[]): readonly Run[] => {
    const found = new Map(some.map((run) => [keyOf(run), run]));
    for (const run of found.values())
      for (const [label, to] of nextOf(run)) if (label === "" || hidden(label)) found.set(keyOf(to), to);
    return [...found.values()];
  };
  return {
    from: (some: readonly Configuration[]) => closed(some.map((at) => ({ at, broken: breaks.state(at) }))),
    step: (from: readonly Run[], label: string) =>
      closed(from.flatMap((run) => nextOf(run).flatMap(([seen, to]) => (seen === label ? [to] : [])))),
  };
};

const wordOf = (broken: readonly boolean[]): string =>
  broken.length === 0 ? "nowhere" : broken.every(Boolean) ? "every" : broken.some(Boolean) ? "some" : "none";

/** How the runs stand that agree with each beginning of a capture. */
const tracked = (
  graph: ObservedGraph,
  hidden: (label: string) => boolean,
  labels: readonly string[],
): readonly string[] => {
  const tracker = new Tracker(graph, hidden);
  const broken = brokenNodes(graph);
  let standing = tracker.anywhere;
  return ["", ...labels].map((label) => {
    if (label !== "") standing = tracker.step(standing, label);
    return standing === NOWHERE
      ? "nowhere"
      : wordOf([...tracker.nodes(standing)].map((node) => broken.has(node)));
  });
};

const naivelyTracked = (
  naive: ReturnType<typeof naiveRuns>,
  from: readonly Configuration[],
  labels: readonly string[],
): readonly string[] => {
  let standing = naive.from(from);
  return ["", ...labels].map((label) => {
    if (label !== "") standing = naive.step(standing, label);
    return wordOf(standing.map(({ broken }) => broken));
  });
};

const met = new Set<string>();

test("of the runs that agree with a capture as many have broken what is asked as by the plain meaning", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryPrinting,
      fc.array(fc.noBias(fc.nat({ max: 59 })), { minLength: 10, maxLength: 20 }),
      fc.subarray(["before 0", "before 1", "after 0", "after 1", "rare act"]),
      fc.constantFrom(...asked),
      async (steps, chosen, hidden, breaks) => {
        const hides = (label: string): boolean => hidden.includes(label);
        const problem = printingProblem(steps);
        const seen = { ...observing(steps), breaks };
        const plain = naively(steps, hides);
        const labels = plain.run(chosen).filter((label) => label !== "" && !hides(label));
        const naive = naiveRuns(steps, hides, breaks);

        const whole = beginningUnbroken(
          quotientOf(observedSystem(problem, await exploreFast(problem), seen)),
        );
        const anywhere = naivelyTracked(naive, plain.anywhere, labels);
        expect(tracked(whole, hides, labels)).toEqual(anywhere);

        const along = graphAlong(problem, { ...seen, marks: {} }, labels, hides);
        const fromStart = naivelyTracked(naive, [start], labels);
        expect(tracked(along, hides, labels)).toEqual(fromStart);
        for (const word of [...anywhere, ...fromStart]) met.add(word);
      },
    ),
    { numRuns: runs(60) },
  );
  expect(met).not.toContain("nowhere");
  expect(met.size).toBeGreaterThan(enoughOf(2));
});
