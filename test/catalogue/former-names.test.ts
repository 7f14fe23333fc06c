import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { main } from "../../src/command/program.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  return { code: await main(argv, io, shipped), ...written };
};

const td = ["kvm/level", "--guest", "td", "--allow-unrecorded"];
/** The trace in a report, which is printed over several lines. */
const handleIn = (text: string): string =>
  /kvm\/level:[^:]+:[^:]+:\w+:rins:[^]*?(?=\n\n)/.exec(text)![0].replaceAll(/ \\\n\s+/g, "");

test("a property that is called otherwise now is found by the name that it had, and told by the one that it has", async () => {
  const [before, now] = await Promise.all(
    ["level-line-not-stuck", "remote-irr-not-stuck"].map((id) => run("explore", ...td, "--property", id)),
  );
  const untimed = ({ stdout }: { readonly stdout: string }) => stdout.replaceAll(/\d.*peak/g, "");
  expect(before.code).toBe(0);
  expect(before.stdout).toContain("remote-irr-not-stuck");
  expect(untimed(before).includes("level-line-not-stuck")).toBe(false);
  expect(handleIn(before.stdout)).toBe(handleIn(now.stdout));
  const old = handleIn(now.stdout).replace(":rins:", ":llns:");
  expect((await run("replay", old)).stdout).toContain("remote-irr-not-stuck: violated");
  expect((await run("replay", old.replace(":llns:", ":level-line-not-stuck:"))).code).toBe(0);
});

test("explain says what it was called", async () => {
  const { code, stdout } = await run("explain", "level-pin-delivers-once");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^property one-interrupt-per-write\n {2}formerly +level-pin-delivers-once\n/m);
});

test("a file may name it as before, with what is expected of it", async () => {
  const file = join(temporaryFolder(), "q.yaml");
  const text = (verdict: string): string =>
    `format: 1\nname: q\nabout: q\nextends: kvm/level\ndesigns: upstream\nguests: td\nproperties:\n  level-line-not-stuck: ${verdict}\n`;
  writeFileSync(file, text("violated"));
  expect((await run("check", file)).code).toBe(0);
  writeFileSync(file, text("holds"));
  expect((await run("check", file)).code).toBe(1);
});
