import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { lockOf } from "../../src/checkpoint/lock.ts";
import { below, counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const above = temporaryFolder();
let dir = "";
let made = 0;
beforeEach(() => {
  dir = join(above, String(made++));
});

const start: readonly Counter[] = [{ n: 0 }, { n: 1 }, { n: 2 }];
const from = {
  ...catalogue,
  scenarios: [counter({ last: 900, start, properties: [below(999)] })],
};
const explored = (flags: string) => run(`explore ${flags}`, {}, from);

describe("B7: a directory that cannot be made is refused at once", () => {
  test.for(["/proc/x", "/proc/x/y/z", "/proc/self/x", "/sys/x"])("%s", async (where) => {
    const { code, stdout, stderr } = await explored(`--checkpoint ${where}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^apicv-check: cannot write the checkpoint ${where}: [a-z ]+\\n$`));
  });

  test("one that can be made is, with those above it", async () => {
    expect((await explored(`--checkpoint ${dir}/a/b/c`)).code).toBe(0);
    expect(existsSync(join(dir, "a/b/c/checkpoint.json"))).toBe(true);
  });
});

describe("B11: one search at a time writes to a directory", () => {
  test("a second one is refused while the first runs, and not after it", async () => {
    const release = lockOf((mkdirSync(dir), dir));
    const { code, stdout, stderr } = await explored(`--checkpoint ${dir}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`another search writes its checkpoints to ${dir}: process ${process.pid}`);
    expect(readdirSync(dir)).toEqual(["lock"]);
    release();
    expect((await explored(`--checkpoint ${dir}`)).code).toBe(0);
    expect(readdirSync(dir)).not.toContain("lock");
  });

  test("nor is a checkpoint gone on with that is being written", async () => {
    await explored(`--max-states 9 --checkpoint ${dir}`);
    const release = lockOf(dir);
    for (const flags of [`--resume ${dir}`, `--resume ${dir} --checkpoint ${dir}`]) {
      const { code, stderr } = await explored(flags);
      expect(code).toBe(2);
      expect(stderr).toContain("another search writes its checkpoints to");
    }
    release();
    expect((await explored(`--resume ${dir} --checkpoint ${dir}`)).code).toBe(0);
  });

  test("of two that begin at once one runs", async () => {
    const both = await Promise.all([
      explored(`--checkpoint ${dir} --checkpoint-every 1ms`),
      explored(`--checkpoint ${dir} --checkpoint-every 1ms`),
    ]);
    expect(both.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 2]);
    expect((await explored(`--resume ${dir}`)).code).toBe(0);
  });

  test("what a process left that is gone, or whose number another one has, is no lock", async () => {
    const left = { pid: process.pid, host: hostname(), began: "1" };
    // No process has this number: it is beyond what the system gives.
    for (const text of [JSON.stringify(left), JSON.stringify({ ...left, pid: 2 ** 30 }), "", "{"]) {
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "lock"), text);
      expect((await explored(`--checkpoint ${dir}`)).code).toBe(0);
      expect(readdirSync(dir)).not.toContain("lock");
      rmSync(dir, { recursive: true });
    }
  });

  test("of a process on another machine nothing is known: it counts", async () => {
    mkdirSync(dir);
    const text = JSON.stringify({ pid: 1, host: "elsewhere.example", began: "1" });
    writeFileSync(join(dir, "lock"), text);
    const { code, stderr } = await explored(`--checkpoint ${dir}`);
    expect(code).toBe(2);
    expect(stderr).toContain(`process 1 on elsewhere.example`);
    expect(stderr).toContain(`if it is gone, remove ${dir}/lock`);
    expect(readFileSync(join(dir, "lock"), "utf8")).toBe(text);
  });
});

describe("B12: a search that is cut among its start states says that it wrote nothing", () => {
  test("by a limit, and by a violation with --fail-fast", async () => {
    const { code, stderr } = await explored(`--max-states 2 --checkpoint ${dir}`);
    expect(code).toBe(3);
    expect(stderr).toContain(`no checkpoint was written to ${dir}: the search ended among its start states`);
    expect(readdirSync(dir)).toEqual([]);
    const broken = { ...catalogue, scenarios: [counter({ start, properties: [below(1)] })] };
    const failed = await run(`explore --fail-fast --checkpoint ${dir}`, {}, broken);
    expect(failed.stderr).toContain("no checkpoint was written");
  });

  test("and one that is cut later does not, for it wrote one", async () => {
    expect(await explored(`--max-states 4 --checkpoint ${dir}`)).toMatchObject({ code: 3, stderr: "" });
    expect(existsSync(join(dir, "checkpoint.json"))).toBe(true);
  });
});
