import { describe, expect, test } from "vitest";
import { leftLines, partsTable } from "../../bench/mutants-page.ts";
import type { Surveyed } from "../../src/mutate/survey.ts";

const of = (mutant: string, kind: Surveyed["kind"], part: string | null): Surveyed => ({
  mutant,
  actor: "CPU",
  part,
  kind,
  told: null,
  worlds: ["a"],
});
const all = [
  of("raise: is never taken", "killed", "bits"),
  of("raise: does not write up", "changed", "bits"),
  of("spoil: is never taken", "survived", null),
  of("lower: is never taken", "survived", "bits"),
  of("lower: does not write up", "equivalent", "bits"),
];

describe("the page of mutants", () => {
  test("has the rate of each part, and last that of no part", () => {
    expect(partsTable([all[2], ...all])).toEqual([
      "| part | mutants | equivalent | killed | changed | survived | open | told | killed alone |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      "| bits | 4 | 1 | 1 | 1 | 1 | 0 | 66.7 % | 33.3 % |",
      "| other actions | 2 | 0 | 0 | 0 | 2 | 0 | 0.0 % | 0.0 % |",
    ]);
  });

  test("has what is left below its reason, and says where there is none", () => {
    const reasons = [{ because: "nobody looks", mutants: ["spoil: is never taken"] }];
    expect(leftLines(all, reasons)).toEqual([
      "- nobody looks",
      "  - `spoil: is never taken`",
      "- **Nobody has said why:**",
      "  - `lower: is never taken`",
    ]);
  });

  test.each(["raise: is never taken", "raise: ist never taken"])("refuses a reason for %s", (mutant) => {
    expect(() => leftLines(all, [{ because: "nobody looks", mutants: [mutant] }])).toThrow(
      `${mutant} did not survive, or is named twice`,
    );
  });
});
