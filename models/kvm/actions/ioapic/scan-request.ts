import { has, none, type Action, type Draft } from "#check";
import { action, type State } from "../../state.ts";
import { nothingDelivered, onePin, type AtPin, type Pin } from "./pin-place.ts";
import type { ActionCitation } from "../../citation.ts";

/**
 * kvm_make_scan_ioapic_request_mask(): the thread of a vCPU requests its own, and nothing more is needed; the others are
 * requested one by one, and waited for.
 */
export const requestScan = (d: Draft<State>, vcpus: number, by: number | undefined): void => {
  let others = none;
  for (let v = 0; v < d.vcpu.length; v++) {
    if (!has(vcpus, v) || d.vcpu[v].pc === "ABSENT") continue;
    if (v === by) d.vcpu[v].req.SCAN_IOAPIC = true;
    else others |= 1 << v;
  }
  if (others === none) return;
  d.scan.todo = others;
  d.scan.waiting = true;
  d.scan.pc = "REQUEST";
};

const actor = "scan requester";
const at =
  (pc: State["scan"]["pc"], pins: readonly Pin[]) =>
  (s: State, { v }: { readonly v: number }): boolean =>
    s.scan.pc === pc &&
    nothingDelivered(s, pins) &&
    has(s.scan.todo, v) &&
    (s.scan.todo & ((1 << v) - 1)) === 0;

const request = (pins: readonly Pin[]): Action<State> =>
  action("scan_request", {
    actor,
    args: { v: "vcpu" },
    kernel: "kvm_make_vcpus_request_mask(KVM_REQ_SCAN_IOAPIC): set the bit",
    source: "irqchip 3.1; timer 2.2",
    atomic: "one locked bit operation (irqchip 7.5: ioapic->lock, or kvm->irq_lock, is held all the time)",
    guard: at("REQUEST", pins),
    effect: (d, { v }) => {
      d.vcpu[v].req.SCAN_IOAPIC = true;
      d.scan.pc = "MODE";
    },
  });

/** The next vCPU, or the IPI. */
export const scanMode = (pins: readonly Pin[]): Action<State> =>
  action("scan_request_mode", {
    actor,
    args: { v: "vcpu" },
    kernel: "kvm_request_needs_ipi(): cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)",
    source: "timer 2.2: WAIT, NO_WAKEUP",
    atomic: "one locked instruction after a full barrier",
    guard: at("MODE", pins),
    effect: (d, { v }) => {
      const { scan } = d;
      const vcpu = d.vcpu[v];
      if (vcpu.mode !== "OUTSIDE") scan.ipi |= 1 << v;
      if (vcpu.mode === "IN_GUEST") vcpu.mode = "EXITING";
      scan.todo &= ~(1 << v);
      scan.pc = scan.todo === none ? "IPI" : "REQUEST";
    },
  });

const sendIpi = action("scan_ipi", {
  actor,
  kernel: "kvm_kick_many_cpus(): smp_call_function_many(wait)",
  source: "timer 2.2",
  atomic: "the IPIs of one mask go out in one loop; each is taken by its CPU on its own",
  guard: (s) => s.scan.pc === "IPI",
  effect: (d) => {
    for (let v = 0; v < d.vcpu.length; v++) if (has(d.scan.ipi, v)) d.vcpu[v].irq.CALL_FUNCTION = true;
    d.scan.pc = "WAIT";
  },
});

/** What the requester does once it need not wait any more. */
export type Then = (d: Draft<State>) => void;

/** What it prints as it does that. */
type Prints = NonNullable<ActionCitation<State>["prints"]>;

const waitAcks = (then: Then, prints: Prints): Action<State> =>
  action("scan_wait", {
    actor,
    kernel: "smp_call_function_many(wait): every target acked; split: userspace goes on",
    prints,
    source: "irqchip 3.1; timer 2.2: an ack needs host IRQs on, past the store of OUTSIDE",
    atomic: "the wait ends once all acks are there",
    guard: (s) =>
      s.scan.pc === "WAIT" && s.vcpu.every(({ irq }, v) => !has(s.scan.ipi, v) || !irq.CALL_FUNCTION),
    effect: (d) => {
      d.scan.ipi = none;
      d.scan.pc = "IDLE";
      d.scan.waiting = false;
      then(d);
    },
  });

/** A scan request to the vCPUs of other threads: request, kick, wait. */
export const scanRequester = (
  then: Then,
  { pins }: AtPin = onePin,
  prints: Prints = () => [],
): readonly Action<State>[] => [request(pins), scanMode(pins), sendIpi, waitAcks(then, prints)];
