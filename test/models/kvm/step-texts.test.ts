import { expect, test } from "vitest";
import { problemOf } from "#check";
import type { GuestName } from "../../../models/kvm/ops.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";
import { rareStep, rareSteps, textsOf, untrue, walked } from "./step-texts.ts";

const cases = kvm.flatMap((scenario) =>
  ["td", "vmx", "avic"]
    .filter((guest) => scenario.axes?.["guest"].includes(guest))
    .map((guest) => [scenario.name, guest as GuestName, scenario] as const),
);

test.each(cases)(
  "steps of %s with %s are told in its words, and as the branch they took",
  (_, guest, scenario) => {
    const { model, start } = scenario.build(choiceOf(scenario, { guest }));
    if (start?.length === 0) return;
    const taken = walked(problemOf(model, scenario.scope, [], start), 80);
    expect([...new Set(taken.flatMap((one) => untrue(guest, one)))]).toEqual([]);
  },
);

test.each(rareSteps.map((one) => [one.action, one] as const))(
  "%s says the rarer branch where it takes it",
  async (_, one) => {
    const taken = await rareStep(one);
    expect(textsOf(taken)).toEqual([one.says]);
    expect(untrue("td", taken)).toEqual([]);
  },
);
