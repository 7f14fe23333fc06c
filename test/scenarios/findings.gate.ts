import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mendedIn, runShown } from "../../bench/finding-shown.ts";
import { elsewhere } from "../../bench/findings-page.ts";
import { askedEverywhere } from "../../bench/fix-everywhere.ts";
import { findings } from "../../scenarios/index.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { asksWith } from "../../src/catalogue/finding.ts";
import { run } from "../fixtures/io.ts";

const page = readFileSync(new URL("../../docs/findings.md", import.meta.url), "utf8");
const all = await findings();

const section = (id: string): string => page.split(/^(?=## )/m).find((text) => text.startsWith(`## ${id}:`))!;

/** What `explore` prints with these words behind it. */
const explored = async (words: readonly string[]): Promise<string> => {
  const { module: _, ...catalogue } = await shipped();
  const { code, stdout, stderr } = await run(["explore", ...words, "--allow-unrecorded"], {}, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
};

test.each(all)("$id is shown by its command, by the run of docs/findings.md", async (finding) => {
  const { steps, lines } = runShown(await explored(finding.asks), finding.property);
  expect(steps).toBe(finding.steps);
  expect(section(finding.id)).toContain(["```text", ...lines, "```"].join("\n"));
});

describe.each(
  all.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix, id: finding.id, about: fix.about }))),
)("$id, mended if $about", ({ finding, fix }) => {
  test("holds in a complete search, in which what it speaks of occurs", async () => {
    const stdout = await explored([...asksWith(finding, fix), "--json"]);
    expect(mendedIn(stdout, finding.property)).toMatchObject({ complete: true, verdict: "holds" });
  });

  test("loses nothing else in any world where it takes part", async () => {
    const found = await askedEverywhere(finding, fix);
    expect(found.worse).toEqual([]);
    expect(section(finding.id).replaceAll(/\s+/g, " ")).toContain(elsewhere(fix, found));
  });
});
