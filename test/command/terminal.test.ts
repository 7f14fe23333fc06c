import { describe, expect, test } from "vitest";
import type { Progress } from "../../src/problem/exploration.ts";
import { meterOf } from "../../src/command/search/progress.ts";
import { watch } from "../../src/command/search/watch.ts";
import { fakeIo, run } from "../fixtures/io.ts";

const progress: Progress = { depth: 7, states: 12345, transitions: 50000, frontier: 678, wantsBytes: 0 };

/** Clears the rest of the line. */
const ERASE = "\x1b[K";

describe("progress", () => {
  test("is one rewritten line on a terminal, cleared before the result", async () => {
    const { code, stderr, stdout } = await run("explore", { tty: true });
    expect(code).toBe(0);
    const shown = stderr.split("\r");
    expect(shown[1]).toMatch(/^depth \d+ {2}[\d,]+ states {2}[\d,]+\/s {2}frontier [\d,]+ {2}105 MB/);
    expect(shown.slice(1).every((line) => line.endsWith(ERASE))).toBe(true);
    expect(shown.at(-1)).toBe(ERASE);
    expect(stderr).not.toContain("\n");
    expect(stdout).not.toContain("\x1b");
  });

  test("is shown nowhere else", async () => {
    for (const world of [{}, { tty: true, env: { CI: "true" } }, { tty: true, env: { TERM: "dumb" } }])
      expect((await run("explore", world)).stderr).toBe("");
    expect((await run("explore --quiet", { tty: true })).stderr).toBe("");
  });

  test("is shown five times a second and fits the terminal", () => {
    const { io, written } = fakeIo({ tty: true });
    const narrow = { ...io, stderr: { ...io.stderr, columns: 20 } };
    const meter = meterOf(narrow, false);
    for (let i = 0; i < 100; i++) meter.show(progress, i / 100, { resident: 0 });
    expect(written.stderr.match(/\r/g)).toHaveLength(5);
    expect(written.stderr.slice(0, 25)).toBe("\rdepth 7  12,345 sta\x1b[K\rd");
  });
});

describe("the watch", () => {
  test("looks rarely, but always before much is allocated", async () => {
    let clock = 0;
    const { io, memory } = fakeIo({ now: () => clock });
    const { pulse } = watch(io, { memoryBytes: memory.resident + 1000 }, meterOf(io, true));
    expect(await pulse(progress)).toBeUndefined();
    expect(pulse({ ...progress })).toBeUndefined();
    expect(await pulse({ ...progress, wantsBytes: 1000 })).toBeUndefined();
    expect(await pulse({ ...progress, wantsBytes: 1001 })).toBe("memory");
    clock += 50;
    expect(pulse(progress)).toBeInstanceOf(Promise);
  });

  test("looks at memory only once what is allocated in between is some part of what is left", async () => {
    let looks = 0;
    const { memory } = fakeIo();
    const left = memory.residentLimit - memory.resident;
    const { io } = fakeIo({ now: () => 0, memory: () => (looks++, memory) });
    const { pulse } = watch(io, {}, meterOf(io, true));
    const wanting = async (wantsBytes: number) => pulse({ ...progress, wantsBytes });
    await wanting(0);
    expect(looks).toBe(1);
    for (let times = 0; times < 8; times++) await wanting(left / 512);
    expect(looks).toBe(1);
    await wanting(1);
    expect(looks).toBe(2);
    // A larger one is looked at by itself, and counts from then on.
    await wanting(left / 63);
    expect(looks).toBe(3);
    await wanting(1);
    expect(looks).toBe(4);
    expect(await wanting(left + 1)).toBe("memory");
  });

  test("stops at an interrupt and lets go of the signal at the end", async () => {
    let stop = (): void => undefined;
    let released = 0;
    const { io } = fakeIo({
      onInterrupt: (listener) => {
        stop = listener;
        return () => void released++;
      },
    });
    const { pulse, end } = watch(io, {}, meterOf(io, true));
    expect(await pulse(progress)).toBeUndefined();
    stop();
    expect(await pulse({ ...progress, wantsBytes: 1 })).toBe("interrupted");
    expect(end()).toBeGreaterThan(0);
    expect(released).toBe(1);
  });

  test("lets go of the signal when the search fails", async () => {
    let released = 0;
    let looks = 0;
    const { memory } = fakeIo();
    const failing = () => {
      if (++looks === 2) throw new Error("no memory figures");
      return memory;
    };
    const { code } = await run("explore", { onInterrupt: () => () => void released++, memory: failing });
    expect(code).toBe(70);
    expect(released).toBe(1);
  });
});
