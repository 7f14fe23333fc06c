import { expect, test } from "vitest";
import type { Followed, FollowedWorld } from "../../src/catalogue/followed.ts";
import { edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { judgeFollowed } from "../../src/validate/judge-part.ts";

const labels = ["silent", "enter", "leave", "ask", "answer", "rare act", "mark outside"] as const;
const [, ENTER, LEAVE, ASK, ANSWER, RARE, OUTSIDE] = labels.keys();

const graphOf = (...out: readonly (readonly Edge[])[]): ObservedGraph => ({
  labels,
  nodes: out.length,
  ...edgesOf(out),
  facts: [{ name: "asked", values: ["no", "yes"], of: out.map((_, node) => [node === 2 ? 1 : 0]) }],
});

/** Outside, inside, asked; an answer comes behind a question, or behind something rare. */
const graph = graphOf(
  [
    [ENTER, 1],
    [OUTSIDE, 0],
    [RARE, 2],
  ],
  [
    [LEAVE, 0],
    [ASK, 2],
  ],
  [[ANSWER, 1]],
);
/** In another world nobody ever answers. */
const silentGraph = graphOf([[ENTER, 1]], [[LEAVE, 0]]);

const world = (name: string): FollowedWorld => ({ name }) as FollowedWorld;
const graphs = new Map([
  ["usual", graph],
  ["silent", silentGraph],
]);

const partOf = (seen: readonly string[], changes: Partial<Followed> = {}): Followed => ({
  kind: "followed",
  title: "a talk",
  of: {},
  worlds: [world("silent"), world("usual")],
  lines: seen.map((label, i) => ({ at: 10 * i + 10, labels: label === "lost" ? label : [label] })),
  sees: () => true,
  gaps: ["enter", "leave"],
  ends: {},
  telling: [],
  notes: [],
  ...changes,
});

const judged = (seen: readonly string[], changes: Partial<Followed> = {}, strict = false) =>
  judgeFollowed(partOf(seen, changes), async ({ name }) => graphs.get(name)!, { strict });

test("one world that allows all lines is enough", async () => {
  expect(await judged(["enter", "ask", "answer", "leave"])).toMatchObject({
    verdict: "consistent",
    worlds: ["usual"],
    decided: 3,
    lines: [10, 40],
    rare: false,
  });
});

test("a line that nothing allows is a violation, with what is known before it and what would mend it", async () => {
  const { verdict, worlds, refusal } = await judged(["enter", "ask", "ask"]);
  expect([verdict, worlds]).toEqual(["violation", ["usual"]]);
  expect(refusal).toMatchObject({
    at: 30,
    label: "ask",
    before: [10, 20],
    facts: [["asked", ["yes"]]],
    possible: ["answer"],
    mendings: [{ label: "answer", rare: false }],
  });
});

test("a missing entry is a gap, after which it goes on", async () => {
  expect(await judged(["ask", "answer", "leave", "leave", "enter", "enter"])).toMatchObject({
    verdict: "gap",
    gaps: [
      { at: 40, label: "enter" },
      { at: 60, label: "leave" },
    ],
  });
});

test("something rare may have happened unseen, but not strictly", async () => {
  const seen = ["leave", "answer"];
  expect(await judged(seen)).toMatchObject({ verdict: "consistent", rare: true });
  expect(await judged(seen, {}, true)).toMatchObject({ verdict: "violation", refusal: { at: 20 } });
});

test("what was lost may have been anything", async () => {
  expect((await judged(["ask", "lost", "ask", "answer"])).verdict).toBe("consistent");
});

test("what was not recorded may have happened, and where nothing could have been refused it is incomplete", async () => {
  const sees = (label: string): boolean => label === "ask";
  expect(await judged(["ask", "ask"], { sees })).toMatchObject({ verdict: "incomplete", decided: 0 });
});

test("what was begun and whose end was not recorded is incomplete", async () => {
  const sees = (label: string): boolean => label !== "answer";
  const ends = { ask: ["answer"] };
  expect(await judged(["enter", "ask"], { sees, ends })).toMatchObject({
    verdict: "incomplete",
    notes: ["accepted in line 20, not seen again: answer not recorded"],
  });
  expect((await judged(["enter", "ask"], { ends })).verdict).toBe("consistent");
});

test("a mark rules states out, and is no line that could have been refused", async () => {
  const lines = [
    { at: 1, labels: ["mark outside"] },
    { at: 2, labels: ["ask"] },
  ];
  expect(await judged([], { lines, worlds: [world("usual")], gaps: [] })).toMatchObject({
    verdict: "violation",
    refusal: { at: 2 },
  });
});
