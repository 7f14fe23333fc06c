import fc from "fast-check";
import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { observedSystem } from "../../src/observed/observed-system.ts";
import { quotientOf } from "../../src/observed/quotient.ts";
import { NOWHERE, Tracker } from "../../src/observed/tracker.ts";
import { runs } from "../fixtures/runs.ts";
import { arbitraryPrinting, naively, observing, printingProblem, type Printing } from "./printing-model.ts";

const graphOf = async (steps: readonly Printing[]) => {
  const problem = printingProblem(steps);
  return observedSystem(problem, await exploreFast(problem), observing(steps));
};

const choices = fc.array(fc.noBias(fc.nat({ max: 59 })), { minLength: 20, maxLength: 40 });
const seen = ["before 0", "before 1", "after 0", "after 1", "mark a is 1"];
const hidings = fc.subarray(["before 0", "before 1", "after 0", "after 1", "rare act"]);
const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom("drop", "swap", "twice", "other"),
    label: fc.constantFrom(...seen),
  }),
  { maxLength: 2 },
);
type Mutation = typeof mutations extends fc.Arbitrary<readonly (infer M)[]> ? M : never;

const mutated = (labels: readonly string[], { at, kind, label }: Mutation): readonly string[] => {
  if (labels.length < 2) return labels;
  const i = at % (labels.length - 1);
  const [before, after] = [labels.slice(0, i), labels.slice(i + 2)];
  const [one, two] = labels.slice(i, i + 2);
  switch (kind) {
    case "drop":
      return [...before, two, ...after];
    case "swap":
      return [...before, two, one, ...after];
    case "twice":
      return [...before, one, one, two, ...after];
    case "other":
      return [...before, label, two, ...after];
  }
};

test("what a run prints is followed from anywhere in it, whatever was recorded of it", async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryPrinting, choices, fc.nat(), hidings, async (steps, chosen, from, hidden) => {
      const tracker = new Tracker(quotientOf(await graphOf(steps)), (label) => hidden.includes(label));
      const labels = naively(steps, () => false)
        .run(chosen)
        .filter((label) => label !== "" && !hidden.includes(label));
      let standing = tracker.anywhere;
      for (const label of labels.slice(from % (labels.length + 1))) {
        standing = tracker.step(standing, label);
        met++;
        expect(standing).not.toBe(NOWHERE);
      }
    }),
    { numRuns: runs(300) },
  );

  expect(met).toBeGreaterThan(50);
});

test("a line is refused just where no run prints it, by the quotient as by the whole graph", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      arbitraryPrinting,
      choices,
      hidings,
      mutations,
      async (steps, chosen, hidden, changes) => {
        const graph = await graphOf(steps);
        const quotient = quotientOf(graph);
        expect(quotient.nodes).toBeLessThanOrEqual(graph.nodes);
        const hides = (label: string): boolean => hidden.includes(label);
        const trackers = [new Tracker(graph, hides), new Tracker(quotient, hides)];
        const naive = naively(steps, hides);
        const labels = changes.reduce(
          mutated,
          naive.run(chosen).filter((label) => label !== "" && !hides(label)),
        );
        let standings = trackers.map(({ anywhere }) => anywhere);
        let plain = naive.anywhere;
        for (const label of labels) {
          standings = trackers.map((tracker, i) => tracker.step(standings[i], label));
          plain = naive.step(plain, label);
          const values = [...new Set(plain.map(({ a }) => String(a)))].toSorted();
          for (const [i, tracker] of trackers.entries()) {
            // Of states that look alike it says what any of them may be; the mark tells those apart in which a is 1.
            const said = tracker.fact(standings[i], "a");
            expect(said).toEqual(expect.arrayContaining(values));
            expect(said.includes("1")).toBe(values.includes("1"));
            expect(standings[i] === NOWHERE).toBe(plain.length === 0);
            expect(
              tracker
                .possible(standings[i])
                .filter((one) => seen.includes(one))
                .toSorted(),
            ).toEqual(seen.filter((one) => !hides(one) && naive.step(plain, one).length > 0).toSorted());
          }
          if (plain.length > 0) continue;
          refused++;
          break;
        }
      },
    ),
    { numRuns: runs(150) },
  );

  expect(refused).toBeGreaterThan(0);
});
