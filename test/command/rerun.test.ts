import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rerunAtSaves, rerunOn, savesOf, type Run } from "../../src/command/explore/rerun.ts";
import { fakeIo, run as command } from "../fixtures/io.ts";
import { runs } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

/** Runs that end when they are told to, or when they are ended. */
const scripted = () => {
  const log: string[] = [];
  let finish: () => void = () => undefined;
  let begun: () => void = () => undefined;
  let begins = new Promise<void>((resolve) => (begun = resolve));
  const run: Run = (signal) =>
    new Promise((resolve) => {
      log.push("begins");
      const end = (how: string) => () => {
        if (log.at(-1) !== "begins") return;
        log.push(how);
        resolve();
      };
      finish = end("finishes");
      signal.addEventListener("abort", end("is ended"));
      begun();
    });
  const begin = async () => {
    await begins;
    begins = new Promise<void>((resolve) => (begun = resolve));
  };
  return { log, run, begin, finish: () => finish() };
};

test("each event runs once more, whether the run before is over or not, until it is stopped", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 6 }), async (overBefore) => {
      const { log, run, begin, finish } = scripted();
      let event: () => void = () => undefined;
      let subscribed = 0;
      let stop: () => void = () => undefined;
      const stopped = new Promise<void>((resolve) => (stop = resolve));
      const all = rerunOn(
        (again) => {
          subscribed++;
          event = again;
          return () => void subscribed--;
        },
        run,
        stopped,
      );
      await begin();
      for (const over of overBefore) {
        if (over) finish();
        event();
        await begin();
      }
      stop();
      await all;
      expect(subscribed).toBe(0);
      expect(log).toEqual([
        ...overBefore.flatMap((over) => ["begins", over ? "finishes" : "is ended"]),
        "begins",
        "is ended",
      ]);
    }),
    { numRuns: runs(200) },
  );
});

test("a run that fails ends it with its error", async () => {
  const failing = rerunOn(
    () => () => undefined,
    () => Promise.reject(new Error("no such program")),
    new Promise(() => undefined),
  );
  await expect(failing).rejects.toThrow("no such program");
});

test("a save is told, also one that puts another file in the place, and one of a file beside it", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "q.yaml");
  writeFileSync(file, "a");
  let told: () => void = () => undefined;
  const end = savesOf(file)(() => told());
  const after = (change: () => void): Promise<void> => {
    const heard = new Promise<void>((resolve) => (told = resolve));
    change();
    return heard;
  };
  await after(() => writeFileSync(file, "ab"));
  await after(() => {
    writeFileSync(join(folder, "q.tmp"), "abc");
    renameSync(join(folder, "q.tmp"), file);
  });
  await after(() => writeFileSync(join(folder, "part.ts"), "export {};"));
  end();
  told = () => expect.fail("told after the end");
  writeFileSync(file, "abcd");
  expect(readFileSync(file, "utf8")).toBe("abcd");
});

test("it runs until an interrupt, says what it waits for, and exits 130", async () => {
  const file = join(temporaryFolder(), "q.yaml");
  writeFileSync(file, "a");
  let interrupt: () => void = () => undefined;
  const { io, written } = fakeIo({
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => undefined;
    },
  });
  let times = 0;
  const code = await rerunAtSaves(file, io, () => {
    if (++times === 1) queueMicrotask(() => writeFileSync(file, "ab"));
    else queueMicrotask(interrupt);
    return Promise.resolve();
  });
  expect(code).toBe(130);
  expect(times).toBeGreaterThan(1);
  expect(written.stderr).toContain(`${file} was saved`);
  expect(written.stderr).toContain("Ctrl-C ends this");
});

test("there is a file to watch, in a folder that is there", async () => {
  expect((await command("explore kvm/posting --watch")).stderr).toContain("name one");
  const { code, stderr } = await command("explore --file no/such/q.yaml --watch");
  expect([code, stderr]).toEqual([2, expect.stringContaining("cannot watch no/such")]);
});
