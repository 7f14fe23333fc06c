import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";

const folder = join(import.meta.dirname, "legal");
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

// Each shows by a witness that the kernel does so, and that no property takes it for a bug.
test.each(files)("legal/%s happens, and nothing flags it", async (file) => {
  const { io, written } = fakeIo();
  const code = await main(["check", "--quiet", join(folder, file)], io, shipped);
  expect([code, written.stderr]).toEqual([0, ""]);
  expect(written.stdout).toMatch(/ witnessed \d/);
  expect(written.stdout).toContain(" holds");
  expect(written.stdout).not.toMatch(/ No( |$)|violated/m);
});

test("there is a file for each kind of behaviour that is legal", () => {
  expect(files).toEqual([
    "eoi-interception-is-a-superset.yaml",
    "late-notification-to-an-old-pcpu.yaml",
    "pending-edges-coalesce.yaml",
    "posts-of-one-vector-merge.yaml",
    "spurious-wakeups-and-kicks.yaml",
    "two-nmis-at-most.yaml",
  ]);
});
