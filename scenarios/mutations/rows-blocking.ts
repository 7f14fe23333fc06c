import { device } from "../../models/kvm/actions/posting/device.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { blocks, halt } from "../scheduling/halt.ts";
import { haltMigrates } from "../scheduling/halt-migrates.ts";
import { piWakeup } from "../posting/pi-wakeup.ts";
import type { MutationRow } from "./row.ts";
import * as blocking from "./blocking.ts";
import { m3 } from "./run-loop.ts";

const assigned = { world: piWakeup.spec, set: ["deviceAssigned=at-boot"] };
const later = { world: piWakeup.spec, set: ["deviceAssigned=later", "preemption=none"] };

/** Mutations of blocking, and of the hand-over of the posted-interrupt descriptor. */
const blockingMutationRows: readonly MutationRow[] = [
  {
    id: "M5",
    name: "M5 no self-IPI",
    about: "tdx_vcpu_run() sends no self-IPI for an outstanding notification",
    states: 8050,
    shows: { "posted-interrupt-reaches-guest": 20 },
    patch: blocking.m5,
    world: blocks.spec,
    breaks: ["Q20"],
  },
  {
    id: "M5-assigned-device",
    name: "M5 no self-IPI, assigned device",
    about: "tdx_vcpu_run() sends no self-IPI for an outstanding notification: assigned device",
    states: 23912,
    shows: { "posted-interrupt-reaches-guest": 19, "device-post-reaches-running-vcpu": 19 },
    patch: blocking.m5,
    ...assigned,
    breaks: ["Q20", "Q22"],
  },
  {
    id: "M6",
    name: "M6 no RVI check, timer",
    about: "tdx_protected_apic_has_interrupt() looks at the descriptor only: timer",
    states: 2129,
    shows: { "halted-vcpu-wakes-for-vector": 34 },
    patch: blocking.m6,
    world: halt.spec,
    breaks: ["Q18"],
  },
  {
    id: "M6-assigned-device",
    name: "M6 no RVI check, assigned device",
    about: "tdx_protected_apic_has_interrupt() looks at the descriptor only: assigned device",
    states: 212426,
    shows: { "halted-vcpu-wakes-for-vector": 18 },
    patch: blocking.m6,
    ...assigned,
    breaks: ["Q18"],
  },
  {
    id: "M7",
    name: "M7 r12 ignored",
    about: "tdx_interrupt_allowed() ignores the interrupt-blocked argument (r12) of TDVMCALL<HLT>",
    states: 21154,
    shows: { "blocked-halt-ignores-interrupts": 8 },
    patch: blocking.m7,
    world: blocks.spec,
    breaks: ["Q19"],
  },
  {
    id: "M8",
    name: "M8 PIR without ON on load",
    about: "vmx_vcpu_pi_load() does not set ON for a PIR that is not empty",
    states: 202376,
    shows: {
      "device-post-wakes-blocked-vcpu": 19,
      "device-post-reaches-running-vcpu": 23,
      "loaded-vcpu-has-no-stranded-vector": 8,
    },
    patch: blocking.m8,
    ...assigned,
    breaks: ["Q22"],
  },
  {
    id: "M9",
    name: "M9 no self wakeup IPI",
    about: "pi_enable_wakeup_handler() sends no self-IPI where ON is set already",
    states: 203414,
    shows: { "device-post-wakes-blocked-vcpu": 16 },
    patch: blocking.m9,
    ...assigned,
    breaks: ["Q22"],
  },
  {
    id: "M12",
    name: "M12 self-IPI with IRQs on",
    about: "The self-IPI is sent before host interrupts are off",
    states: 8114,
    shows: { "posted-interrupt-reaches-guest": 21 },
    patch: blocking.m12,
    world: blocks.spec,
    breaks: ["Q20"],
  },
  {
    id: "task-state-after-the-checks",
    name: "task state after the checks",
    about:
      "the thread sets its state to sleep after the checks, so a wake between the two finds it running and is undone by the state it sets next",
    states: 8829,
    shows: { "no-lost-wakeup": 22 },
    patch: blocking.stateAfterChecks,
    world: halt.spec,
    set: ["nohzFull=on"],
    breaks: ["Q21"],
  },
  {
    id: "M3-halt",
    name: "M3 no kick",
    about: "The remote callback does not kick",
    states: 6379,
    shows: { "no-lost-wakeup": 22 },
    patch: m3,
    world: halt.spec,
    set: ["nohzFull=on"],
    breaks: ["Q21"],
  },
  {
    id: "no-kvm-req-migrate-timer",
    name: "no KVM_REQ_MIGRATE_TIMER",
    about:
      "a vCPU preempted and continued on another pCPU enters the guest while its hrtimer is queued on the pCPU it left",
    states: 34320,
    shows: { "hrtimer-follows-its-vcpu": 23 },
    patch: blocking.noMigrateTimer,
    world: haltMigrates.spec,
    breaks: ["hrtimer-follows-its-vcpu"],
  },
  {
    id: "pi-put-assumes-blocked",
    name: "pi_put assumes blocked",
    about:
      "vmx_vcpu_pi_put() asks vmx_interrupt_blocked() of a TD too, which cannot read its IF and says yes: the wakeup handler is never enabled",
    states: 84142,
    shows: { "halted-vcpu-wakes-for-vector": 16, "device-post-wakes-blocked-vcpu": 16 },
    patch: blocking.piPutAssumesBlocked,
    ...assigned,
    breaks: ["Q18", "Q22"],
  },
  {
    id: "no-unblock-on-assignment",
    name: "no UNBLOCK on assignment",
    about:
      "a vCPU that sleeps when the first device is assigned is on no wakeup list, and nobody wakes it to put itself there; the device's post then notifies a vCPU that sleeps",
    states: 61116,
    shows: { "device-post-wakes-blocked-vcpu": 19 },
    patch: blocking.noUnblockOnAssignment(device(tdOps)),
    ...later,
    breaks: ["Q22"],
  },
];

export default blockingMutationRows;
