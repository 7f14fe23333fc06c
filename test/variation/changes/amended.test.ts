import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scenarioOf, variant, type AnyScenario } from "#check";
import { answer } from "../../../src/catalogue/answer.ts";
import { remembering } from "../../../src/variation/changes/remembering.ts";
import { scenarioFrom } from "../../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../../scenarios/index.ts";
import { jugs, neverMeasured } from "../../../models/textbook/die-hard.ts";
import { engines } from "../../fixtures/engines.ts";

const file = (...lines: readonly string[]): AnyScenario =>
  scenarioFrom(
    { name: "q.yaml", text: ["format: 1", "name: q", "about: a question", ...lines, ""].join("\n") },
    { axes, cites, scenarios },
  );

/** What each engine finds of a scenario. */
const found = async (scenario: AnyScenario) => {
  const all = [];
  for (const [, explore] of engines) {
    const { exploration, properties } = await answer(scenario, { explore });
    const { states, transitions, levels } = exploration;
    const verdicts = properties.map(({ verdict }, i) => [
      verdict,
      exploration.findings[i].path?.steps.length,
    ]);
    all.push({ states, transitions, levels, verdicts });
  }
  expect(all[1]).toEqual(all[0]);
  return all[0];
};

describe("guard:", () => {
  const peterson = (...change: readonly string[]): AnyScenario =>
    file("extends: oracle/peterson", "change:", ...change, "properties:", "  mutual-exclusion: any");

  test("a step whose guard is wider is taken where it was not", async () => {
    expect((await found(peterson("  - { in: a4, when: 'process[i].wants' }"))).verdicts).toEqual([
      ["holds", undefined],
    ]);
    // Nobody waits: each goes from a0 to cs in four steps.
    const { verdicts } = await found(peterson("  - { in: a3, guard: 'process[i].pc == a3' }"));
    expect(verdicts).toEqual([["violated", 8]]);
  });

  test("it stands in for the guard that ships, and when: narrows it", async () => {
    const shipped = "process[i].pc == a3 && (!process[1 - i].wants || turn == i)";
    const same = peterson(`  - { in: a3, guard: '${shipped}' }`);
    const whole = file("extends: oracle/peterson", "properties: { mutual-exclusion: any }");
    expect(await found(same)).toEqual(await found(whole));
    const narrowed = peterson(
      "  - { in: a3, guard: 'process[i].pc == a3', when: '!process[1 - i].wants || turn == i' }",
    );
    expect(await found(narrowed)).toEqual(await found(whole));
  });

  test("it is of the steps that are named, and of one that is like another", async () => {
    const one = await found(peterson("  - { in: a3(i=0), guard: 'process[i].pc == a3' }"));
    expect(one.verdicts).toEqual([["violated", 8]]);
    const like = peterson("  - { add: rush, like: a3(i=0), guard: 'process[0].pc == a3' }");
    expect(await found(like)).toMatchObject({ states: one.states, verdicts: one.verdicts });
  });

  test.each([
    ["drop: a3", '"guard" does not go with "drop"'],
    ["{ add: x, actor: y, when: 'turn == 0'", '"guard" does not go with "add"'],
  ])("it does not go with %s", (change, why) => {
    const text = change.startsWith("{")
      ? `  - ${change}, guard: 'turn == 1' }`
      : `  - { ${change}, guard: 'turn == 1' }`;
    expect(() => peterson(text)).toThrow(why);
  });
});

describe("after. in set:", () => {
  const poured = (value: string, ...beside: readonly string[]): AnyScenario =>
    file(
      "extends: oracle/die-hard",
      "change:",
      "  - in: Pour",
      ...beside,
      "    set:",
      `      amount[from]: ${value}`,
      "properties:",
      "  never-4-gallons: any",
    );
  /** The same in code: what is left in the jug, of what there was and what there is. */
  const coded = (left: (before: readonly number[], after: readonly number[], from: number) => number) => {
    const base = jugs([3, 5]);
    const pour = base.actions.find(({ name }) => name === "Pour")!;
    return scenarioOf({
      name: "coded",
      about: "the same in code",
      scope: { jug: 2 },
      properties: [neverMeasured(4)],
      model: variant(base, "coded", {
        replace: [
          {
            ...pour,
            effect: (draft, args) => {
              const before = [draft.amount[0], draft.amount[1]];
              pour.effect(draft, args);
              draft.amount[args["from"] as number] = left(
                before,
                [draft.amount[0], draft.amount[1]],
                args["from"] as number,
              );
            },
          },
        ],
      }),
    });
  };

  test.each([
    ["after.amount[from]", (_: readonly number[], after: readonly number[], from: number) => after[from]],
    ["amount[from]", (before: readonly number[], _: readonly number[], from: number) => before[from]],
    [
      '"amount[to] > 0 && after.amount[to] == 5 ? 0 : after.amount[from]"',
      (before: readonly number[], after: readonly number[], from: number) =>
        before[1 - from] > 0 && after[1 - from] === 5 ? 0 : after[from],
    ],
    [
      '"after.amount[from] == amount[from] ? after.amount[from] : min(amount[from], amount[to])"',
      (before: readonly number[], after: readonly number[], from: number) =>
        after[from] === before[from] ? after[from] : Math.min(before[from], before[1 - from]),
    ],
  ])("%s is what it is in code, whichever engine asks", async (value, left) => {
    expect(await found(poured(value))).toEqual(await found(coded(left)));
  });

  test("without an effect nothing is after it", async () => {
    const still = await found(poured("after.amount[from]", "    without: all"));
    const idle = await found(poured("amount[from]", "    without: all"));
    expect(still).toEqual(idle);
    expect(() =>
      file(
        "extends: oracle/die-hard",
        "change:",
        "  - add: spill",
        "    actor: dog",
        "    when: amount[0] > 0",
        "    set: { 'amount[0]': 'after.amount[1] > 0 ? 0 : 1' }",
        "properties: { never-4-gallons: any }",
      ),
    ).toThrow(/q\.yaml:9:\d+: unknown name "after"/);
  });
});

test("a draft that remembers is written as the draft is, and shows what was there", () => {
  interface Part {
    n: number;
    readonly list: number[];
    readonly members: { m: number }[];
  }
  const place = fc.constantFrom<(part: Part, value: number) => void>(
    (part, value) => void (part.n = value),
    (part, value) => void (part.list[value % 2] = value),
    (part, value) => void (part.members[value % 2].m = value + part.members[1].m),
  );
  const first = (): Part => ({ n: 1, list: [2, 3], members: [{ m: 4 }, { m: 5 }] });
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(9)), { maxLength: 8 }), (writes) => {
      const [plain, remembered] = [first(), first()];
      const { draft, before } = remembering(remembered);
      for (const [write, value] of writes) {
        write(plain, value);
        write(draft as Part, value);
      }
      const shown = before as Part;
      expect(remembered).toEqual(plain);
      expect({
        n: shown.n,
        list: [...shown.list],
        members: shown.members.map((member) => ({ ...member })),
      }).toEqual(first());
    }),
  );
});
