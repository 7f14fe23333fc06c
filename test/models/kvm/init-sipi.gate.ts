import { describe, expect, test } from "vitest";
import { actionNamed, amend, type Action } from "#check";
import initSipi from "../../../scenarios/injection/init-sipi.ts";
import wakeEvents from "../../../scenarios/injection/wake-events.ts";
import { kvmModel } from "../../../models/kvm/model.ts";
import type { State } from "../../../models/kvm/state.ts";
import { named, settings, surprises } from "../../scenarios/expected.ts";
import { traceOf } from "./timer-ask.ts";

const ordinary = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** An action of an ordinary guest. */
const actionOf = (guest: string, name: string): Action<State> =>
  actionNamed(kvmModel({ guest, design: null, options: {} }).actions, name);

/** The shortest run that breaks a property of kvm/init-sipi where an action is another, and SIPI comes in time. */
const broken = (guest: string, property: string, ...replace: readonly Action<State>[]) =>
  traceOf({ spec: initSipi.spec, guest, set: ["sipiDelay=init-accepted"], patch: { replace } }, property);

describe.each(ordinary)("INIT and SIPI: %s", (guest) => {
  test("every verdict is the expected one, with NMIs and without, whenever SIPI comes", async () => {
    const scenario = named("kvm/init-sipi");
    for (const set of settings(scenario, ["nmi", "sipiDelay"]))
      expect(await surprises(scenario, { guest, design: "upstream", set })).toEqual([]);
  });

  test("without the kick a vCPU sleeps with an INIT pending", async () => {
    const kick = amend(actionOf(guest, "event_sender_event_kick"), {
      before: (d, { v }) => d.vcpu[v as number].task,
      after: (d, { v }, task) => {
        d.vcpu[v as number].task = task;
      },
    });
    const run = await broken(guest, "init-or-sipi-wakes-the-vcpu", kick);
    expect(run).toContain("send_init");
    expect(run.at(-1)).toBe("event_sender_event_kick");
  });

  test("a SIPI that is cleared with the INIT is lost, and the vCPU waits for ever", async () => {
    const accept = amend(actionOf(guest, "accept_init"), {
      after: (d, { v }) => {
        d.vcpu[v as number].initSipi.sipi = false;
      },
    });
    expect(await broken(guest, "sipi-starts-the-vcpu", accept)).toContain("accept_init");
  });

  test("an entry that goes on after an INIT runs the guest without a SIPI", async () => {
    const accept = amend(actionOf(guest, "accept_sipi"), {
      after: (d, { v }) => {
        d.vcpu[v as number].mp = "RUNNABLE";
      },
    });
    expect(await broken(guest, "no-guest-between-init-and-sipi", accept)).not.toEqual([]);
  });
});

describe.each(ordinary)("what ends a halt: %s", (guest) => {
  test("every verdict is the expected one, in kernels before and after", async () => {
    const scenario = named("kvm/wake-events");
    const rows = [...settings(scenario, ["wakeEvent"]), ["wakeEvent=pv-kick", "pvUnhalted=left-over"]];
    for (const set of rows) expect(await surprises(scenario, { guest, design: "upstream", set })).toEqual([]);
  });
});

test("up to 6.0 an INIT that is blocked ends a halt in SMM", async () => {
  const set = ["wakeEvent=smi-and-init", "blockedInit=wakes"];
  expect(await surprises(named("kvm/wake-events"), { guest: "vmx", design: "upstream", set })).toEqual([]);
});

test("without the request of RSM an INIT that was latched in SMM is forgotten", async () => {
  const rsm = amend(actionOf("vmx", "emulate_rsm"), {
    after: (d, { v }) => {
      d.vcpu[v as number].req.EVENT = false;
    },
  });
  const asked = {
    spec: wakeEvents.spec,
    guest: "vmx",
    set: ["wakeEvent=smi-and-init"],
    patch: { replace: [rsm] },
  };
  const run = await traceOf(asked, "latched-init-is-requested");
  expect(run).toContain("emulate_rsm");
  expect(run.at(-1)).toBe("vm_enter");
});
