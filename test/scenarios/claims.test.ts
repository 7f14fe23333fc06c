import { describe, expect, test } from "vitest";
import { claims as book } from "../../scenarios/claims/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { questionsOf } from "../../src/catalogue/claim-questions.ts";
import { standingOf } from "../../src/catalogue/claim-standing.ts";

const questions = questionsOf(scenarios, book.columns, book.claims);

/** What has to be so of the verdicts of a claim with this word; any other names a condition, which not all meet. */
const wordMeans: Readonly<Record<string, object>> = {
  confirmed: { supports: true, refutes: false },
  refuted: { refutesFirst: true },
};

describe.each(book.claims.map((claim) => [claim.id, claim] as const))("%s", (_, claim) => {
  const [decisive] = claim.checks;
  const stands = questions
    .filter((question) => question.claim === claim)
    .map(({ check, column, expected }) => ({
      isFirst: check === decisive,
      stands: standingOf(check, column.name, expected),
    }));
  const count = (wanted: "supports" | "refutes" | null): number =>
    stands.filter((one) => one.stands === wanted).length;

  test("says of each check which verdict supports it", () => {
    for (const { supports } of claim.checks) expect(supports).toBeDefined();
  });

  test("names under `supports` only columns that some check asks", () => {
    const asked = claim.checks.flatMap(({ columns }) => columns);
    for (const { supports } of claim.checks)
      expect(asked).toEqual(
        expect.arrayContaining(typeof supports === "object" ? Object.keys(supports) : []),
      );
  });

  test("has the word that its verdicts come to", () => {
    const said = {
      supports: count("supports") > 0,
      refutes: count("refutes") > 0,
      // The first check decides the claim itself.
      refutesFirst: stands.some((one) => one.isFirst && one.stands === "refutes"),
      all: count("supports") === stands.length,
    };
    const [kind] = claim.word.split(" ");
    expect(said).toMatchObject(wordMeans[kind] ?? { supports: true, all: false });
  });
});
