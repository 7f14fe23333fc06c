import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutants } from "./long/mutants.ts";
import * as liveness from "./long/mutants-liveness.ts";

const all = [...mutants, ...Object.values(liveness).flat()];

test("every planted bug quotes its place in the sources exactly once", () => {
  const misplaced = all
    .filter(({ file, from }) => !existsSync(file) || readFileSync(file, "utf8").split(from).length !== 2)
    .map(({ file, from }) => `${file}: ${from}`);
  expect(misplaced).toEqual([]);
});

test("every planted bug names tests that there are", () => {
  const named = all.flatMap(({ tests = [] }) => tests);
  expect(named.length).toBeGreaterThan(0);
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).map((file) => `test/${file}`);
  expect(named.filter((name) => !files.some((file) => file.startsWith(name)))).toEqual([]);
});
