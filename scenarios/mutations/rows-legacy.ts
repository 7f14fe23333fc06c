import { picWorld } from "../pic-pit/pic.ts";
import { pitGuestWorld, pitWorld } from "../pic-pit/pit.ts";
import { rtcSlew } from "../rtc/rtc-slew.ts";
import type { MutationRow } from "./row.ts";
import * as legacy from "./legacy.ts";

const vmx = { design: "active", guest: "vmx" } as const;

/** Mutations of the legacy devices of an ordinary guest. */
const legacyMutationRows: readonly MutationRow[] = [
  {
    id: "no-irq-ack",
    name: "no irq_ack",
    about: "kvm_pit_ack_irq() does not set irq_ack",
    states: 442,
    shows: { "pit-interrupts-for-ever": 40, "pit-waits-for-an-eoi-that-comes": 19 },
    patch: legacy.noIrqAck,
    world: pitWorld.spec,
    ...vmx,
    breaks: ["C7"],
  },
  {
    id: "no-re-queue",
    name: "no re-queue",
    about: "kvm_pit_ack_irq() takes a tick off and leaves the worker alone",
    states: 3398,
    shows: { "pit-owed-ticks-are-worked-on": 22 },
    patch: legacy.noRequeue,
    world: pitWorld.spec,
    ...vmx,
    breaks: ["pit-owed-ticks-are-worked-on"],
  },
  {
    id: "no-mask-notifier",
    name: "no mask notifier",
    about: "unmasking the PIT's pin resets nothing",
    states: 113431,
    shows: { "pit-waits-for-an-eoi-that-comes": 25 },
    patch: legacy.noMaskNotifier,
    world: pitGuestWorld.spec,
    ...vmx,
    breaks: ["C7"],
  },
  {
    id: "pit-not-in-the-bitmap",
    name: "PIT not in the bitmap",
    about:
      "the vector of a pin with an ack notifier is left out of the EOI exit bitmap, as if kvm_irq_has_notifier() were not asked",
    states: 96,
    shows: { "pit-interrupts-for-ever": 19, "pit-waits-for-an-eoi-that-comes": 14 },
    patch: legacy.notInBitmap,
    world: pitWorld.spec,
    ...vmx,
    breaks: ["C7"],
  },
  {
    id: "pic-kicks-only",
    name: "PIC kicks only",
    about:
      "pic_unlock() kicks the vCPU without KVM_REQ_EVENT: it comes back into its guest without having looked at the PIC",
    states: 27632,
    shows: { "pic-output-wakes-vcpu": 3 },
    patch: legacy.noRequest,
    world: picWorld.spec,
    ...vmx,
    breaks: ["pic-output-wakes-vcpu"],
  },
  {
    id: "no-eoi-at-the-pic",
    name: "no EOI at the PIC",
    about:
      "picdev_write() forgets the EOI: IRQ0 stays in service when its handler is done, and holds back all others",
    states: 17218,
    shows: { "pic-in-service-has-its-handler": 32 },
    patch: legacy.noPicEoi,
    world: picWorld.spec,
    ...vmx,
    breaks: ["C19"],
  },
  {
    id: "no-catch-up-timer",
    name: "no catch-up timer",
    about: "userspace raises a tick that it owes only as register C is read",
    states: 1131,
    shows: { "rtc-owed-ticks-return": 43 },
    patch: legacy.noCatchUp,
    world: rtcSlew.spec,
    ...vmx,
    breaks: ["C6"],
  },
];

export default legacyMutationRows;
