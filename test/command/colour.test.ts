import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { shelve } from "#check";
import { below, counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const ESCAPE = "\x1b[";

const broken = counter({
  properties: [below(3), below(5), below(100)],
  expected: [
    { property: "below-5", verdict: "violated", because: "it counts on" },
    { property: "below-100", verdict: "holds" },
  ],
});
const shown = (words: string, io: Parameters<typeof run>[1]) =>
  run(words, io, { ...catalogue, scenarios: [broken] });

describe.each(["explore", "check", "simulate --runs 20 --depth 20 --seed 1", "replay"])("%s", (command) => {
  const line =
    command === "replay"
      ? async () => {
          const { stdout } = await shown("explore --json --property below-3", {});
          const { properties } = JSON.parse(stdout) as { properties: { trace: { replay: string } }[] };
          return `replay ${properties[0].trace.replay}`;
        }
      : async () => command;

  test("has bold and colour on a terminal, and says the same without", async () => {
    const words = await line();
    const { stdout: coloured } = await shown(words, { tty: true });
    const { stdout: bare } = await shown(words, {});
    expect(coloured.includes(ESCAPE)).toBe(command !== "replay");
    expect(bare).not.toContain(ESCAPE);
    const steady = (text: string): string =>
      text.replaceAll(/[\d.,]+ (s|states\/s|steps\/s|transitions\/s)\b/g, "");
    expect(steady(stripVTControlCharacters(coloured))).toBe(steady(bare));
  });

  test("has none where NO_COLOR is set, nor on a terminal that knows none", async () => {
    const words = await line();
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      expect((await shown(words, { tty: true, env })).stdout).not.toContain(ESCAPE);
    expect((await shown(words, { tty: true, env: { NO_COLOR: "" } })).stdout.includes(ESCAPE)).toBe(
      command !== "replay",
    );
  });
});

describe("the verdicts of explore", () => {
  test("stand last, after the runs: what holds, then what is known, then what nobody expected", async () => {
    const { stdout } = await shown("explore", {});
    const verdicts = stdout.slice(stdout.lastIndexOf("\n\n") + 2);
    expect(verdicts.match(/below-\d+/g)).toEqual(["below-100", "below-5", "below-3"]);
    expect(stdout.indexOf("apicv-check replay")).toBeLessThan(stdout.indexOf(verdicts));
  });

  test("say in words what is in colour", async () => {
    const { stdout } = await shown("explore", { tty: true });
    const red = stdout.split("\n").filter((text) => text.includes(`${ESCAPE}31m`));
    expect(red.map(stripVTControlCharacters).join(" ")).toMatch(/below-3 +violated .*not recorded/);
  });
});

test("one bug in twenty worlds is told once, in less than 60 lines", async () => {
  const worlds = Array.from({ length: 20 }, (_, i) =>
    shelve({
      ...counter({
        properties: [below(3), below(100)],
        expected: [
          { property: "below-3", verdict: "holds" },
          { property: "below-100", verdict: "holds" },
        ],
      }),
      name: `oracle/counter-${i}`,
    }),
  );
  const { code, stdout } = await run("check", {}, { ...catalogue, scenarios: worlds });
  expect(code).toBe(1);
  const lines = stdout.split("\n");
  expect(lines.length).toBeLessThan(60);
  expect(lines.filter((text) => text.includes("below-3: violated"))).toHaveLength(1);
  for (let i = 0; i < 20; i++) expect(stdout).toContain(`in oracle/counter-${i} (`);
});
