import { join } from "node:path";
import { expect, test } from "vitest";
import { actionOf, bool, int, propertyOf, record, shelve, type AnyScenario, type ValueOf } from "#check";
import { commandLines } from "../../src/report/command-line.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { share } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

/** Longer than calls can be nested; by night also more than there can be arguments to a call. */
const [STEPS, STARTS] = share === 1 ? [100_000, 200_000] : [15_000, 20_000];
const [steps, starts] = [STEPS, STARTS].map((n) => n.toLocaleString("en"));

const State = record({ n: int(0, STARTS), done: bool });
type State = ValueOf<typeof State>;
const said = { statement: "-" };
const cites = { actor: "counter" };
const { invariant, leadsTo } = propertyOf<State>();
const action = actionOf<State>();

const dir = temporaryFolder();

/** Counts to `STEPS`, and then does nothing for ever. */
const long: AnyScenario = shelve<State>({
  name: "oracle/long",
  about: "Counts far",
  options: [],
  scope: {},
  start: "zero",
  properties: [
    invariant({ ...said, id: "ends-early", holds: ({ n }) => n < STEPS }),
    leadsTo({
      ...said,
      id: "comes-back",
      from: ({ n }) => n === STEPS,
      to: ({ n }) => n === 0,
      fairness: [],
    }),
  ],
  expected: [],
  build: () => ({
    start: [{ n: 0, done: false }],
    model: {
      name: "long",
      state: State,
      init: () => [{ n: 0, done: false }],
      actions: [action("COUNT", { ...cites, guard: ({ n }) => n < STEPS, effect: (d) => void (d.n += 1) })],
    },
  }),
});

/** So many start states, each of which is done in one step. */
const { origin: _, ...world } = long;
const wide: AnyScenario = shelve<State>({
  ...world,
  name: "oracle/wide",
  properties: [],
  build: () => {
    const start = Array.from({ length: STARTS }, (_, n) => ({ n, done: false }));
    return {
      start,
      model: {
        name: "wide",
        state: State,
        init: () => start,
        actions: [
          action("DO", {
            ...cites,
            guard: ({ n, done }) => n === 0 && !done,
            effect: (d) => void (d.done = true),
          }),
        ],
      },
    };
  },
});
const from = { ...catalogue, scenarios: [long, wide] };

test("B1: a long run is printed as text, and what is printed can be replayed", async () => {
  const { code, stdout, stderr } = await run("explore --scenario oracle/long --trace full", {}, from);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain(`ends-early  violated after ${steps} steps`);
  expect(stdout).toContain(`comes-back  violated after ${steps} steps, where it stops for ever`);
  expect(stdout.split("\n").filter((line) => line.trim() === "COUNT")).toHaveLength(2 * STEPS);
  const command = stdout.slice(stdout.indexOf("apicv-check replay")).replaceAll(/\\\n/g, " ");
  const words = command.slice(0, command.indexOf("\n")).split(/\s+/).slice(1);
  const replayed = await run(words, {}, from);
  expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: "" });
  expect(replayed.stdout).toContain(`ends-early: violated after ${steps} steps`);
});

test("B1: a command of a million characters is cut into lines", () => {
  const word = "0".repeat(1_000_000);
  const joined = commandLines(word)
    .map((line) => line.replace(/\\$/, "").trim())
    .join("");
  expect(joined).toBe(word);
});

test("B2: a search from many start states is written down and gone on with", async () => {
  const at = join(dir, "wide");
  const first = await run(
    `explore --scenario oracle/wide --checkpoint ${at} --max-states ${STARTS}`,
    {},
    from,
  );
  expect(first).toMatchObject({ code: 3, stderr: "" });
  const { code, stdout, stderr } = await run(`explore --scenario oracle/wide --resume ${at}`, {}, from);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`${(STARTS + 1).toLocaleString("en")} states`);
  expect(stdout).toContain(`Resumed from a checkpoint of ${starts} states`);
});
