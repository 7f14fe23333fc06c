import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAIN } from "../fixtures/compiled.ts";
import { directory, ended, useProgram, type Settings } from "./endless.ts";

useProgram();

const interrupt: Settings["meanwhile"] = (child, text) => {
  if (text.includes("searching")) child.kill("SIGINT");
};

test("the exit code is the program's", async () => {
  expect(await ended(MAIN, ["explore", "--depth", "2"])).toMatchObject({ code: 0, stderr: "" });
  expect((await ended(MAIN, ["explore", "--depth", "two"])).code).toBe(2);
});

test("a module far from any package is explored, by its threads too, and its errors have their lines", async () => {
  const module = join(directory(), "far.ts");
  const text = readFileSync(new URL("../docs/example-bug.ts", import.meta.url), "utf8");
  writeFileSync(module, text);
  const asked = ["explore", module, "--depth", "8", "--set", "mapDirty=bool", "--workers", "2"];
  const { code, stdout, stderr } = await ended(MAIN, [...asked, "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("violated (as expected) after 7 steps");
  writeFileSync(module, text.replace("kvm/apic-map", "kvm/apic-mop"));
  const wrong = await ended(MAIN, asked);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(
    /far\.ts:19:\d+: unknown world "kvm\/apic-mop" \(did you mean "kvm\/apic-map"/,
  );
});

test("threads that were started for a question that is refused keep nothing up", async () => {
  const { code, stderr } = await ended(MAIN, ["explore", "--scenario", "nope", "--workers", "3"]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown scenario") });
});

test("a reader that goes away is no error", async () => {
  const { code, stderr } = await ended(MAIN, ["list", "properties", "--json"], { unread: true });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each([
  ["--reference", /INCOMPLETE: interrupted/],
  ["--json", /"stop": "interrupted",\n {2}"complete": false/],
])("an interrupt ends the search with what was found, %s", async (flag, marked) => {
  const { code, stdout } = await ended(
    "endless.mjs",
    ["explore", flag, "--report", `json=${directory()}/part.json`],
    {
      meanwhile: interrupt,
    },
  );
  expect(code).toBe(130);
  expect(stdout).toMatch(marked);
  expect(stdout).toContain("a-below-1");
  expect(readdirSync(directory()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a second interrupt ends the process at once", async () => {
  const { code } = await ended("endless.mjs", ["explore"], {
    meanwhile: (child, text) => {
      interrupt(child, text);
      interrupt(child, text);
    },
  });
  expect(code).toBe(130);
});

/** Files of the command that are loaded late, each but the last by `explore`. */
const [MODELS, ENGINE, THREADS] = ["dist/cli/catalogue-", "dist/cli/search-", "dist/cli/team-"];

test("help loads neither the models nor a library but commander", async () => {
  const { code, stderr } = await ended(MAIN, ["--help"], { env: { NODE_DEBUG: "esm" } });
  expect(code).toBe(0);
  expect(stderr).toContain("commander");
  for (const late of ["immer", "graphology", "fast-check", MODELS, ENGINE, THREADS])
    expect(stderr).not.toContain(late);
});

test("a search loads neither the generators nor, alone, what threads need", async () => {
  const { code, stderr } = await ended(MAIN, ["explore", "--depth", "1"], { env: { NODE_DEBUG: "esm" } });
  expect(code).toBe(0);
  for (const used of ["immer", MODELS, ENGINE]) expect(stderr).toContain(used);
  for (const unused of ["fast-check", "graphology", THREADS]) expect(stderr).not.toContain(unused);
});
