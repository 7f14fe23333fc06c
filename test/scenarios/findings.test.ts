import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { optionNamed } from "../../scenarios/extend-world.ts";
import { claims, findings, scenarios } from "../../scenarios/index.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { namesOfFinding } from "../../src/catalogue/finding.ts";
import { rowsOf, toldOf } from "../../bench/findings-page.ts";
import { run } from "../fixtures/io.ts";

const root = join(import.meta.dirname, "../..");
const all = await findings();

/** A text without its line breaks, and without what a formatter adds to lines and cells. */
const plain = (text: string): string => text.replaceAll(/^> ?/gm, "").replaceAll(/[\s|]+/g, " ");

describe("the findings", () => {
  test("are a to p, the claims F1 to F7, and m21's, each once", async () => {
    const names = all.flatMap(namesOfFinding).toSorted();
    const wanted = "a b c d e f g h i j k l m n o p F1 F2 F3 F4 F5 F6 F7 m21".split(" ");
    const aliases = all.flatMap(({ claims: said = [] }) => said);
    expect([...new Set(names)]).toEqual(wanted.map((name) => `finding-${name}`).toSorted());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const known = (await claims()).claims.map(({ id }) => id);
    expect(aliases.filter((id) => !known.includes(id))).toEqual([]);
  });

  test.each(all)("$id asks what there is", ({ asks: [world, ...flags], property, fixes }) => {
    const isFile = world.endsWith(".yaml");
    expect(isFile ? existsSync(join(root, world)) : scenarios.some(({ name }) => name === world)).toBe(true);
    const ids = scenarios.flatMap(({ properties }) => properties.map(({ id }) => id));
    const own = isFile ? readFileSync(join(root, world), "utf8") : "never leads-to";
    expect(ids.includes(property) || own.includes(property)).toBe(true);
    for (const words of [flags, ...fixes.map((fix) => fix.flags)])
      for (const [i, word] of words.entries()) {
        if (word !== "--set") continue;
        const [name, value] = words[i + 1].split("=");
        expect(optionNamed(name).values).toContain(value);
      }
    for (const { gives = {} } of fixes) for (const id of Object.keys(gives)) expect(ids).toContain(id);
  });

  test.each(all)("$id says all of it in sentences", ({ mail, doubt, reproducer, fixes }) => {
    for (const text of [...mail.text, doubt, reproducer]) expect(text).toMatch(/^\w.*\.$/s);
    expect(fixes.length).toBeGreaterThan(0);
  });
});

describe("docs/findings.md", () => {
  const shown = readFileSync(join(root, "docs/findings.md"), "utf8");
  const [head, ...sections] = shown.split(/^(?=## )/m).map(plain);

  test("has a row for each name of a finding", () => {
    for (const row of rowsOf(all)) expect(head).toContain(plain(row));
    expect(shown.match(/^\| \[?finding-/gm)).toHaveLength(rowsOf(all).length);
  });

  test("has a section for each finding, in their order", () => {
    expect(sections.map((text) => text.split(":")[0])).toEqual(all.map(({ id }) => `## ${id}`));
  });

  test.each(all.map((finding, i) => ({ finding, text: sections[i] })))(
    "$finding.id says what its data say, in their order",
    ({ finding, text }) => {
      let at = 0;
      for (const told of toldOf(finding).map(plain)) {
        const found = text.indexOf(told.trim(), at);
        expect({ told, isThere: found >= at }).toEqual({ told, isThere: true });
        at = found + told.trim().length;
      }
      expect(text).toContain(`violates \`${finding.property}\` after ${finding.steps} steps`);
      expect(text).not.toMatch(/NaN|undefined/);
    },
  );
});

describe("on the command line", () => {
  const ask = async (line: string) => {
    const { module: _, ...catalogue } = await shipped();
    return run(line, {}, catalogue);
  };

  test("list findings has each, with its rating", async () => {
    const { code, stdout } = await ask("list findings --json");
    const listed = (JSON.parse(stdout) as { readonly findings: readonly object[] }).findings;
    expect(code).toBe(0);
    expect(listed).toHaveLength(all.length);
    expect(listed[0]).toMatchObject({ name: "finding-a", rating: "open", scenarios: ["kvm/block"] });
  });

  test("explain takes a finding by each of its names", async () => {
    const [own, claimed] = [await ask("explain finding-f"), await ask("explain finding-F1")];
    expect(own.stdout).toContain("finding finding-f: open");
    expect(own.stdout).toContain("apicv-check explore kvm/f1-uninitialized-vcpu");
    expect(own.stdout).toContain("--set tdFinalize=all-initialized");
    expect(claimed.stdout).toBe(own.stdout);
    expect((await ask("explain F1")).stdout).toContain("finding finding-f: open");
  });

  test("a name that is none gets the nearest", async () => {
    const { code, stderr } = await ask("explain finding-m22");
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "finding-m21"');
  });
});
