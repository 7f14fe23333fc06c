import { appendFileSync, cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { catalogue } from "../fixtures/io.ts";
import { keptBuild } from "./kept-build.ts";

const { inDir, builds, files, fileAt, storeIn, asked: ran } = keptBuild();

const asked = (line: string, how?: Parameters<typeof ran>[1]) => ran(`claims ${line}`, how);

interface Told {
  readonly claims: readonly {
    readonly checks: readonly { readonly verdicts: Readonly<Record<string, { readonly cached: boolean }>> }[];
  }[];
}

/** What is found, without the seconds and whether it was kept; and whether it was, of each verdict. */
const told = ({ stdout }: { readonly stdout: string }) => {
  const { claims, ...rest } = JSON.parse(stdout) as Told & { readonly seconds: number };
  const verdicts = claims.flatMap(({ checks }) => checks.flatMap((check) => Object.values(check.verdicts)));
  return {
    cached: verdicts.map(({ cached }) => cached),
    found: JSON.stringify({ ...rest, seconds: 0, claims }).replaceAll(/"cached":(true|false)/g, ""),
  };
};

test("what was found is not searched for again, says so, and is the same", async () => {
  const first = await asked("--json");
  expect(first).toMatchObject({ code: 0, stderr: "", built: 2 });
  const again = await asked("--json");
  expect(again).toMatchObject({ code: 0, stderr: "", built: 0 });
  expect(told(first).cached).toEqual([false, false, false]);
  expect(told(again)).toEqual({ found: told(first).found, cached: [true, true, true] });
  expect((await asked("")).stdout).toContain("Cached: all of them, from searches before");
});

test("a part of what is asked is found, the rest is kept", async () => {
  await asked("Y2");
  const all = await asked("");
  expect(all).toMatchObject({ code: 0, built: 2 });
  expect(all.stdout).toContain("Cached: 1 of them, from searches before; --no-cache searches again.");
  expect(await asked("Y1")).toMatchObject({ built: 0 });
});

test("--no-cache searches and keeps nothing; nor is anything kept without a place for it", async () => {
  expect(await asked("--no-cache")).toMatchObject({ code: 0, built: 2 });
  expect(await asked("", { env: {} })).toMatchObject({ code: 0, built: 2 });
  expect(readdirSync(inDir("."))).toEqual(["bundle"]);
  await asked("");
  const again = await asked("--no-cache");
  expect(again).toMatchObject({ code: 0, built: 2 });
  expect(again.stdout).not.toContain("Cached");
});

test("a run that is printed is found each time", async () => {
  await asked("");
  const one = await asked("Y1 --design sync-first");
  expect(one).toMatchObject({ code: 0, built: 1 });
  expect(one.stdout).toContain("replay");
});

test("other code is another build: nothing of it is used", async () => {
  await asked("");
  appendFileSync(inDir("bundle/main.js"), "// and more\n");
  expect(await asked("")).toMatchObject({ built: 2 });
  expect(builds()).toHaveLength(2);
  rmSync(inDir("bundle/recorded.json"));
  expect(await asked("")).toMatchObject({ built: 2 });
});

test("results of four builds are kept, the last ones", () => {
  for (let build = 0; build < 7; build++) {
    writeFileSync(inDir("bundle/main.js"), `// build ${build}\n`);
    const store = storeIn("cache");
    store.write(["q"], { build });
    expect(store.read(["q"])).toEqual({ build });
  }
  expect(builds()).toHaveLength(4);
  expect(storeIn("cache").read(["q"])).toEqual({ build: 6 });
});

test("a file that is cut short, changed, foreign or of another question is not used, and that is said", async () => {
  const first = told(await asked("--json"));
  expect(files()).toHaveLength(2);
  const spoils: readonly (() => void)[] = [
    () => writeFileSync(fileAt(0), ""),
    () => appendFileSync(fileAt(0), " "),
    () => writeFileSync(fileAt(0), '{"verdict":"holds"}'),
    () => cpSync(fileAt(1), fileAt(0)),
  ];
  for (const spoil of spoils) {
    spoil();
    const run = await asked("--json");
    expect(run.stderr).toBe(`apicv-check: ${fileAt(0)} is not as it was written, and is not used\n`);
    expect(run.built).toBe(1);
    expect(told(run).found).toBe(first.found);
    // What was found instead is kept again.
    expect(await asked("--json")).toMatchObject({ built: 0, stderr: "" });
  }
});

test("what is not as expected is searched again each time", async () => {
  const { claims } = catalogue;
  const [claim, ...rest] = claims.claims;
  const [check] = claim.checks;
  const wrong = catalogue.scenarios.map((scenario) => ({
    ...scenario,
    expected: scenario.expected.map((row) => ({ ...row, verdict: "vacuous" as const })),
  }));
  const from: Catalogue = {
    ...catalogue,
    scenarios: wrong,
    claims: { ...claims, claims: [{ ...claim, checks: [check] }, ...rest] },
  };
  expect(await asked("", { from })).toMatchObject({ code: 1, built: 2 });
  const again = await asked("", { from });
  expect(again).toMatchObject({ code: 1, built: 2 });
  expect(again.stdout).not.toContain("Cached");
});

test("where nothing can be written nothing is, and the answer is the same", async () => {
  writeFileSync(inDir("file"), "");
  const env = { XDG_CACHE_HOME: inDir("file") };
  expect(await asked("", { env })).toMatchObject({ code: 0, stderr: "", built: 2 });
  const store = storeIn("file");
  store.write(["q"], { a: 1 });
  expect(store.read(["q"])).toBeUndefined();
});
