import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { estimate, forecast } from "../../src/command/search/forecast.ts";
import { meterOf } from "../../src/command/search/progress.ts";
import { watch } from "../../src/command/search/watch.ts";
import type { Progress } from "../../src/problem/exploration.ts";
import { sizeKnown } from "../../src/catalogue/size.ts";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { catalogue, fakeIo, run } from "../fixtures/io.ts";

const MB = 2 ** 20;

/** Half way: the levels still get wider. */
const half: Progress = {
  depth: 30,
  states: 5_000_000,
  transitions: 20_000_000,
  frontier: 900_000,
  wantsBytes: 0,
  widest: true,
};

describe("a process keeps to --max-memory", () => {
  let program: Compiled;
  let dir = "";
  beforeAll(() => {
    program = compiled("command/peak.mjs");
    dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
  });
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
    const { code, stdout, stderr } = await program.run(MAIN, line);
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

describe("a search whose size is known", () => {
  const large = { states: 12_345_678, bytes: 500 * MB };
  // No other world has this size.
  const sized = { ...catalogue, sizes: { "posting:mode-first:vmx": large } };
  const told = async (line: string, tty = true): Promise<string> => {
    const { stdout } = await run("explore");
    const [[world, size]] = Object.entries(sized.sizes);
    const [name] = /kvm\/\w+/.exec(stdout)!;
    const sizes = { [world.replace("posting", name)]: size };
    return (await run(line, { tty }, { ...catalogue, sizes })).stderr;
  };

  test("is told of before it begins where it does not fit, and then no more", async () => {
    const resident = 100 * MB;
    const counted = { counted: large };
    expect(estimate(counted, { resident, limit: 600 * MB })).toBeUndefined();
    const text = estimate(counted, { resident, limit: 599 * MB });
    expect(text).toMatch(/^This takes about 629 MB of memory, and there are 628 MB: 12,345,678 states were/);
    let now = resident;
    let clock = 0;
    const { io, written, memory } = fakeIo({ tty: true, now: () => (clock += 300) });
    const looking = { ...io, memory: () => ({ ...memory, resident: now }) };
    const { pulse } = watch(looking, { memoryBytes: 500 * MB }, meterOf(looking, false), counted);
    for (; now < 480 * MB; now += 10 * MB) await pulse(half);
    expect(written.stderr.split("This takes about 629 MB")).toHaveLength(2);
    expect(written.stderr).not.toContain("Probably too large");
    expect(written.stderr.indexOf("This takes")).toBeLessThan(written.stderr.indexOf("depth 30"));
  });

  test("has its states counted in the line that shows how far it is", async () => {
    expect(await told("explore")).toMatch(/depth \d+ {2}\d+ of 12,345,678 states/);
    expect(await told("explore --max-memory 400M")).toContain("This takes about 629 MB of memory");
    expect(await told("explore --max-memory 400M", false)).toBe("");
  });

  test.each(["--depth 5", "--switches 2", "--max-states 9", "--por", "--reference", "--paranoid"])(
    "is not known with %s",
    async (flag) => {
      expect(await told(`explore --max-memory 400M ${flag}`)).not.toMatch(/12,345,678|This takes/);
    },
  );

  test("is a guess for another world of the scenario", async () => {
    const text = await told("explore --max-memory 400M --design sync-first");
    expect(text).toContain("This may take 629 MB of memory");
    expect(text).not.toContain("of 12,345,678 states");
  });
});

describe("a world that was not counted", () => {
  const small = { states: 600_000, bytes: 10 * MB };
  const large = { states: 12_345_678, bytes: 500 * MB };
  const sizes = { "a/b:x:1": small, "a/b:y:1": large, "a/bc:y:1": { ...large, bytes: 900 * MB } };

  test("may be as large as the largest of its scenario", () => {
    expect(sizeKnown(sizes, "a/b:x:1", "a/b")).toEqual({ counted: small });
    expect(sizeKnown(sizes, "a/b:x:2", "a/b")).toEqual({ alike: large });
    expect(sizeKnown(sizes, "a/d:x:1", "a/d")).toBeUndefined();
    const residence = { resident: 100 * MB, limit: 599 * MB };
    expect(estimate({ alike: large }, residence)).toMatch(
      /^This may take 629 MB of memory, and there are 628 MB: so much took the largest world of this scenario/,
    );
    expect(estimate({ alike: small }, residence)).toBeUndefined();
  });

  test.each([
    ["as it begins and not again, where that one does not fit", large, ["This may take 629 MB"]],
    ["when half of the memory is used, where that one fits", small, ["Probably too large"]],
  ])("is told of %s, and its states are not counted down", async (_, alike, wanted) => {
    let now = 100 * MB;
    let clock = 0;
    const { io, written, memory } = fakeIo({ tty: true, now: () => (clock += 300) });
    const looking = { ...io, memory: () => ({ ...memory, resident: now }) };
    const { pulse } = watch(looking, { memoryBytes: 500 * MB }, meterOf(looking, false), { alike });
    for (; now < 480 * MB; now += 10 * MB) await pulse(half);
    expect(written.stderr.match(/This may take 629 MB|Probably too large/g)).toEqual(wanted);
    expect(written.stderr).not.toMatch(/ of [\d,]+ states/);
  });
});

describe("a search that probably does not fit", () => {
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
