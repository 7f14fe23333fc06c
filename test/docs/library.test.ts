import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  actionOf,
  CheckError,
  int,
  oneOf,
  propertyOf,
  record,
  vector,
  type Action,
  type ErrorCode,
  type ValueOf,
} from "../../src/index.ts";
import { answer, problemOf, replay } from "../../src/api/check.ts";
import { catalogueOf, claimBook, scenarioOf, shelve } from "../../src/api/catalogue.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const page = read("../../docs/library.md");

// The example runs, and is type-checked, from the packed tarball: scripts/pack-smoke.mjs.
test("docs/library.md shows docs/library-example.ts as it is", () => {
  expect(page).toContain(`\`\`\`ts\n${read("../../docs/library-example.ts").trimEnd()}\n\`\`\``);
});

test("docs/library.md names every entry point and every code of an error", () => {
  const { exports } = JSON.parse(read("../../package.json")) as { readonly exports: Record<string, unknown> };
  const entries = Object.keys(exports).map((entry) => entry.replace(/^\./, "apicv-check"));
  expect(entries.length).toBe(6);
  for (const entry of entries) expect(page).toContain(`| \`${entry}\``);
  const [, union] = /type ErrorCode =([^;]*);/.exec(read("../../src/errors.ts"))!;
  const codes = [...union.matchAll(/"([\w-]+)"/g)].map(([, code]) => code);
  const rows = [...page.split("## Errors")[1].matchAll(/^\| `([\w-]+)` /gm)].map(([, code]) => code);
  expect(rows.toSorted()).toEqual(codes.toSorted());
});

const State = record({ n: int(0, 1) });
type State = ValueOf<typeof State>;
const cites = { actor: "counter", kernel: "-", source: "-", atomic: "-" };
const flip = actionOf<State>()("flip", { ...cites, guard: () => true, effect: (d) => void (d.n = 1 - d.n) });
const about = { id: "bounded", statement: "-", source: "-", kernel: "-" };
const bounded = propertyOf<State>().invariant({ ...about, holds: ({ n }) => n <= 1 });
const never = (effect: Action<State>["effect"]): Action<State> => ({ ...flip, effect });
const model = (...actions: readonly Action<State>[]) => ({
  name: "counter",
  state: State,
  init: () => [{ n: 0 }],
  actions,
});
const world = (...actions: readonly Action<State>[]) =>
  scenarioOf({ name: "my/counter", about: "-", model: model(...actions), scope: {}, properties: [bounded] });

const mistakes: readonly (readonly [string, ErrorCode, RegExp, () => unknown])[] = [
  ["two actions of one name", "model", /flip/, () => answer(world(flip, flip))],
  ["a model without actions", "model", /my\/counter has no actions/, () => answer(world())],
  ["a word given twice", "model", /twice/, () => oneOf("a", "a")],
  [
    "a family without a size",
    "model",
    /"cat".*\{ "cat": 2 \}/,
    () => problemOf({ ...model(flip), state: record({ n: vector("cat", int(0, 1)) }) as never }, {}),
  ],
  ["a range that is too large", "limit", /2\^31/, () => int(0, 2 ** 32)],
  [
    "a value outside its domain",
    "domain",
    /n = 2 .*\n.*flip/,
    () => answer(world(never((d) => void (d.n = 2)))),
  ],
  [
    "a field that the schema lacks",
    "domain",
    /no field m/,
    () => answer(world(never((d) => void ((d as unknown as { m: number }).m = 1)))),
  ],
  [
    "a field that is deleted",
    "mutation",
    /n is deleted/,
    () => answer(world(never((d) => void delete (d as { n?: number }).n))),
  ],
  [
    "an effect that throws",
    "recipe",
    /oops\n.*flip/,
    () =>
      answer(
        world(
          never(() => {
            throw new Error("oops");
          }),
        ),
      ),
  ],
  ["an effect that returns something", "recipe", /flip/, () => answer(world(never((() => 7) as never)))],
  [
    "a property that does not exist",
    "unknown-name",
    /did you mean "bounded"/,
    () => answer(world(flip), { properties: ["bouned"] }),
  ],
  [
    "a design where there are none",
    "unknown-name",
    /unknown word "design"/,
    () => answer(world(flip), { design: "new" }),
  ],
  [
    "an expectation of what is not asked",
    "unknown-name",
    /bouned/,
    () =>
      shelve({ ...(world(flip) as object), expected: [{ property: "bouned", verdict: "holds" }] } as never),
  ],
  [
    "a claim about a world that does not exist",
    "unknown-name",
    /did you mean "my\/counter"/,
    () =>
      claimBook([world(flip)], {
        columns: [{ name: "now", about: "-", set: [] }],
        messages: [],
        claims: [
          {
            id: "C1",
            statement: "-",
            messages: [],
            source: "-",
            word: "confirmed",
            checks: [{ property: "bounded", scenario: "my/conter", columns: ["now"] }],
          },
        ],
      }),
  ],
  [
    "two scenarios of one name",
    "model",
    /my\/counter/,
    () => catalogueOf({ scenarios: [world(flip), world(flip)] }),
  ],
  [
    "a run that is not of the model",
    "input",
    /there is no step with the id 7/,
    () => replay(problemOf(model(flip), {}), { start: 0, steps: [7] }),
  ],
];

test.each(mistakes)("%s is a CheckError %s", async (_, code, message, make) => {
  const error = await Promise.resolve()
    .then(make)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(error).toBeInstanceOf(CheckError);
  expect((error as CheckError).code).toBe(code);
  expect((error as CheckError).message).toMatch(message);
});
