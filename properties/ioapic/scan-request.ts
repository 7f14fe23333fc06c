import { has, none } from "#check";
import { step, type State } from "../../models/kvm/state.ts";

type Scan = State["scan"];

/** What each step of the request leaves; `v` is the first vCPU that has yet to be requested. */
const leaves: Readonly<Record<Scan["pc"], (before: State, after: State, v: number) => boolean>> = {
  IDLE: (_, { scan }) => scan.pc === "REQUEST" && scan.todo !== none && scan.ipi === none,
  REQUEST: ({ scan: was, pin }, { scan, vcpu }, v) =>
    scan.pc === "MODE" &&
    pin.pc === "IDLE" &&
    vcpu[v].req.SCAN_IOAPIC &&
    scan.todo === was.todo &&
    scan.ipi === was.ipi,
  MODE: ({ scan: was, vcpu: before }, { scan, vcpu }, v) =>
    scan.pc === (scan.todo === none ? "IPI" : "REQUEST") &&
    scan.todo === (was.todo & ~(1 << v)) &&
    scan.ipi === (before[v].mode === "OUTSIDE" ? was.ipi : was.ipi | (1 << v)) &&
    vcpu[v].mode !== "IN_GUEST",
  IPI: ({ scan: was }, { scan, vcpu }) =>
    scan.pc === "WAIT" &&
    scan.ipi === was.ipi &&
    vcpu.every(({ irq }, v) => !has(scan.ipi, v) || irq.CALL_FUNCTION),
  WAIT: ({ scan: was, vcpu }, { scan }) =>
    scan.pc === "IDLE" &&
    scan.ipi === none &&
    vcpu.every(({ irq }, v) => !has(was.ipi, v) || !irq.CALL_FUNCTION),
};

export const scanRequestFollowsTheSource = step({
  id: "scan-request-follows-the-source",
  statement:
    "Who has vCPUs scan the I/O APIC again requests it of one after the other and makes each leave its guest, sends one IPI to all that " +
    "were not outside, and waits until each has handled it. It begins after the pin's delivery, and the lock is held until it has waited",
  source: "irqchip 3.1, 7.5; timer 2.2",
  kernel:
    "kvm_make_vcpus_request_mask(KVM_REQ_SCAN_IOAPIC), kvm_kick_many_cpus(): smp_call_function_many(wait)",
  antecedent: ({ scan: before }, { scan: after }) =>
    before.pc !== after.pc ||
    before.todo !== after.todo ||
    before.ipi !== after.ipi ||
    before.waiting !== after.waiting,
  holds: (before, after) => {
    const { scan, vcpu } = before;
    const first = vcpu.findIndex((_, v) => has(scan.todo, v));
    const called = vcpu.some(({ irq }, v) => !irq.CALL_FUNCTION && after.vcpu[v].irq.CALL_FUNCTION);
    return (
      leaves[scan.pc](before, after, first) &&
      after.scan.waiting === (after.scan.pc !== "IDLE") &&
      (scan.pc === "IPI" || !called)
    );
  },
});
