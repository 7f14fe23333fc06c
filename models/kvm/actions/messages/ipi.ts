import type { Action, Draft } from "#check";
import type { HardwareIpi } from "../../hardware-ipi.ts";
import { wakeUp, type VendorOps } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import type { Destination } from "../../state-delivery.ts";
import { action, type State } from "../../state.ts";
import { beginDelivery, deliverySteps, endDelivery, slowPath, type Sender } from "./message-delivery.ts";
import { inGuest, leave } from "../../leave.ts";
import { byGuest } from "../../text.ts";
import { apicWriteExit } from "../../vm-exits.ts";
import { icrWritten } from "../../prints/exits.ts";
import { sendsIpi } from "../../prints/messages.ts";
import { kvmAvicIncompleteIpi } from "../../tracepoints/lapic.ts";

type Vcpu = State["vcpu"][number];

/** The bit is set where the target's CPU finds it, and that CPU is told if it runs the guest. */
const postFromGuest = (ops: VendorOps, d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  if (ops.deliverFrom === "SVM_IRR") {
    vcpu.irr.ipi = true;
    vcpu.irrUnseen = vcpu.pc !== "NONROOT";
    return;
  }
  vcpu.pir.ipi = true;
  if (vcpu.on || vcpu.sn) return;
  vcpu.on = true;
  vcpu.irq.POSTED_INTR = true;
};

/** AVIC_IPI_FAILURE_TARGET_NOT_RUNNING. */
export const TARGET_NOT_RUNNING = 1;

const notRunning = (vcpu: Pick<Vcpu, "pc" | "sched">): boolean =>
  vcpu.pc === "USER" || vcpu.sched !== "ON_CPU";

const destinations: readonly Destination[] = [
  "0",
  "1",
  "2",
  "0xff",
  "0xffffffff",
  "LOGICAL_2",
  "LOGICAL_3",
  "SELF",
  "ALL",
  "OTHERS",
];

/** The guest sends an IPI from vCPU 0. */
export const guestWriteIcr = (ops: VendorOps, hardwareIpi: HardwareIpi): Action<State> =>
  action("guest_write_icr", {
    actor: "CPU0",
    args: { dest: destinations },
    kernel: apicWriteExit(" of APIC_ICR; IPI virtualization; AVIC's AVIC_IPI_FAILURE_TARGET_NOT_RUNNING"),
    branch: (_, __, { vcpu }) => {
      if (vcpu[0].pc === "NONROOT")
        return byGuest("", { vmx: "IPI virtualization sends it", svm: "AVIC sends it" });
      return vcpu[0].exit === "ICR"
        ? apicWriteExit(" of APIC_ICR")
        : "AVIC sends it, and exits with AVIC_IPI_FAILURE_TARGET_NOT_RUNNING";
    },
    source: "m13, m14; irqchip 7.3",
    atomic:
      "the exit is one event of the CPU; where it sends by itself, PIR, ON and the notification, or IRR and the doorbell, " +
      "go to each target in one step: a post of another CPU in between commutes, and the target is told by the last only",
    guard: (s) => inGuest(s, 0) && s.ipi.pc === "IDLE",
    effect: (d, { dest }) => {
      const targets = hardwareIpi(d.vcpu[0], dest, d.vcpu.length);
      if (targets === undefined) {
        beginDelivery(d.ipi, { dest, trig: "EDGE" }, "ICR");
        d.ipi.pc = "ROUTED";
        return leave(d, 0, "ICR");
      }
      let incomplete = false;
      for (let v = 0; v < d.vcpu.length; v++) {
        if (((targets >>> v) & 1) === 0) continue;
        postFromGuest(ops, d, v);
        if (ops.deliverFrom === "SVM_IRR" && v !== 0 && notRunning(d.vcpu[v])) incomplete = true;
      }
      if (!incomplete) return;
      d.ipi.targets = targets;
      leave(d, 0, "INCOMPLETE_IPI");
    },
  });

const sender: Sender = {
  name: "ipi",
  actor: "CPU0",
  vector: "ipi",
  source: "vcpu0",
  of: (s) => s.ipi,
  open: (d) => d.ipi,
  withoutFastPath: (d) => slowPath(d.ipi),
};

/** An IPI, from the write of ICR to the last of its targets. */
export const ipi = (ops: VendorOps): readonly Action<State>[] => [
  guestWriteIcr(ops, ops.hardwareIpi),
  action("kvm_apic_send_ipi", {
    actor: "CPU0",
    kernel: "kvm_x2apic_icr_write(), kvm_apic_send_ipi()",
    prints: (s) => [sendsIpi(s.ipi.dest)],
    source: "irqchip 7.3",
    atomic: "reads ICR, which is its own",
    guard: (s) => threadAt(s.vcpu[0], "ICR_SEND") && s.ipi.pc === "ROUTED",
    effect: (d) => {
      d.ipi.pc = "MAP";
    },
  }),
  ...deliverySteps(ops, sender),
  action("kvm_apic_send_ipi_return", {
    actor: "CPU0",
    kernel: "kvm_apic_send_ipi(): the result is not looked at",
    prints: () => [icrWritten],
    source: "irqchip 7.3",
    atomic: "a return",
    guard: (s) => threadAt(s.vcpu[0], "ICR_SEND") && s.ipi.pc === "DONE",
    effect: (d) => {
      endDelivery(d.ipi);
      d.vcpu[0].pc = "CLEAR_UNBLOCK";
    },
  }),
  action("avic_incomplete_ipi", {
    actor: "CPU0",
    kernel: "avic_incomplete_ipi_interception(): avic_kick_target_vcpus()",
    prints: () => [kvmAvicIncompleteIpi.event({ vcpu: 0, id: TARGET_NOT_RUNNING })],
    source: "irqchip 7.3",
    atomic: "IRR is set already; a target that runs meanwhile looks at it as it enters",
    guard: (s) => threadAt(s.vcpu[0], "INCOMPLETE_IPI"),
    effect: (d) => {
      for (let v = 0; v < d.vcpu.length; v++) if (((d.ipi.targets >>> v) & 1) === 1) wakeUp(d, v);
      d.ipi.targets = 0;
      d.vcpu[0].pc = "CLEAR_UNBLOCK";
    },
  }),
];

export default ipi;
