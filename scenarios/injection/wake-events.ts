import {
  blockedInitEndsNoHalt,
  droppedSipiEndsNoHalt,
  haltEndsForWhatIsNotBlocked,
  haltedVcpuWakesForEvent,
  kickEndsOneHalt,
  latchedInitIsRequested,
  startedVcpuRuns,
} from "../../properties/injection/wake-events.ts";
import { initSipi } from "../../models/kvm/actions/injection/init-sipi.ts";
import { sendEvent } from "../../models/kvm/actions/injection/send-event.ts";
import { smi } from "../../models/kvm/actions/injection/smi.ts";
import { blockedInit, pvUnhalted, wakeEvent } from "../../models/kvm/options/injection.ts";
import { vmxOps } from "../../models/kvm/ops.ts";
import { blockingLaws, runLoopLaws } from "../laws.ts";
import { names, runLoop, without } from "../parts.ts";
import { halting } from "../scheduling/halt.ts";
import { ordinary, world } from "../world.ts";

const inits = ["init", "smi-and-init"] as const;
const noSipi = "neither INIT nor SIPI is sent";

/** A vCPU that halts, in SMM too, and what wakes it besides interrupts. */
export default world({
  name: "kvm/wake-events",
  about:
    "one vCPU that halts, with IF set and clear, in SMM and outside, while another sends it an NMI, an SMI, INIT and SIPIs, or a paravirtual kick",
  guests: ordinary,
  options: [wakeEvent, pvUnhalted, blockedInit],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...halting,
    ...without(names(initSipi(vmxOps)), "vcpu_is_no_bsp", "KVM_RUN_uninitialized"),
    ...names(sendEvent),
    ...names(smi),
    "req_nmi",
  ],
  properties: [
    haltedVcpuWakesForEvent,
    haltEndsForWhatIsNotBlocked,
    blockedInitEndsNoHalt,
    droppedSipiEndsNoHalt,
    kickEndsOneHalt,
    latchedInitIsRequested,
    startedVcpuRuns,
    ...runLoopLaws,
    ...blockingLaws,
  ],
  expected: [
    { property: "halted-vcpu-wakes-for-event", verdict: "holds" },
    {
      property: "halt-ends-for-what-is-not-blocked",
      where: { wakeEvent: ["smi", "smi-and-nmi", "smi-and-init"] },
      verdict: "violated",
      because: "of KVM_REQ_SMI and KVM_REQ_NMI it is not asked whether what they bring is blocked",
    },
    {
      property: "halt-ends-for-what-is-not-blocked",
      where: { wakeEvent: ["nmi", "pv-kick"] },
      verdict: "holds",
    },
    {
      property: "halt-ends-for-what-is-not-blocked",
      verdict: "vacuous",
      because: "what is sent resets the vCPU, or is a SIPI, of which another property speaks",
    },
    {
      property: "blocked-init-ends-no-halt",
      where: { wakeEvent: "smi-and-init", blockedInit: "wakes" },
      verdict: "violated",
      because: "the guest halts in SMM, where the INIT stays pending, and is made RUNNABLE for it",
    },
    { property: "blocked-init-ends-no-halt", where: { wakeEvent: "smi-and-init" }, verdict: "holds" },
    {
      property: "blocked-init-ends-no-halt",
      verdict: "vacuous",
      because: "no INIT is sent to a guest in SMM",
    },
    {
      property: "dropped-sipi-ends-no-halt",
      where: { wakeEvent: inits },
      verdict: "violated",
      because: "a SIPI that is pending makes a vCPU runnable, whether it waits for one or not",
    },
    { property: "dropped-sipi-ends-no-halt", verdict: "vacuous", because: noSipi },
    {
      property: "kick-ends-one-halt",
      where: { wakeEvent: "pv-kick", pvUnhalted: "left-over" },
      verdict: "violated",
      because: "the kick comes before HLT, which returns at once and leaves pv_unhalted set",
    },
    { property: "kick-ends-one-halt", where: { wakeEvent: "pv-kick" }, verdict: "holds" },
    { property: "kick-ends-one-halt", verdict: "vacuous", because: "nobody kicks" },
    { property: "latched-init-is-requested", where: { wakeEvent: inits }, verdict: "holds" },
    { property: "latched-init-is-requested", verdict: "vacuous", because: noSipi },
    {
      property: "startup-starts-the-vcpu",
      where: { wakeEvent: "smi-and-init" },
      verdict: "violated",
      because: "both SIPIs come while the guest is in SMM, and are dropped; the INIT is taken after it",
    },
    { property: "startup-starts-the-vcpu", where: { wakeEvent: "init" }, verdict: "holds" },
    { property: "startup-starts-the-vcpu", verdict: "vacuous", because: noSipi },
  ],
});
