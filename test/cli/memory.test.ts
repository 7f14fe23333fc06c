import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forecast } from "../../src/cli/forecast.ts";
import { meterOf } from "../../src/cli/progress.ts";
import { watch } from "../../src/cli/watch.ts";
import type { Progress } from "../../src/explore/exploration.ts";
import { compiled, type Compiled } from "../compiled.ts";
import { fakeIo, run } from "../fixtures/io.ts";

const MB = 2 ** 20;

describe("a process keeps to --max-memory", () => {
  let program: Compiled;
  let dir = "";
  beforeAll(() => {
    program = compiled("cli/peak.mjs");
    dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
  }, 120_000);
  afterAll(() => {
    program.remove();
    rmSync(dir, { recursive: true });
  });

  interface Kept {
    readonly stop: string;
    readonly states: number;
    readonly frontier: number;
    readonly peak: number;
  }
  const explored = async (limit: number, line: string): Promise<Kept> => {
    const { code, stdout, stderr } = await program.run("peak.mjs", [
      "explore",
      "--json",
      "--max-memory",
      `${limit}M`,
      ...line.split(" "),
    ]);
    expect(code).toBe(3);
    return { ...(JSON.parse(stdout) as Omit<Kept, "peak">), peak: Number(stderr) / MB };
  };
  const kernel = "--scenario kvm/rtc-two-destinations --design active-split";
  const bench = "--scenario bench/tdx-timer-n3g1";

  test.each([
    [130, kernel],
    [170, kernel],
    [150, bench],
    [200, `${bench} --workers 2`],
    [200, "--scenario bench/tdx-timer-n2g2 --reference"],
  ])("within 10 percent, and uses 90 percent of it: %i MB, %s", async (limit, line) => {
    const { stop, frontier, peak } = await explored(limit, line);
    expect(stop).toBe("memory");
    expect(frontier).toBeGreaterThan(0);
    expect(peak).toBeLessThan(limit * 1.1);
    expect(peak).toBeGreaterThan(limit * 0.9);
  });

  test("a checkpoint that does not fit is refused before it is read", async () => {
    await explored(150, `${kernel} --checkpoint ${dir}/kept`);
    const line = ["explore", ...kernel.split(" "), "--resume", `${dir}/kept`, "--max-memory", "140M"];
    const { code, stdout, stderr } = await program.run("dist/src/cli/main.js", line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/too little memory: the program itself takes \d+ MB and the [\d,]+ states of the/);
    expect(stderr).toMatch(/--max-memory is 147 MB\n {2}it takes --max-memory \d+M or more/);
  });
});

describe("a limit that cannot be kept is refused", () => {
  test("before anything is searched, in every command that searches", async () => {
    for (const command of ["explore", "check", "compare mode-first sync-first"]) {
      const { code, stdout, stderr } = await run(`${command} --max-memory 120M`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toBe(
        "apicv-check: too little memory: the program itself takes 155 MB, and --max-memory is 126 MB\n" +
          "  it takes --max-memory 160M or more\n",
      );
      expect((await run(`${command} --max-memory 160M`)).code).toBe(0);
    }
  });
});

describe("a search that probably does not fit", () => {
  const half: Progress = {
    depth: 30,
    states: 5_000_000,
    transitions: 20_000_000,
    frontier: 900_000,
    wantsBytes: 0,
    widest: true,
  };
  const residence = { atFirst: 100 * MB, resident: 300 * MB, limit: 500 * MB };

  test("is told of once half of the memory is used and the levels still get wider", () => {
    expect(forecast(half, residence)).toContain(
      "5,000,000 states were found, there is room for about 5 million",
    );
    expect(forecast({ ...half, widest: false }, residence)).toBeUndefined();
    expect(forecast({ ...half, states: 1_000 }, residence)).toBeUndefined();
    expect(forecast({ ...half, liveness: true }, residence)).toBeUndefined();
    expect(forecast(half, { ...residence, resident: 299 * MB })).toBeUndefined();
    expect(forecast(half, { ...residence, resident: 450 * MB })).toContain("about 0.7 million");
  });

  test.each([true, false])("is told of once, on a terminal only (%s), above the line", async (tty) => {
    let resident = 100 * MB;
    let clock = 0;
    const { io, written, memory } = fakeIo({ tty, now: () => (clock += 300) });
    const looking = { ...io, memory: () => ({ ...memory, resident }) };
    const { pulse } = watch(looking, { memoryBytes: 500 * MB }, meterOf(looking, false));
    for (; resident < 480 * MB; resident += 10 * MB) await pulse(half);
    const [before, after, ...more] = written.stderr.split("Probably too large for 524 MB of memory");
    expect(more).toEqual([]);
    expect(before.endsWith("\r\u001b[K")).toBe(tty);
    expect(after?.includes("larger machine.\n\rdepth 30") ?? false).toBe(tty);
    expect(written.stderr === "").toBe(!tty);
  });
});
