import { expect, test } from "vitest";
import type { AnyScenario } from "#check";
import { answer } from "../../../src/catalogue/answer.ts";
import { scenarioFrom } from "../../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../../scenarios/index.ts";

const file = (...program: readonly string[]): AnyScenario =>
  scenarioFrom(
    {
      name: "q.yaml",
      text: [
        "format: 1",
        "name: q",
        "about: one IPI, of vCPU 0",
        "extends: kvm/ipi",
        "designs: upstream",
        "guests: td",
        "program:",
        ...program,
        "properties:",
        "  sent-once:",
        "    when: action == guest_write_icr",
        "    step: before.program.guest0.pc == FIRST",
        "  sent:",
        "    reach: program.guest0.pc == DONE",
        "",
      ].join("\n"),
    },
    { axes, cites, scenarios },
  );

test("an instruction that only one vCPU has comes in its place in the program of that", async () => {
  const { properties } = await answer(file("  guest0: [{ label: FIRST, do: guest_write_icr(dest=1) }]"));
  expect(properties.map(({ property, verdict }) => [property.id, verdict])).toEqual([
    ["sent-once", "holds"],
    ["sent", "witnessed"],
  ]);
});

test("and is refused in the program of another", () => {
  expect(() =>
    file("  guest0: [{ label: FIRST, do: guest_write_icr(dest=1) }]", "  guest1: [guest_write_icr(dest=0)]"),
  ).toThrow(/^1 error in q\.yaml\nq\.yaml:9:12: guest_write_icr is no instruction of guest1: others take it/);
});
