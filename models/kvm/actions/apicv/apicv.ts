import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { apicvActivated, highestVector, requestBeforeApicv, threadAt } from "../../predicates.ts";
import { inhibitReasons, type InhibitReason } from "../../state-apicv.ts";
import { action, cpu, type State } from "../../state.ts";
import { bugVm } from "./bug.ts";
import { changesInhibit } from "../../prints/inhibit.ts";

/** refresh_apicv_exec_ctrl(), called only where apicv_active has just changed. */
export type Refresh = (d: Draft<State>, v: number) => void;

/** An ordinary guest: the controls of the VMCS, or VMCB, follow. */
export const refreshControls: Refresh = () => {};

/** As posted: a TD must never get here. */
export const refreshWarns: Refresh = (d) => {
  d.vm.ghostRefreshWarned = true;
};

/** As merged: a TD whose APICv became inactive is bugged, and so is its VM. */
export const refreshBugs: Refresh = (d, v) => {
  if (!d.vcpu[v].apicvActive) bugVm(d, v);
};

/** What else kvm_vcpu_update_apicv() does once it has stored apicv_active. */
export type Follow = (d: Draft<State>, v: number) => void;

/** KVM_REQ_LOAD_EOI_EXITMAP as APICv is activated: in no kernel. */
export const reloadsEoiExitmap: Follow = (d, v) => {
  if (d.vcpu[v].apicvActive) d.vcpu[v].req.LOAD_EOI_EXITMAP = true;
};

/** Up to 6.18 nothing loads SVI as APICv is activated: it is what it was as APICv was inhibited. */
export const leavesSvi: Follow = (d, v) => {
  const vcpu = d.vcpu[v];
  const highest = highestVector(vcpu.isr) ?? "NONE";
  if (vcpu.apicvActive) {
    if (vcpu.svi === highest) vcpu.svi = "HIGHEST_ISR";
  } else if (vcpu.svi === "HIGHEST_ISR") vcpu.svi = highest;
};

/** kvm_vcpu_update_apicv() on its own vCPU. */
export const updateApicv = (refresh: Refresh, ...follow: readonly Follow[]): Action<State> =>
  action("req_apicv_update", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_update_apicv(), refresh_apicv_exec_ctrl()",
    source: "m1, m3; timer 3.4, 4.2",
    atomic:
      "apicv_update_lock held for reading, also while KVM_BUG_ON tells the vCPUs: no inhibit changes meanwhile",
    guard: (s, { v }) =>
      s.vcpu[v].req.APICV_UPDATE &&
      !s.vm.apicvLock &&
      (threadAt(s.vcpu[v], "REQUEST_APICV") ||
        (threadAt(s.vcpu[v], "REQUESTS") && !requestBeforeApicv(s.vcpu[v]))),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.req.APICV_UPDATE = false;
      vcpu.pc = "REQUESTS_DONE";
      const activate = apicvActivated(d.vm) && vcpu.apicMode !== "DISABLED";
      if (activate === vcpu.apicvActive) return;
      vcpu.apicvActive = activate;
      for (const more of follow) more(d, v);
      refresh(d, v);
      if (!activate) vcpu.req.EVENT = true;
    },
  });

const inhibitor = "userspace";
type InhibitorPc = State["inhibitor"]["pc"];
const at = (pc: InhibitorPc) => (s: State) => s.inhibitor.pc === pc;

/** Whether storing the inhibit makes the mask cross between empty and not: no other reason is set. */
const crosses = ({ inhibit }: Pick<State["vm"], "inhibit">, reason: InhibitReason): boolean =>
  inhibitReasons.every((other) => other === reason || !inhibit[other]);

/**
 * kvm_set_or_clear_apicv_inhibit(): takes the lock; a reason that the vendor does not require is not even recorded, none
 * is where the module has no APICv, and without a crossing the mask is stored at once.
 */
export const changeInhibit = (
  { requiredInhibits }: VendorOps,
  d: Draft<State>,
  reason: InhibitReason,
  set: boolean,
  v: number,
): void => {
  const { inhibitor } = d;
  if (!d.host.enableApicv || !requiredInhibits.includes(reason) || d.vm.inhibit[reason] === set) return;
  if (!crosses(d.vm, reason)) {
    d.vm.inhibit[reason] = set;
    return;
  }
  d.vm.apicvLock = true;
  inhibitor.reason = reason;
  inhibitor.set = set;
  inhibitor.target = 0;
  inhibitor.ioctlOn = v;
  inhibitor.ipi = 0;
  inhibitor.pc = "REQUEST";
};

/** Ends the change: the lock is released and nothing is remembered. */
const release = (d: Draft<State>): void => {
  d.vm.apicvLock = false;
  d.inhibitor.pc = "IDLE";
  d.inhibitor.target = 0;
  d.inhibitor.ioctlOn = 0;
  d.inhibitor.reason = "BLOCKIRQ";
  d.inhibitor.set = false;
};

/** The apic map is rebuilt, for example by another vCPU's KVM_TDX_INIT_VCPU; its allocation works or fails. */
export const recalculateMap = (ops: VendorOps, results: readonly ("ok" | "enomem")[]): Action<State> =>
  action("recalculate_apic_map", {
    actor: inhibitor,
    args: { result: results },
    kernel: "kvm_recalculate_apic_map(): PHYSICAL_ID_ALIASED set without a map, cleared with one",
    prints: (s, { result }: { readonly result: string }) =>
      changesInhibit(ops, s, "PHYSICAL_ID_ALIASED", result === "enomem"),
    source: "m3; timer 3.6",
    atomic:
      "apic_map_lock; what it changes of the inhibits it changes under apicv_update_lock, step by step below",
    guard: (s) => s.inhibitor.pc === "IDLE" && !s.vm.dead && s.vcpu.some(({ pc }) => pc !== "ABSENT"),
    effect: (d, { result }) => changeInhibit(ops, d, "PHYSICAL_ID_ALIASED", result === "enomem", 0),
  });

const requestBit = action("inhibit_request", {
  actor: inhibitor,
  kernel: "kvm_make_all_cpus_request(KVM_REQ_APICV_UPDATE): set the bit",
  source: "timer 3.3, 2.2",
  atomic: "one locked bit operation",
  guard: at("REQUEST"),
  effect: (d) => {
    d.vcpu[d.inhibitor.target].req.APICV_UPDATE = true;
    d.inhibitor.pc = "MODE";
  },
});

const requestMode = action("inhibit_request_mode", {
  actor: inhibitor,
  kernel: "kvm_request_needs_ipi(): cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)",
  source: "timer 2.2: WAIT, NO_WAKEUP",
  atomic: "one locked instruction after a full barrier",
  guard: at("MODE"),
  effect: (d) => {
    const { inhibitor } = d;
    const vcpu = d.vcpu[inhibitor.target];
    if (vcpu.mode !== "OUTSIDE") inhibitor.ipi |= 1 << inhibitor.target;
    if (vcpu.mode === "IN_GUEST") vcpu.mode = "EXITING";
    const last = inhibitor.target === d.vcpu.length - 1;
    inhibitor.target = last ? 0 : inhibitor.target + 1;
    inhibitor.pc = last ? "IPI" : "REQUEST";
  },
});

const sendIpi = action("inhibit_ipi", {
  actor: inhibitor,
  kernel: "kvm_kick_many_cpus(): smp_call_function_many(wait)",
  source: "timer 2.2",
  atomic: "the IPIs of one mask go out in one loop; each is taken by its CPU on its own",
  guard: at("IPI"),
  effect: (d) => {
    for (let i = 0; i < d.vcpu.length; i++)
      if ((d.inhibitor.ipi >>> i) & 1) d.vcpu[i].irq.CALL_FUNCTION = true;
    d.inhibitor.pc = "WAIT";
  },
});

const waitAcks = action("inhibit_wait", {
  actor: inhibitor,
  kernel: "smp_call_function_many(wait): every target acked",
  source: "timer 2.2: an ack needs host IRQs on, past the store of OUTSIDE",
  atomic: "the wait ends once all acks are there",
  guard: (s) =>
    s.inhibitor.pc === "WAIT" &&
    s.vcpu.every(({ irq }, i) => ((s.inhibitor.ipi >>> i) & 1) === 0 || !irq.CALL_FUNCTION),
  effect: (d) => {
    d.inhibitor.ipi = 0;
    d.inhibitor.pc = "STORE";
  },
});

const storeInhibit = action("inhibit_store", {
  actor: inhibitor,
  kernel: "__kvm_set_or_clear_apicv_inhibit(): the mask is stored; up_write()",
  source: "timer 3.3",
  atomic: "one store; who waits for the lock sees it once the lock is free",
  guard: at("STORE"),
  effect: (d) => {
    d.vm.inhibit[d.inhibitor.reason] = d.inhibitor.set;
    release(d);
  },
});

/** The steps of a change of the inhibit mask that crosses zero: request, kick, wait, store. */
export const inhibitSteps: readonly Action<State>[] = [
  requestBit,
  requestMode,
  sendIpi,
  waitAcks,
  storeInhibit,
];

export default inhibitSteps;
