import { describe, expect, test } from "vitest";
import { claimBook, type Check, type Claim } from "#check";
import { questionsOf } from "../../src/catalogue/claim-questions.ts";
import { standingOf } from "../../src/catalogue/claim-standing.ts";
import type { Verdict } from "../../src/check/verdict-word.ts";
import { claims as book, catalogue } from "../fixtures/io.ts";

const { scenarios } = catalogue;
const [claim] = book.claims;
const [check] = claim.checks;
const bookOf = (changed: Partial<Claim>) => ({ ...book, claims: [{ ...claim, ...changed }] });
const asking = (changed: Partial<Check>) => bookOf({ checks: [{ ...check, ...changed }] });

test("a question has the verdict that its world expects under the column", () => {
  const questions = questionsOf(scenarios, book.columns, book.claims);
  expect(
    questions.map(({ claim: { id }, column, choice, expected }) => [
      id,
      column.name,
      choice["design"],
      expected,
    ]),
  ).toEqual([
    ["Y1", "mode-first", "mode-first", "holds"],
    ["Y1", "sync-first", "sync-first", "violated"],
    ["Y2", "mode-first", "mode-first", "witnessed"],
  ]);
  const [, set] = questionsOf(scenarios, book.columns, asking({ set: ["notification=none"] }).claims);
  expect(set.choice.options).toEqual({ notification: "none" });
});

describe("a name that there is not is refused, with the nearest and the claim", () => {
  const where = "\n  in the claim Y1, posted-interrupt-never-missed in kvm/posting under mode-first";
  test.each([
    [
      "message",
      bookOf({ messages: ["m3"] }),
      'unknown message "m3" (did you mean "m1"?)\n  the claim Y1 names it',
    ],
    [
      "column",
      asking({ columns: ["mode-frist"] }),
      'unknown column "mode-frist" (did you mean "mode-first"?)',
    ],
    [
      "column of what supports it",
      asking({ supports: { "sync-frist": "violated" } }),
      'unknown column "sync-frist" (did you mean "sync-first"?)\n  the claim Y1, what supports it in posted',
    ],
    [
      "scenario",
      asking({ scenario: "kvm/postng" }),
      'unknown scenario "kvm/postng" (did you mean "kvm/posting"?)',
    ],
    [
      "property",
      asking({ property: "both-interrupt-taken" }),
      'unknown property "both-interrupt-taken" (did you mean "both-interrupts-taken"?)',
    ],
    [
      "option",
      asking({ set: ["notificaton=none"] }),
      'unknown option "notificaton" (did you mean "notification"?)',
    ],
    ["value", asking({ set: ["notification=non"] }), `notification takes: ipi, none${where}`],
    [
      "design",
      { ...book, columns: [{ ...book.columns[0], design: "mod-first" }, book.columns[1]] },
      'unknown design "mod-first" (did you mean "mode-first"?)',
    ],
  ])("%s", (_, wrong, message) => {
    expect(() => claimBook(scenarios, wrong)).toThrow(message);
  });
});

test("a verdict supports a claim, refutes it, or says nothing of it", () => {
  const stands = (supports: Check["supports"], verdict: Verdict) =>
    standingOf({ ...check, supports }, "mode-first", verdict);
  for (const verdict of ["vacuous", "unknown", "not-applicable"] as const)
    expect(stands("holds", verdict)).toBeNull();
  expect(stands(undefined, "holds")).toBeNull();
  expect(stands({ "sync-first": "holds" }, "holds")).toBeNull();
  expect(stands({ "mode-first": "violated" }, "violated")).toBe("supports");
  expect(stands("violated", "holds")).toBe("refutes");
  expect(stands("holds", "holds-to-bound")).toBe("supports");
  expect(stands("violated", "holds-to-bound")).toBe("refutes");
  expect(stands("witnessed", "violated")).toBe("refutes");
});

test("a question of which its world expects nothing is refused", () => {
  const silent = scenarios.map((scenario) => ({ ...scenario, expected: [] }));
  expect(() => claimBook(silent, book)).toThrow(
    "kvm/posting expects no one verdict on posted-interrupt-never-missed there\n" +
      "  in the claim Y1, posted-interrupt-never-missed in kvm/posting under mode-first",
  );
});

test("a book in which everything has its place is taken as it is", () => {
  expect(claimBook(scenarios, book)).toBe(book);
});
