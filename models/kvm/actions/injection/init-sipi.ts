import type { Action, Draft } from "#check";
import { endBlock, initAllowed, initOrSipiPending, makeRunnable } from "../../accept-events.ts";
import type { OfVcpu } from "../../citation.ts";
import type { VendorOps } from "../../ops.ts";
import { threadAt, vcpuIoctlAllowed } from "../../predicates.ts";
import { cancels } from "../../prints/timers.ts";
import { noVectors, vectorNames } from "../../state-vectors.ts";
import { action, cpu, type State } from "../../state.ts";
import { assign } from "../../assign.ts";
import { publishApicMap } from "../apicv/apic-map-found.ts";
import { forget } from "../timer/tmict.ts";

type Open = Draft<State>;
type Pc = State["vcpu"][number]["pc"];

const at = (pc: Pc) => ({
  actor: cpu,
  args: { v: "vcpu" } as const,
  guard: (s: State, { v }: OfVcpu) => threadAt(s.vcpu[v], pc),
});

/** kvm_apic_accept_events() returns to whoever called it. */
const returns = (ops: VendorOps, d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  const { caller } = vcpu.initSipi;
  vcpu.initSipi.caller = "NONE";
  if (caller === "BLOCK") return endBlock(d, v);
  if (caller === "RUN") {
    vcpu.pc = "USER";
    return;
  }
  if (vcpu.mp === "INIT_RECEIVED") {
    vcpu.pc = "CLEAR_UNBLOCK";
    return;
  }
  ops.injectEvents(d, v);
  vcpu.pc = "IRQS_OFF";
};

/** What the return to each caller is followed by, as far as the step includes it. */
const returned: Partial<Readonly<Record<Pc, string>>> = {
  USER: "; KVM_RUN answers -EAGAIN",
  CLEAR_UNBLOCK: "; return 1",
  IRQS_OFF: "; return 0, and the entry goes on",
};

const said = (what: string, { vcpu }: Pick<State, "vcpu">, v: number): string =>
  `kvm_apic_accept_events(): ${what}${returned[vcpu[v].pc] ?? ""}`;

const acceptInit = (ops: VendorOps): Action<State> =>
  action("accept_init", {
    ...at("ACCEPT_INIT"),
    kernel:
      "kvm_apic_accept_events(): kvm_apic_init_sipi_allowed(), test_and_clear_bit(KVM_APIC_INIT, &pending_events)",
    branch: (s, { v }: OfVcpu, after) => {
      const { init, sipi } = s.vcpu[v].initSipi;
      if (!initOrSipiPending(s.vcpu[v])) return said("nothing is pending", after, v);
      if (!initAllowed(s, s.vcpu[v]))
        return said(`INIT is blocked${sipi ? ", the SIPI is dropped" : ""}`, after, v);
      return said(init ? "an INIT is pending, kvm_vcpu_reset()" : "no INIT is pending", after, v);
    },
    source: "irqchip 7.6 EVENTS, 7.6 CALLERS",
    atomic: "one locked bit operation; whether INIT is blocked only this thread changes",
    effect: (d, { v }) => {
      const { initSipi } = d.vcpu[v];
      const allowed = initAllowed(d, d.vcpu[v]);
      if (!allowed) initSipi.sipi = false;
      if (!allowed || !initOrSipiPending(d.vcpu[v])) return returns(ops, d, v);
      const { init } = initSipi;
      initSipi.init = false;
      d.vcpu[v].pc = !init ? "ACCEPT_SIPI" : ops.kind === "vmx" ? "RESET_POSTED" : "RESET_TIMER";
    },
  });

const resetPosted = action("reset_posted_interrupts", {
  ...at("RESET_POSTED"),
  kernel: "kvm_lapic_reset(): apicv_pre_state_restore(): pi_clear_on(), PIR is cleared",
  source: "irqchip 7.6 RESET",
  atomic: "ON is cleared before PIR: a post in between sets ON again, which is as one after both",
  effect: (d, { v }) => {
    d.vcpu[v].on = false;
    for (const vector of vectorNames) d.vcpu[v].pir[vector] = false;
    d.vcpu[v].pc = "RESET_TIMER";
  },
});

const resetTimer = action("reset_cancel_timer", {
  ...at("RESET_TIMER"),
  kernel: "kvm_lapic_reset(): hrtimer_cancel()",
  prints: (s, { v }: OfVcpu) => cancels(s, v),
  source: "irqchip 7.6 RESET; timer 6.1",
  atomic: "waits while the callback runs, then dequeues under the hrtimer base lock",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RESET_TIMER") && s.timer[v].hr !== "CALLBACK",
  effect: (d, { v }) => {
    d.timer[v].hr = "INACTIVE";
    d.timer[v].on = "OWN";
    d.vcpu[v].irq.HRTIMER = false;
    d.vcpu[v].pc = "RESET_REGISTERS";
  },
});

/** LVTT is masked and in one-shot mode; only where it was in TSC-deadline mode is the timer cancelled as a whole. */
const resetLvtt = (d: Open, v: number): void => {
  const timer = d.timer[v];
  if (timer.tscMode) {
    timer.hv = false;
    timer.period = false;
    timer.deadline = false;
  }
  if (!timer.hv) timer.due = false;
  timer.masked = true;
  timer.tscMode = false;
  timer.periodic = false;
  timer.pending = 0;
  forget(d, v);
};

const resetRegisters = action("reset_registers", {
  ...at("RESET_REGISTERS"),
  kernel:
    "kvm_lapic_reset(): the LVTs, SPIV, IRR, ISR, TMR, pending, the apic map; kvm_vcpu_reset(): what is queued, KVM_REQ_EVENT, " +
    "RFLAGS; mp_state is INIT_RECEIVED",
  source: "irqchip 7.6 RESET, 7.6 EVENTS",
  atomic:
    "registers of this thread's own; who delivers meanwhile has read the enable bit before or reads it after, and sets a bit of " +
    "IRR that is then cleared, or not. No vCPU that an INIT resets is the boot vCPU, and none has a level-triggered pin, whose " +
    "scan the map would request",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    const { events } = vcpu;
    resetLvtt(d, v);
    vcpu.swEnabled = false;
    vcpu.directedEoi = false;
    assign(vcpu.irr, noVectors);
    assign(vcpu.isr, noVectors);
    assign(vcpu.tmr, noVectors);
    vcpu.irrUnseen = false;
    events.lvt0ExtInt = false;
    publishApicMap(d);
    events.nmiRequestLeft = events.nmiRequestLeft || events.nmiQueued;
    events.nmiQueued = false;
    events.nmiPending = false;
    events.smiPending = false;
    events.interruptInjected = false;
    vcpu.interruptFlag = false;
    vcpu.req.EVENT = true;
    vcpu.mp = "INIT_RECEIVED";
    vcpu.pc = "ACCEPT_SIPI";
  },
});

export const acceptSipi = (ops: VendorOps): Action<State> =>
  action("accept_sipi", {
    ...at("ACCEPT_SIPI"),
    kernel:
      "kvm_apic_accept_events(): test_and_clear_bit(KVM_APIC_SIPI, &pending_events); INIT_RECEIVED becomes RUNNABLE",
    branch: (s, { v }: OfVcpu, after) => {
      if (!s.vcpu[v].initSipi.sipi) return said("no SIPI is pending", after, v);
      return s.vcpu[v].mp === "INIT_RECEIVED"
        ? said("a SIPI is pending, vcpu_deliver_sipi_vector(), RUNNABLE", after, v)
        : said("a SIPI is pending, and dropped", after, v);
    },
    source: "irqchip 7.6 EVENTS, 7.6 CALLERS",
    atomic:
      "one locked bit operation, which orders it before the read of the vector; the rest is this thread's own",
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      if (vcpu.initSipi.sipi && vcpu.mp === "INIT_RECEIVED") {
        if (ops.keepsPvUnhalted) vcpu.mp = "RUNNABLE";
        else makeRunnable(d, v);
      }
      vcpu.initSipi.sipi = false;
      returns(ops, d, v);
    },
  });

/** KVM_RUN of an ordinary vCPU that waits for its first INIT; a TD's is refused or never waits. */
const runUninitialized = action("KVM_RUN_uninitialized", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_arch_vcpu_ioctl_run(): UNINITIALIZED, kvm_vcpu_block()",
  source: "irqchip 7.6 RUN",
  atomic: "under vcpu->mutex, which is held until KVM_RUN returns",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "USER") &&
    vcpuIoctlAllowed(s, v) &&
    initAllowed(s, s.vcpu[v]) &&
    !s.vm.dead &&
    s.vcpu[v].mp === "UNINITIALIZED",
  effect: (d, { v }) => {
    d.vcpu[v].pc = "BLOCK_PUBLISH";
  },
});

/** A vCPU that is not the boot vCPU waits for INIT and SIPI. */
const createAp = action("vcpu_is_no_bsp", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_arch_vcpu_create(): !kvm_vcpu_is_reset_bsp(), KVM_MP_STATE_UNINITIALIZED",
  source: "irqchip 7.6 RUN, 6.13 MP_STATE",
  atomic: "before the vCPU runs",
  guard: (s, { v }) => s.vcpu[v].pc === "USER" && s.vcpu[v].mp === "RUNNABLE" && initAllowed(s, s.vcpu[v]),
  effect: (d, { v }) => {
    d.vcpu[v].mp = "UNINITIALIZED";
    d.vcpu[v].events.lvt0ExtInt = false;
  },
});

/** kvm_apic_accept_events() with the reset of an INIT, and a vCPU that waits for it. */
export const initSipi = (ops: VendorOps): readonly Action<State>[] => [
  acceptInit(ops),
  resetPosted,
  resetTimer,
  resetRegisters,
  acceptSipi(ops),
  runUninitialized,
  createAp,
];

export default initSipi;
