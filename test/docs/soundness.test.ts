import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), "utf8").replaceAll(/\s+/g, " ");
const page = read("docs/soundness.md");

/** Every file of tests that the page names, with the names of tests quoted behind it. */
const cited = [...page.matchAll(/`(test\/[\w./-]+)`((?:,? "[^"]+")*)/g)].map(([, file, quoted]) => ({
  file,
  names: [...quoted.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
}));

test("docs/soundness.md names tests that there are", () => {
  expect(cited.length).toBeGreaterThan(60);
  const missing = cited.flatMap(({ file, names }) =>
    existsSync(new URL(file, root))
      ? names.filter((name) => !read(file).includes(name)).map((name) => `${file}: ${name}`)
      : [file],
  );
  expect(missing).toEqual([]);
});

test("docs/soundness.md says something of every row", () => {
  const rows = { S: 20, V: 10, F: 12, C: 5 };
  const told = new Set(
    [...page.matchAll(/- \*\*([^*]+)\*\*/g)].flatMap(([, heading]) => {
      const range = /^([SVFC])(\d+) to [SVFC](\d+)$/.exec(heading);
      if (range === null) return heading.split(", ");
      const [, letter, from, to] = range;
      return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${letter}${Number(from) + i}`);
    }),
  );
  for (const [letter, count] of Object.entries(rows))
    for (let n = 1; n <= count; n++) expect(told).toContain(`${letter}${n}`);
});
