import { expect, test } from "vitest";
import type { Action } from "#check";
import { enablePatches } from "immer";
import irqWindow from "../../../scenarios/injection/irq-window.ts";
import { events } from "../../../models/kvm/actions/run-loop/entry.ts";
import { vmxOps } from "../../../models/kvm/ops.ts";
import type { State } from "../../../models/kvm/state.ts";
import { traceOf } from "./timer-ask.ts";

enablePatches();

const { spec } = irqWindow;
const reqEvent = events(vmxOps);

/** The shortest run that breaks a property where events are injected otherwise. */
const broken = (property: string, effect: Action<State>["effect"]): Promise<readonly string[]> =>
  traceOf({ spec, guest: "vmx-sw", patch: { replace: [{ ...reqEvent, effect }] } }, property);

test("without the test of IF an interrupt is injected into a guest that has cleared it", async () => {
  const run = await broken("injected-with-interrupts-on", (d, args) => {
    const vcpu = d.vcpu[args["v"] as number];
    const { interruptFlag } = vcpu;
    vcpu.interruptFlag = true;
    reqEvent.effect(d, args);
    vcpu.interruptFlag = interruptFlag;
  });
  expect(run.includes("guest_cli")).toBe(true);
  expect(run.at(-1)).toBe("req_event");
});

test("without a window an interrupt that was put off is forgotten", async () => {
  const run = await broken("vector-in-irr-has-window", (d, args) => {
    reqEvent.effect(d, args);
    d.vcpu[args["v"] as number].irqWindow = false;
  });
  expect(run.at(-1)).toBe("vm_enter");
});

test("as it is, everything holds", async () => {
  for (const { id } of spec.properties) expect(await traceOf({ spec, guest: "svm-sw" }, id)).toEqual([]);
});
