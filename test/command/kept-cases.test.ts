import { appendFileSync, chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarioOf } from "../../src/catalogue/plain-scenario.ts";
import { catalogue } from "../fixtures/io.ts";
import type { AnyScenario } from "#check";
import { below, counter, reaches } from "../fixtures/counter.ts";
import { keptBuild } from "./kept-build.ts";

const { inDir, builds, files, fileAt, asked: ran } = keptBuild();

/** A counter in four cases of two models: `slow` and `fast` are the same one. */
const lasts = { short: counter({ last: 5 }), long: counter({ last: 9 }) };
const models = Object.fromEntries(
  Object.entries(lasts).map(([name, { build }]) => [name, build({ options: {} })] as const),
);
const counted: AnyScenario = {
  ...lasts.short,
  axes: { design: ["short", "long"], guest: ["slow", "fast"] },
  properties: counter({ properties: [below(7), reaches(3)] }).properties,
  expected: [
    { property: "below-7", where: { design: "long" }, verdict: "violated", because: "it counts on" },
    { property: "below-7", verdict: "holds" },
    { property: "reaches-3", verdict: "witnessed" },
  ],
  build: ({ design }) => models[design as string],
};

const asked = (line = "", how?: Parameters<typeof ran>[1]) =>
  ran(`check ${line}`, { from: { ...catalogue, scenarios: [counted] }, ...how });

/** The cases, and the files of these and of the models they come to. */
const CASES = 4;
const FILES = CASES + 1;

interface Told {
  readonly seconds: number;
  readonly checks: readonly { readonly cached: boolean; readonly properties: readonly unknown[] }[];
}

/** What is found, without the seconds and whether it was kept; and whether it was, of each case. */
const told = ({ stdout }: { readonly stdout: string }) => {
  const { checks, ...rest } = JSON.parse(stdout) as Told;
  return {
    cached: checks.map(({ cached }) => cached),
    found: { ...rest, seconds: 0, checks: checks.map((one) => ({ ...one, cached: false })) },
  };
};
const every = (cached: boolean): readonly boolean[] => Array.from({ length: CASES }, () => cached);

test("what was found is not searched for again, no model is built, and it says so and is the same", async () => {
  const first = await asked("--json");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.built).toBe(CASES);
  expect(files()).toHaveLength(FILES);
  const again = await asked("--json");
  expect(again).toMatchObject({ code: 0, stderr: "", built: 0 });
  expect(told(first).cached).toEqual(every(false));
  expect(told(again)).toEqual({ found: told(first).found, cached: every(true) });
  const { stdout, built } = await asked();
  expect(built).toBe(0);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    expect.stringMatching(/^oracle\/counter short slow +holds +6 states +cached +Ok$/),
    expect.stringMatching(/^oracle\/counter short fast +holds +same model +Ok$/),
  ]);
  expect(stdout).toContain("Cached: all of them, from searches before; --no-cache searches again.");
});

test("a run of a kept verdict is taken again where a report shows it", async () => {
  const reports = async () => {
    const { code, built } = await asked(
      ["ktap", "sarif", "mermaid"].map((kind) => `--report ${kind}=${inDir(kind)}`).join(" "),
    );
    const texts = ["ktap", "sarif", "mermaid"].map((kind) => readFileSync(inDir(kind), "utf8"));
    // What is measured, and what is said of how it was found.
    const plain = (text: string): string =>
      text.replaceAll(/"(seconds|cached)":\s*[\w.]+/g, "").replaceAll(/[\d.]+ (s|ms)\b/g, "");
    return { code, built, texts: texts.map(plain) };
  };
  const first = await reports();
  expect(first.texts[2]).toContain("COUNT");
  const again = await reports();
  expect(again).toEqual({ ...first, built: again.built });
  // Once for each model.
  expect(again.built).toBe(2);
});

test("a part of the cases is found, the rest is searched for", async () => {
  await asked("--design short");
  const all = await asked();
  expect(all.stdout).toMatch(/short slow .* cached /);
  expect(all.stdout).not.toMatch(/long slow .* cached /);
  expect(all.stdout).toContain("Cached: 2 of them");
  expect((await asked("--guest fast")).stdout).toContain("Cached: all of them");
  const other = await asked("--property below-7");
  expect(other.stdout).not.toContain("Cached");
});

test("--no-cache searches and keeps nothing; nor is anything kept without a place for it", async () => {
  const { built } = await asked("--no-cache");
  expect(await asked("", { env: {} })).toMatchObject({ code: 0, built });
  expect(readdirSync(inDir("."))).toEqual(["bundle"]);
  await asked();
  const again = await asked("--no-cache");
  expect(again).toMatchObject({ code: 0, built });
  expect(again.stdout).not.toContain("ached");
});

test("other code is another build: nothing of it is used", async () => {
  const { built } = await asked();
  appendFileSync(inDir("bundle/main.js"), "// and more\n");
  expect(await asked()).toMatchObject({ built });
  expect(builds()).toHaveLength(2);
});

test("a file that is cut short, changed, foreign or of another question is not used, and that is said", async () => {
  const first = told(await asked("--json"));
  const spoils: readonly ((file: string, other: string) => void)[] = [
    (file) => writeFileSync(file, ""),
    (file) => writeFileSync(file, readFileSync(file, "utf8").slice(0, -9)),
    (file) => writeFileSync(file, readFileSync(file, "utf8").replace("violated", "holds   ").concat(" ")),
    (file) => writeFileSync(file, '{"verdict":"holds"}'),
    (file, other) => cpSync(other, file),
  ];
  // Each kind of file is spoiled in each way: one of them says which cases come to the same model.
  for (let place = 0; place < FILES; place++) {
    spoils[place % spoils.length](fileAt(place), fileAt((place + 1) % FILES));
    const run = await asked("--json");
    expect(run.stderr).toBe(`apicv-check: ${fileAt(place)} is not as it was written, and is not used\n`);
    expect(run.built).toBeGreaterThan(0);
    expect(told(run).found).toEqual(first.found);
    expect(await asked("--json")).toMatchObject({ built: 0, stderr: "" });
  }
});

test("two at once keep the same, whole", async () => {
  const [one, other] = await Promise.all([asked("--json"), asked("--json")]);
  expect(told(one).found).toEqual(told(other).found);
  expect(files()).toHaveLength(FILES);
  expect(await asked("--json")).toMatchObject({ built: 0, stderr: "" });
});

test("where nothing can be written nothing is, and the answer is the same", async () => {
  writeFileSync(inDir("file"), "");
  const { built } = await asked("--no-cache");
  expect(await asked("", { env: { XDG_CACHE_HOME: inDir("file") } })).toMatchObject({
    code: 0,
    stderr: "",
    built,
  });
  await asked();
  chmodSync(inDir("cache/apicv-check"), 0o500);
  expect(await asked()).toMatchObject({ code: 0, stderr: "", built: 0 });
});

test("what is not as expected is searched again each time", async () => {
  const wrong = counter({ properties: [below(3), below(9)] });
  const from = { ...catalogue, scenarios: [wrong] };
  const first = await asked("", { from });
  expect(first.code).toBe(1);
  const again = await asked("", { from });
  expect(again.code).toBe(1);
  expect(again.stdout).not.toContain("ached");
});

test("a bound on states is part of the question", async () => {
  const expected = [{ property: "below-3", verdict: "violated", because: "it counts on" }] as const;
  const from = { ...catalogue, scenarios: [counter({ last: 900, properties: [below(3)], expected })] };
  await asked("", { from });
  const bounded = await asked("--max-states 10", { from });
  expect(bounded.stdout).toContain("10 states");
  expect(bounded.stdout).not.toContain("ached");
  expect((await asked("--max-states 10", { from })).stdout).toContain("cached");
  expect((await asked("", { from })).stdout).toContain("901 states");
});

test("what was judged before a limit or an interrupt is kept", async () => {
  let clock = 0;
  let judged = 0;
  // After the first model the time is over.
  const stdout = {
    write: (text: string) => {
      if (text.startsWith("oracle/counter")) judged++;
    },
  };
  const cut = await asked("--time-limit 1000s", {
    io: { stdout: { isTTY: false, ...stdout }, now: () => (clock += judged === 0 ? 1 : 10_000_000) },
  });
  expect(cut.code).toBe(3);
  expect(judged).toBe(2);
  const rest = await asked("--json");
  expect(told(rest).cached.filter(Boolean)).toHaveLength(2);
});

test("a world that is changed is searched, though what it changes is kept", async () => {
  const { name, about, scope, properties } = lasts.short;
  const plain = scenarioOf({ name, about, scope, properties, model: models["short"].model });
  const from = { ...catalogue, axes: [], scenarios: [plain] };
  await asked(name, { from });
  for (let times = 0; times < 2; times++) {
    const changed = await asked(`${name} --never n==4000`, { from });
    expect(changed).toMatchObject({ code: 0, stderr: "" });
    expect(changed.stdout).not.toContain("ached");
  }
  expect((await asked(name, { from })).stdout).toContain("Cached: all of them");
});
