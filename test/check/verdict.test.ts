import { describe, expect, test } from "vitest";
import type { Stop } from "../../src/problem/exploration.ts";
import { agrees, grouped, judge, stopText } from "../../src/check/verdict.ts";

const path = { start: 0, steps: [1, 2, 3] };
const limits: readonly Stop[] = ["states", "memory", "time", "violation", "interrupted"];
const every: readonly Stop[] = ["exhausted", "constraint", "depth", "switches", ...limits];
const counting = { switches: null, constraints: null, symmetric: false, reduced: false };
const small = "the constraint small";

describe("judge", () => {
  test("holds is said only of a complete search in which the antecedent occurred", () => {
    for (const kind of ["invariant", "step", "sometimes"] as const)
      for (const stop of every)
        for (const antecedent of [0, 7])
          for (const found of [undefined, path]) {
            const finding = found === undefined ? { antecedent } : { antecedent, path: found };
            const sound =
              stop === "exhausted" && antecedent > 0 && found === undefined && kind !== "sometimes";
            expect(judge(kind, finding, stop, 8).verdict === "holds").toBe(sound);
          }
  });

  test("a bound asked for gives holds-to-bound, a limit gives unknown", () => {
    expect(judge("invariant", { antecedent: 7 }, "depth", 8)).toEqual({
      verdict: "holds-to-bound",
      because: "within depth 8, antecedent in 7 states",
    });
    expect(
      judge("invariant", { antecedent: 7 }, "constraint", 8, { ...counting, constraints: small }),
    ).toEqual({
      verdict: "holds-to-bound",
      because: "within the constraint small, antecedent in 7 states",
    });
    for (const stop of limits) expect(judge("step", { antecedent: 7 }, stop, 8).verdict).toBe("unknown");
  });

  test("without an antecedent it says of how many states or transitions it spoke", () => {
    const because = (kind: "invariant" | "step", antecedent: number, switches: number | null = null) =>
      judge(kind, { antecedent }, "exhausted", 8, { ...counting, switches, unconditional: true }).because;
    expect(because("invariant", 7)).toBe("complete search, in all 7 states");
    expect(because("invariant", 1)).toBe("complete search, in the one state");
    expect(because("step", 7)).toBe("complete search, in all 7 transitions");
    expect(because("step", 7, 2)).toMatch(/, in every transition met$/);
  });

  test("a violation is a violation however the search ended, and so is a witness", () => {
    for (const stop of every) {
      expect(judge("invariant", { antecedent: 1, path }, stop, 8)).toEqual({
        verdict: "violated",
        because: "after 3 steps",
      });
      expect(judge("sometimes", { antecedent: 1, path }, stop, 8).verdict).toBe("witnessed");
    }
  });

  test("an antecedent that never occurs is vacuous, and it is said where it was looked for", () => {
    expect(judge("invariant", { antecedent: 0 }, "exhausted", 8)).toEqual({
      verdict: "vacuous",
      because: "its antecedent never occurs in the complete search",
    });
    expect(judge("step", { antecedent: 0 }, "depth", 8).because).toBe(
      "its antecedent never occurs within depth 8",
    );
    expect(judge("invariant", { antecedent: 0 }, "time", 8).verdict).toBe("unknown");
  });

  test("what is never reached is violated only when the search was complete", () => {
    expect(judge("sometimes", { antecedent: 0 }, "exhausted", 8)).toEqual({
      verdict: "violated",
      because: "never reached in the complete search",
    });
    expect(judge("sometimes", { antecedent: 0 }, "depth", 8)).toEqual({
      verdict: "unknown",
      because: "not reached within depth 8",
    });
    expect(judge("sometimes", { antecedent: 0 }, "memory", 8).because).toContain(
      "not reached in the part explored",
    );
  });
});

describe("agrees", () => {
  test("nothing expected agrees with everything but a violation", () => {
    for (const stop of every) {
      expect(agrees("violated", undefined, stop)).toBe(false);
      for (const verdict of ["holds", "witnessed", "vacuous", "unknown", "holds-to-bound"] as const)
        expect(agrees(verdict, undefined, stop)).toBe(true);
    }
  });

  test("in a complete search only the expected verdict agrees", () => {
    expect(agrees("holds", "holds", "exhausted")).toBe(true);
    expect(agrees("vacuous", "holds", "exhausted")).toBe(false);
    expect(agrees("holds", "violated", "exhausted")).toBe(false);
    expect(agrees("violated", "witnessed", "exhausted")).toBe(false);
  });

  test("of a law it is as good that it never came to be asked", () => {
    for (const stop of every) {
      expect(agrees("holds", "holds-or-vacuous", stop)).toBe(true);
      expect(agrees("vacuous", "holds-or-vacuous", stop)).toBe(true);
      expect(agrees("violated", "holds-or-vacuous", stop)).toBe(false);
    }
    expect(agrees("unknown", "holds-or-vacuous", "exhausted")).toBe(false);
    expect(agrees("holds-to-bound", "holds-or-vacuous", "depth")).toBe(true);
  });

  test("what a bounded search did not find is no surprise, what it found is", () => {
    for (const stop of every.filter((stop) => stop !== "exhausted" && stop !== "constraint")) {
      expect(agrees("holds-to-bound", "violated", stop)).toBe(true);
      expect(agrees("unknown", "witnessed", stop)).toBe(true);
      expect(agrees("vacuous", "holds", stop)).toBe(true);
      expect(agrees("violated", "holds", stop)).toBe(false);
      expect(agrees("violated", "violated", stop)).toBe(true);
      expect(agrees("witnessed", "violated", stop)).toBe(false);
    }
  });
});

test("within a constraint of the world itself only the expected verdict agrees", () => {
  expect(agrees("holds-to-bound", "holds-to-bound", "constraint")).toBe(true);
  expect(agrees("holds-to-bound", "violated", "constraint")).toBe(false);
  expect(agrees("holds-to-bound", "holds", "constraint")).toBe(false);
});

test("all bounds are named, and what liveness did not look at", () => {
  expect(stopText("depth", 8, { switches: 1, constraints: small })).toBe(
    "within depth 8 and 1 switch and the constraint small",
  );
  expect(stopText("switches", 8, { switches: 2, constraints: small })).toBe(
    "within 2 switches and the constraint small",
  );
  expect(
    judge("eventually", { antecedent: 7 }, "constraint", 8, { ...counting, constraints: small }),
  ).toEqual({
    verdict: "holds-to-bound",
    because: "within the constraint small, 7 states; behaviour beyond it was not looked at",
  });
});

test("every way to stop has its own words", () => {
  expect(new Set(every.map((stop) => stopText(stop, 8))).size).toBe(every.length);
});

test("thousands are set apart", () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
});
