import { unknownName } from "#check";
import { apicMapSteps } from "../models/kvm/actions/apicv/apic-map.ts";
import { inhibitSteps } from "../models/kvm/actions/apicv/apicv.ts";
import { bugSteps } from "../models/kvm/actions/apicv/bug.ts";
import { createTdVcpu } from "../models/kvm/actions/creation/create-vcpu.ts";
import { entry } from "../models/kvm/actions/run-loop/entry.ts";
import { exits } from "../models/kvm/actions/run-loop/exit.ts";
import { expired } from "../models/kvm/actions/timer/expired.ts";
import { guestTimer } from "../models/kvm/actions/timer/guest-timer.ts";
import { hardware } from "../models/kvm/actions/run-loop/hardware.ts";
import { eoiHandling } from "../models/kvm/actions/ioapic/eoi.ts";
import { eoiRtc } from "../models/kvm/actions/rtc/rtc-eoi.ts";
import { pinEoi } from "../models/kvm/actions/ioapic/pin-eoi.ts";
import { pinGuest } from "../models/kvm/actions/ioapic/pin-guest.ts";
import { pinLine } from "../models/kvm/actions/ioapic/pin-line.ts";
import { asProgrammed } from "../models/kvm/actions/ioapic/pin.ts";
import { rtcHandler } from "../models/kvm/actions/rtc/rtc-handler.ts";
import { usualLine } from "../models/kvm/actions/rtc/rtc-line.ts";
import { rtcTick } from "../models/kvm/actions/rtc/rtc-tick.ts";
import { scanRequester } from "../models/kvm/actions/ioapic/scan-request.ts";
import { scanRequests } from "../models/kvm/actions/ioapic/scan-ioapic.ts";
import { asConfigured } from "../models/kvm/actions/timer/timer-fn-local.ts";
import { timerFnRemote } from "../models/kvm/actions/timer/timer-fn-remote.ts";
import { tmict } from "../models/kvm/actions/timer/tmict.ts";
import { tdOps } from "../models/kvm/ops.ts";

/** The names of some actions. */
export const names = (actions: readonly { readonly name: string }[]): readonly string[] =>
  actions.map(({ name }) => name);

/**
 * Some names without others.
 * @throws CheckError when one to leave out is not among them.
 */
export const without = (all: readonly string[], ...left: readonly string[]): readonly string[] => {
  for (const name of left)
    if (!all.includes(name)) throw unknownName("action", name, all, "it is to be left out, but is not there");
  return all.filter((name) => !left.includes(name));
};

/** The vCPU threads: requests, entry, exit, and the posted interrupts that hardware processes. */
export const runLoop: readonly string[] = [
  ...names(entry(tdOps)),
  ...names(exits(tdOps)),
  "process_posted_interrupts",
  "tdh_vp_enter_busy",
  "req_apicv_update",
  ...names(bugSteps),
  "clear_unblock",
  "inject_pending_timer",
  "clear_pending",
];

/** Exits to userspace and KVM_RUN again. */
export const userspaceExits: readonly string[] = ["guest_io", "exit_to_userspace", "KVM_RUN"];

/** The LAPIC timer: TMICT writes, expiries on either CPU, and the guest that uses it. */
export const lapicTimer: readonly string[] = [
  ...names(tmict),
  ...names(expired(tdOps)),
  "apic_timer_fn",
  ...names(timerFnRemote(tdOps, asConfigured)),
  ...names(hardware(tdOps)),
  ...without(names(guestTimer(tdOps)), "guest_io"),
];

/** The RTC's ticks and the guest's handler. */
export const rtcTicks: readonly string[] = [
  ...names(rtcTick(tdOps, usualLine)),
  ...names(rtcHandler),
  eoiRtc(tdOps).name,
  ...names(eoiHandling),
  "guest_take_irq",
];

/** kvm_recalculate_apic_map(), and the inhibits that it changes. */
export const apicMap: readonly string[] = [...names(apicMapSteps(tdOps)), ...names(inhibitSteps)];

/** Writes of the I/O APIC's entries, and what it makes of an EOI. */
export const ioapicWrites: readonly string[] = [
  ...names(pinEoi(asProgrammed(tdOps))),
  "ioapic_write_indirect",
  "ioapic_unlock",
  "userspace_ioapic_write",
  "userspace_ioapic_written",
];

/** A pin of the I/O APIC whose devices raise the line until the guest's handler has seen them. */
export const levelLine: readonly string[] = [
  ...names(pinLine(asProgrammed(tdOps))),
  ...names(pinGuest(tdOps)),
  ...ioapicWrites,
];

/** EOIs that KVM handles, and the requests that keep the EOI exit bitmap up to date. */
export const eoi: readonly string[] = [...names(eoiHandling), ...names(scanRequests(tdOps))];

/** KVM_CREATE_VCPU, step by step. */
export const createVcpu: readonly string[] = names(createTdVcpu);

/** Scan requests to the vCPUs of other threads. */
export const scans: readonly string[] = names(scanRequester(() => undefined));

/** Changes of the APICv inhibits. */
export const inhibits: readonly string[] = [
  "KVM_SET_GUEST_DEBUG",
  "recalculate_apic_map",
  ...names(inhibitSteps),
];
