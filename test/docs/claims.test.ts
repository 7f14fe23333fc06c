import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { claims as book } from "../../scenarios/claims/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { questionsOf } from "../../src/catalogue/claim-questions.ts";
import { checkText } from "../../src/report/claims-text.ts";
import { claimsMarkdown } from "../../src/report/claims-markdown.ts";

const page = readFileSync(new URL("../../docs/claims.md", import.meta.url), "utf8");

// Where these fail the page is stale: npm run claims:docs. scripts/gate.mjs compares it with a run of all claims.

/** The sections of a page, by their heading. */
const sections = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(/^## /m).map((part) => [part.slice(0, part.indexOf("\n")), part.trimEnd()]));

test("docs/claims.md has every claim, with every check and what is expected of it", () => {
  const shown = sections(page);
  const written = sections(claimsMarkdown(book, book.claims, []).join("\n"));
  const questions = questionsOf(scenarios, book.columns, book.claims);
  expect([...shown.keys()].slice(1)).toEqual(book.claims.map(({ id }) => id));
  for (const { id, statement, word, checks } of book.claims) {
    const section = shown.get(id) ?? "";
    expect(section.replaceAll("\n", " ")).toContain(`${statement}. **${word}**`);
    const [prose, ...tables] = section.split("\n\n`");
    expect(prose).toBe(written.get(id)?.split("\n\n`")[0]);
    expect(tables.length).toBe(checks.length);
    checks.forEach((check, place) => {
      expect(tables[place]).toContain(checkText(check));
      for (const { column, expected } of questions.filter((question) => question.check === check))
        expect(tables[place]).toContain(`| ${column.name} | ${expected} | `);
    });
  }
});

test("docs/claims.md lists the messages and the designs", () => {
  const [front] = sections(claimsMarkdown(book, book.claims, []).join("\n")).values();
  for (const line of front
    .split("\n")
    .filter((text) => /^\| m\d|^\| .* \| .* \|$/.test(text) && !text.startsWith("| [")))
    expect(page).toContain(line);
});

test("docs/claims.md links each claim to where its messages and sections are", () => {
  const links = [...page.matchAll(/\]\((kernel\/[^)]*)\)/g)].map(([, link]) => link);
  expect(links).toEqual(
    book.claims.flatMap((claim) => claim.links?.map((link) => link.replace("docs/", "")) ?? []),
  );
  expect(links.length).toBeGreaterThan(150);
});

test("a page elsewhere links from its own folder, to addresses as they are, and without a folder not at all", () => {
  const linking = (where: { readonly page?: string }) => {
    const [claim] = book.claims;
    const links = ["docs/kernel/timer-1.md#1.5", "https://example.org/1"];
    const { page: _, ...rest } = book;
    return claimsMarkdown({ ...rest, ...where }, [{ ...claim, links }], [])
      .filter((line) => line.startsWith("Read in"))
      .join();
  };
  const read = (path: string) =>
    `Read in [timer-1.md#1.5](${path}docs/kernel/timer-1.md#1.5), [1](https://example.org/1).`;
  expect(linking({ page: "claims.md" })).toBe(read(""));
  expect(linking({ page: "a/b/claims.md" })).toBe(read("../../"));
  expect(linking({})).toBe("");
});
