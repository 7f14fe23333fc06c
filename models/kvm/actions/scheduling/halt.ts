import type { Action } from "#check";
import { hasEventBesideInterrupts, makeRunnable } from "../../accept-events.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector, guestRuns, hltExits, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { leave } from "../../leave.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";

/** A guest that halts: IF cleared and set, the two kinds of halt, and what KVM makes of the exit. */
export const halt = (ops: VendorOps): readonly Action<State>[] => [
  cli,
  sti,
  guestHlt,
  guestEndHandler(ops),
  emulateHalt(ops),
];

const cli = action("guest_cli", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "the guest clears RFLAGS.IF",
  source: "timer 4.4, 8 G_SET_IF",
  atomic: "one instruction; not inside a handler",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].interruptFlag && !anyVector(s.vcpu[v].isr),
  effect: (d, { v }) => {
    d.vcpu[v].interruptFlag = false;
  },
});

const sti = action("guest_sti", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "the guest sets RFLAGS.IF",
  source: "timer 4.4, 8 G_SET_IF",
  atomic: "one instruction",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && !s.vcpu[v].interruptFlag,
  effect: (d, { v }) => {
    d.vcpu[v].interruptFlag = true;
  },
});

const isTd = (s: Pick<State, "vm">): boolean => s.vm.type === "KVM_X86_TDX_VM";

const guestHlt = action("guest_hlt", {
  actor: cpu,
  args: { v: "vcpu", kind: ["HLT0", "HLT1"] },
  kernel: byGuest("TDVMCALL<HLT> with r12 zero or not; an ordinary guest: STI, HLT, or HLT with IF clear", {
    td: "TDVMCALL<HLT> with r12 zero or not",
    ordinary: "STI, HLT, or HLT with IF clear",
  }),
  branch: (_, { kind }: { readonly kind: string }) =>
    byGuest("", {
      td: `TDVMCALL<HLT> with r12 ${kind === "HLT0" ? "zero" : "not zero"}`,
      ordinary: kind === "HLT0" ? "STI, HLT" : "HLT with IF clear",
    }),
  source: "m3, m20; timer 4.4, 4.5, 8 G_HLT",
  atomic: byGuest(
    "the exit is one event of the CPU; the shadow of STI covers HLT. Guests halt with IF clear and outside " +
      "handlers, as Linux does",
    {
      td: "the exit is one event of the CPU. The guest halts with IF clear and outside handlers, as Linux does",
    },
  ),
  guard: (s, { v }) =>
    guestRuns(s.vcpu[v]) && !s.vcpu[v].interruptFlag && !anyVector(s.vcpu[v].isr) && hltExits(s),
  effect: (d, { v, kind }) => {
    leave(d, v, kind);
    if (!isTd(d) && kind === "HLT0") d.vcpu[v].interruptFlag = true;
  },
});

const guestEndHandler = (ops: VendorOps): Action<State> =>
  action("guest_take_device_irq", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery of the device's vector; its EOI is accelerated",
    source: "timer 2.9, 4.8, 8 G_TAKE_IRQ",
    atomic:
      "delivery, handler and EOI are merged: nothing else of these worlds asks whether it is in service",
    guard: (s, { v }) => {
      const vcpu = s.vcpu[v];
      return (
        guestRuns(vcpu) &&
        vcpu.interruptFlag &&
        ops.virtualDelivery(vcpu, "device") &&
        vcpu.irr.device &&
        !anyVector(vcpu.isr)
      );
    },
    effect: (d, { v }) => {
      d.vcpu[v].irr.device = false;
    },
  });

/** kvm_vcpu_has_events(). */
const hasEvents = (ops: VendorOps, d: Parameters<VendorOps["hasInterrupt"]>[0], v: number): boolean =>
  hasEventBesideInterrupts(d, v, ops.blockedInitWakes) ||
  (ops.interruptAllowed(d.vcpu[v]) && ops.hasInterrupt(d, v));

/** kvm_arch_vcpu_runnable() of a vCPU that is not running. */
export const isRunnable = (ops: VendorOps, d: Parameters<VendorOps["hasInterrupt"]>[0], v: number): boolean =>
  d.vcpu[v].events.pvUnhalted || hasEvents(ops, d, v);

export const emulateHalt = (ops: VendorOps): Action<State> =>
  action("emulate_halt", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_emulate_halt_noskip(): kvm_vcpu_has_events(), pv_unhalted, mp_state",
    branch: (s, { v }: OfVcpu, { vcpu }) =>
      s.vcpu[v].events.pvUnhalted
        ? "kvm_emulate_halt_noskip(): pv_unhalted is set, mp_state is RUNNABLE"
        : `kvm_emulate_halt_noskip(): kvm_vcpu_has_events() is ${vcpu[v].mp === "RUNNABLE"}, mp_state is ${vcpu[v].mp}`,
    source: byGuest("timer 4.5, 4.4: tdx_interrupt_allowed(), tdx_protected_apic_has_interrupt()", {
      ordinary: "timer 4.5",
    }),
    atomic:
      "this thread alone takes bits out of PIR, ON and the virtual IRR while it is outside the guest: what is set during " +
      "the test is as set after it, and a preemption in it is as one after it",
    guard: (s, { v }) => threadAt(s.vcpu[v], "HALT"),
    effect: (d, { v }) => {
      if (!hasEvents(ops, d, v) && !d.vcpu[v].events.pvUnhalted) d.vcpu[v].mp = "HALTED";
      else if (!ops.keepsPvUnhalted) makeRunnable(d, v);
      d.vcpu[v].pc = "CLEAR_UNBLOCK";
    },
  });

export default halt;
