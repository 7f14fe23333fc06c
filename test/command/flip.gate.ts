import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { oracles } from "../../models/textbook/index.ts";
import { catalogueOf } from "../../src/catalogue/catalogue.ts";
import { main } from "../../src/command/program.ts";
import { flipFrom } from "../../src/variation/flip-file.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (load: typeof shipped, ...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(argv, io, load);
  return { code, ...written };
};

const jugs = oracles.filter(({ name }) => name === "oracle/die-hard");

/** A catalogue with a bug of the two jugs, and what is to mend it. */
const withBug = (post: string): typeof shipped => {
  const text = `format: 1
name: J-1
about: four gallons can be had
source: the film
extends: oracle/die-hard
switch:
  jugs:
    values:
      post: ${post}
      pre: []
properties:
  four:
    when: amount[1] > 0
    never: amount[1] == 4
    expect:
      - jugs: pre
        is: violated
      - is: holds
`;
  const flips = () => Promise.resolve([flipFrom({ name: "J-1.yaml", text }, "bug", { scenarios: jugs })]);
  return catalogueOf({ scenarios: jugs, flips });
};

test("a bug that flips is told with its story and what shows that the other side is not empty", async () => {
  const { code, stdout, stderr } = await run(shipped, "flip", "TDX-1", "--quiet");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^TDX-1 {6}A TD halts with the interrupt/);
  expect(stdout).toContain("a68e97f31ada (6.16)");
  expect(stdout).toContain("halted-vcpu-wakes-for-vector: violated after 34 steps");
  expect(stdout).toMatch(/2,129 states, all that can be\s+reached/);
  expect(stdout).toMatch(/halted-vcpu-wakes-for-vector: holds; what it speaks of occurs \d+ times/);
  expect(stdout).toMatch(/TDX-1 flips\.\n$/);
  expect(code).toBe(0);
});

test("the run of a bug is replayed with the flag that it is printed with", async () => {
  const { stdout } = await run(shipped, "explore", "--bug", "TDX-1", "--json");
  const { scenario, varied, properties } = JSON.parse(stdout) as {
    readonly scenario: string;
    readonly varied: { readonly from: string };
    readonly properties: readonly { readonly verdict: string; readonly trace: { readonly replay: string } }[];
  };
  expect([scenario, varied.from, properties[0].verdict]).toEqual(["TDX-1", "kvm/halt", "violated"]);
  const again = await run(shipped, "replay", properties[0].trace.replay, "--bug", "TDX-1");
  expect([again.code, again.stderr]).toEqual([0, ""]);
  expect(again.stdout).toContain("violated after 34 steps");
  const post = await run(shipped, "explore", "--bug", "TDX-1=post", "--quiet");
  expect(post.code).toBe(0);
  expect(post.stdout).toContain("2,156 states");
});

test("a mutation is flipped and explored as a bug is", async () => {
  const { code, stdout } = await run(shipped, "flip", "no-doorbell", "M14");
  expect(stdout).toMatch(/^ok {4}no-doorbell; pre 6 states,/);
  expect(stdout).toContain("2 of 2 flip.");
  expect(code).toBe(0);
  const pre = await run(shipped, "explore", "--mutate", "no-doorbell", "--quiet");
  expect(pre.code).toBe(0);
  expect(pre.stdout).toContain("CHANGED");
  expect(pre.stdout.replaceAll(/\s*\\\n\s*/g, " ")).toContain("--mutate no-doorbell");
  expect(pre.stdout).not.toContain("known");
  expect((await run(shipped, "list", "mutations")).stdout).toMatch(/^M1 .*\n/);
});

test.each([
  ["is violated on both sides", "[]", /J-1 does NOT flip: post: four is violated, not holds/],
  ["holds where nothing happens", "[{ drop: Fill }]", /NOT flip: post: four is vacuous/],
])("what %s does not flip, and the exit code says so", async (_, post, why) => {
  const { code, stdout, stderr } = await run(withBug(post), "flip", "J-1");
  expect(stderr).toBe("");
  expect(stdout).toMatch(why);
  expect(code).toBe(1);
});

test("one line each, and as data", async () => {
  const mended = withBug("[{ drop: Empty }, { in: Fill, when: jug == 0 }]");
  const { code, stdout } = await run(mended, "flip", "--all", "--json");
  const { flips } = JSON.parse(stdout) as { readonly flips: readonly Readonly<Record<string, unknown>>[] };
  expect(code).toBe(0);
  expect(flips).toMatchObject([{ id: "J-1", flips: true, fault: null, pre: { complete: true } }]);
  const text = await run(withBug("[]"), "flip", "J-1", "J-1");
  expect(text.code).toBe(1);
});

test("a scenario file of one's own is flipped, and its run is replayed with the file", async () => {
  const file = join(temporaryFolder(), "mine.yaml");
  writeFileSync(file, readFileSync("scenarios/bugs/TDX-1.yaml", "utf8"));
  const { code, stdout, stderr } = await run(shipped, "flip", file, "--quiet");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("halted-vcpu-wakes-for-vector: violated after 34 steps");
  expect(stdout).toMatch(/TDX-1 flips\.\n$/);
  const [, handle] = /replay (TDX-1:\S+ --file \S+)/.exec(
    stdout.replaceAll(/\s*\\\n\s*/g, " ").replaceAll(/([:.,]) /g, "$1"),
  )!;
  const again = await run(shipped, "replay", ...handle.split(" "));
  expect([again.code, again.stderr]).toEqual([0, ""]);
  expect(again.stdout).toContain("violated after 34 steps");
});

test("files, folders of files and names go together, a line each", async () => {
  const folder = temporaryFolder();
  const bug = readFileSync("scenarios/bugs/TDX-1.yaml", "utf8");
  writeFileSync(join(folder, "a.yaml"), bug.replace("name: TDX-1", "name: mine-a"));
  writeFileSync(
    join(folder, "b.yaml"),
    bug.replace("name: TDX-1", "name: mine-b").replace("is: violated", "is: any"),
  );
  const { code, stdout, stderr } = await run(shipped, "flip", `${folder}/`, "--quiet");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("mine-b expects no property to be violated before and to hold after");
  const good = await run(shipped, "flip", join(folder, "a.yaml"), "TDX-1", "--quiet");
  expect([good.code, good.stdout]).toEqual([0, expect.stringContaining("2 of 2 flip.")]);
});

test.each([
  [["flip", "scenarios/questions/no-unblock.yaml"], "no-unblock has no option with the values pre and post"],
  [
    ["flip", "scenarios/questions/no-unblock.yaml"],
    "a switch with the values pre and post makes one that flips",
  ],
  [["flip", "nosuch.yaml"], "cannot read nosuch.yaml: there is no such file"],
  [["flip", "test/docs/example-bug.ts"], "is a module: flip takes a scenario file"],
  [["flip", "TDX1"], 'unknown bug or mutation "TDX1" (did you mean "TDX-1"?)'],
  [["flip"], "list bugs"],
  [["flip", "--all", "TDX-1"], "leave out TDX-1, or --all"],
  [["explore", "--bug", "TDX-1=mid"], 'unknown side "mid"'],
  [["explore", "--bug", "TDX-1", "--scenario", "timer"], "name one of them"],
  [["explore", "--bug", "TDX-1", "kvm/halt"], "name one of them"],
  [["explore", "--mutate", "TDX-1"], 'unknown mutation "TDX-1"'],
])("%s is refused", async (argv, why) => {
  const { code, stderr } = await run(shipped, ...argv);
  expect(stderr).toContain(why);
  expect(code).toBe(2);
});

test("bugs are listed and explained, with what to type", async () => {
  expect((await run(shipped, "list", "bugs")).stdout).toMatch(/^AV-1 .*\n(.*\n)*RT-1 /);
  const { stdout } = await run(shipped, "explain", "RT-1");
  expect(stdout).toContain("44d52717053a");
  expect(stdout).toContain("flip RT-1");
});
