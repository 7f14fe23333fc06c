import { describe, expect, test } from "vitest";
import { exploreFast, shelve } from "#check";
import { checkClaims } from "../../src/catalogue/check-claims.ts";
import { claims as book } from "../../scenarios/claims/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { catalogue, claims, run } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";

describe("apicv-check claims", () => {
  test("every claim: statement, who says it, a word, verdicts by design", async () => {
    const { code, stdout, stderr } = await run("claims");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const part of [
      "Y1   refuted\n",
      "     Nothing posted is missed, whatever the order\n",
      "     m1 (Ann Other); fixture 10\n",
      "     holds           supports  mode-first\n",
      "     violated        refutes   sync-first\n",
      "Y2   confirmed\n",
      "3 verdicts on 2 claims, all as expected.\n",
    ])
      expect(stdout).toContain(part);
  });

  test("an id longer than most is not broken", async () => {
    const [claim] = claims.claims;
    const from = { ...catalogue, claims: { ...claims, claims: [{ ...claim, id: "m3-bringup" }] } };
    const { stdout } = await run("claims", {}, from);
    expect(stdout).toContain("m3-bringup refuted\n     Nothing posted is missed");
  });

  test("--summary: the word on each claim and its sentence, and nothing else of it", async () => {
    const { code, stdout } = await run("claims --summary");
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 6)).toEqual([
      "Y1   refuted",
      "     Nothing posted is missed, whatever the order",
      "",
      "Y2   confirmed",
      "     Both interrupts can be taken",
      "",
    ]);
    expect(stdout).toContain("3 verdicts on 2 claims, all as expected.");
    expect(stdout).not.toContain("mode-first");
  });

  test("a claim that is named, with what was said and what is shown, states and steps", async () => {
    const { stdout } = await run("claims Y1");
    for (const part of [
      "  was said   m1 says that the order does not matter.\n",
      "  is shown   With the PIR read first an interrupt is missed.\n",
      "  posted-interrupt-never-missed in kvm/posting\n",
    ])
      expect(stdout).toContain(part);
    expect(stdout).toMatch(/ {4}mode-first {2}holds {11}supports {2}\d+ states\n/);
    expect(stdout).toMatch(/ {4}sync-first {2}violated {8}refutes {3}after \d+ steps; \d+ states\n/);
    expect(stdout).not.toContain("** broken");
  });

  test("one claim under one design shows the run", async () => {
    const { code, stdout } = await run("claims Y1 --design sync-first");
    expect(code).toBe(0);
    expect(stdout).toContain("** broken: posted-interrupt-never-missed");
    expect(stdout).toMatch(/apicv-check replay[\\\s]+kvm\/posting:sync-first:vmx:/);
  });

  test("a message shows all that it says, or that it claims nothing", async () => {
    expect((await run("claims m1")).stdout).toContain("claim Y1: refuted");
    const { code, stdout } = await run("claims m2");
    expect(code).toBe(0);
    expect(stdout).toContain("message m2 of Bob Elder: thanks\n  makes no claim to check: it thanks");
  });

  test("a claim that says nothing of a design says so", async () => {
    const { code, stdout } = await run("claims Y2 --design sync-first");
    expect(code).toBe(0);
    expect(stdout).toContain("is not asked under this design");
  });

  test("--json has the keys of the contract and nothing else on stdout", async () => {
    const { stdout } = await run("claims --json");
    const json = JSON.parse(stdout) as { readonly claims: Readonly<Record<string, unknown>>[] };
    expect(json.claims[0]).toMatchObject({
      id: "Y1",
      message: "m1",
      author: "Ann Other",
      statement: "Nothing posted is missed, whatever the order",
      properties: ["posted-interrupt-never-missed"],
      verdicts: {
        "mode-first": {
          verdict: "holds",
          forTheClaim: "supports",
          expected: "holds",
          asExpected: true,
          traceLength: null,
        },
        "sync-first": { verdict: "violated", forTheClaim: "refutes", expected: "violated", asExpected: true },
      },
    });
  });

  test("a verdict other than expected is exit code 1, and shows the command for its run", async () => {
    const [claim] = claims.claims;
    const check = { ...claim.checks[0], columns: ["sync-first"] };
    const expected = posting.expected.filter(({ where }) => where?.["design"] === undefined);
    const from = {
      ...catalogue,
      scenarios: [shelve({ ...posting, expected })],
      claims: { ...claims, claims: [{ ...claim, checks: [check] }] },
    };
    const { code, stdout } = await run("claims", {}, from);
    expect(code).toBe(1);
    expect(stdout).toContain("sync-first, UNEXPECTED: holds was expected");
    expect(stdout).toContain("1 verdict on 1 claim, 1 UNEXPECTED.");
    expect(stdout).toMatch(/apicv-check replay[\\\s]+kvm\/posting:sync-first/);
  });

  test.each([
    ["claims Y3", 'unknown claim "Y3" (did you mean "Y1"?)'],
    ["claims --design mode-frist", 'unknown design "mode-frist" (did you mean "mode-first"?)'],
  ])("%s: the nearest name, exit code 2", async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("explain shows a claim with the properties that decide it, and a message", async () => {
    const { stdout } = await run("explain Y1");
    expect(stdout).toContain("  is shown   With the PIR read first");
    expect(stdout).toContain("property posted-interrupt-never-missed");
    expect((await run("explain m1")).stdout).toContain("message m1 of Ann Other");
  });
});

test("what designs have in common is explored once, and answered for each", async () => {
  const [column] = claims.columns;
  const columns = [column, { ...column, name: "again" }];
  const [claim] = claims.claims;
  const checks = [{ ...claim.checks[0], columns: [column.name, "again"] }];
  const other = { ...claim, id: "Y3", checks: [{ ...checks[0], property: "both-interrupts-taken" }] };
  let searches = 0;
  const { answers } = await checkClaims(
    catalogue.scenarios,
    { columns },
    [{ ...claim, checks }, other],
    (problem, bounds, pulse) => {
      searches++;
      return exploreFast(problem, bounds, pulse);
    },
  );
  expect(searches).toBe(1);
  expect(answers.map(({ claim: { id }, column: { name }, verdict }) => [id, name, verdict])).toEqual([
    ["Y1", "mode-first", "holds"],
    ["Y1", "again", "holds"],
    ["Y3", "mode-first", "witnessed"],
    ["Y3", "again", "witnessed"],
  ]);
});

describe("the claims of the thread", () => {
  test("ids are unique", () => {
    const ids = [...book.claims, ...book.messages].map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test.each(book.claims.map((claim) => [claim.id, claim] as const))("%s is well formed", (_, claim) => {
    expect(claim.checks.length).toBeGreaterThan(0);
    // Whoever was not simply right is owed what was said and what the trace shows.
    expect(claim.said === undefined).toBe(claim.shown === undefined);
    expect(claim.word === "confirmed" || claim.said !== undefined).toBe(true);
  });

  test("m1 to m21 are all there, each with a claim or the reason why it has none", () => {
    expect(book.messages.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, i) => `m${i + 1}`));
    for (const { id, nothing } of book.messages)
      expect([id, book.claims.some(({ messages }) => messages.includes(id))]).toEqual([
        id,
        nothing === undefined,
      ]);
  });

  test("every claim that a property carries is bound to it", () => {
    const bound = (id: string, claim: string): boolean =>
      book.claims.some((one) => one.id === claim && one.checks.some(({ property }) => property === id));
    const carried = scenarios
      .flatMap(({ properties }) => properties)
      .filter(({ claim }) => claim !== undefined);
    expect(carried.length).toBeGreaterThan(10);
    expect(carried.filter(({ id, claim = "" }) => !bound(id, claim)).map(({ id }) => id)).toEqual([]);
  });
});
