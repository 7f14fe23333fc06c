import fc from "fast-check";
import { produce } from "immer";
import { expect, test } from "vitest";
import type { Draft } from "#check";
import { guests } from "../../../models/kvm/model.ts";
import { State } from "../../../models/kvm/state.ts";
import { nothingSaved } from "../../../models/kvm/state-saved.ts";
import saveRestore from "../../../scenarios/save-restore/save-restore.ts";
import { ordinary } from "../../../scenarios/world.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";
import { arbitraryOf } from "../../../src/derive/arbitrary.ts";
import { runs } from "../../fixtures/runs.ts";

/** What KVM_SET_REGS, KVM_SET_SREGS and the host bring over. */
const broughtOver = ({ vcpu, timer }: State) => ({
  vcpu: vcpu.map(({ apicMode, interruptFlag, readC }) => ({ apicMode, interruptFlag, readC })),
  timer: timer.map(({ advance, clocksApart }) => ({ advance, clocksApart })),
});

test.each(ordinary)(
  "%s: a vCPU of a new VM is as one that was just created, whatever the old one was",
  (guest) => {
    const choice = choiceOf(saveRestore as never, { guest });
    const { start } = saveRestore.origin!.begin(choice, { scope: { vcpu: 1 }, start: "created" });
    const [created] = start;
    const { effect } = guests[guest].model.actions.find(({ name }) => name === "create_new_vm")!;
    fc.assert(
      fc.property(arbitraryOf(State, { vcpu: 1 }), (any) => {
        const apicMap = { ...created.vm.apicMap, map: any.vm.apicMap.map };
        const old: State = { ...any, host: created.host, vm: { ...created.vm, apicMap } };
        fc.pre(old.vcpu[0].pc !== "ABSENT");
        const after = produce(old, (d) => effect(d as Draft<State>, { tsc: "behind" }));
        const over = broughtOver(old);
        expect(after.vcpu).toEqual(created.vcpu.map((vcpu, v) => ({ ...vcpu, ...over.vcpu[v] })));
        expect(after.timer).toEqual(created.timer.map((timer, v) => ({ ...timer, ...over.timer[v] })));
        expect(after.vm).toEqual(created.vm);
      }),
      { numRuns: runs(40) },
    );
  },
);

test("where nobody saves anything, nothing is saved", () => {
  const { start } = saveRestore.build(choiceOf(saveRestore as never, { guest: "vmx" }));
  expect(start[0].saved).toEqual([nothingSaved]);
});
