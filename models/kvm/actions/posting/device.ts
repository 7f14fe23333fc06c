import type { Action } from "#check";
import { wakeUp, type VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { runWakeupHandler } from "./pi-wakeup.ts";
import { posterActions } from "./poster.ts";
import type { OfVcpu } from "../../citation.ts";
import { accepts } from "../../prints/delivery.ts";
import { sends } from "../../prints/messages.ts";
import { gsis, vectorNumber } from "../../prints/numbers.ts";
import { kvmPiIrteUpdate } from "../../tracepoints/irqchip.ts";

/** The three ways of an interrupt: the IOMMU posts it, an irqfd's thread posts it, or it is only about to be assigned. */
export const device = (ops: VendorOps): readonly Action<State>[] => [
  ...startBypass,
  vtdPost,
  vtdNotify,
  ...irqfd(ops),
];

/** The thread of an irqfd, or of any other software source of the device's vector. */
export const irqfd = (ops: VendorOps): readonly Action<State>[] => [irqfdSignal(ops), ...irqfdPost];

const startBypass = [
  action("irq_bypass_start", {
    actor: "userspace",
    kernel: "kvm_arch_irq_bypass_add_producer(): nr_possible_bypass_irqs",
    source: "timer 2.11",
    atomic: "kvm->irqfds.lock; vmx_vcpu_pi_put() reads the count without it",
    guard: (s: State) => s.device.attach === "NONE",
    effect: (d) => {
      d.vm.bypassIrqs = true;
      d.device.attach = "REQUEST";
    },
  }),
  action("irq_bypass_request_unblock", {
    actor: "userspace",
    kernel: "vmx_pi_start_bypass(): kvm_make_all_cpus_request(KVM_REQ_UNBLOCK), the bit",
    source: "timer 2.11, 2.2",
    atomic: "one locked bit operation for each vCPU; each vCPU looks at its own only",
    guard: (s: State) => s.device.attach === "REQUEST",
    effect: (d) => {
      for (let i = 0; i < d.vcpu.length; i++) if (d.vcpu[i].pc !== "ABSENT") d.vcpu[i].req.UNBLOCK = true;
      d.device.attach = "KICK";
    },
  }),
  action("irq_bypass_kick", {
    actor: "userspace",
    kernel:
      "kvm_make_all_cpus_request(): rcuwait_wake_up() of who sleeps, cmpxchg(mode) and the IPI of who runs the guest",
    source: "timer 2.11, 2.2",
    atomic:
      "the IPI follows the cmpxchg that decides on it; a vCPU that leaves the guest in between needs it no more",
    // pi_update_irte() comes next, and is no step: nobody posts before it.
    prints: () => [kvmPiIrteUpdate.event({ set: true, vcpu: 0, gsi: gsis.msi, gvec: vectorNumber.device })],
    guard: (s: State) => s.device.attach === "KICK",
    effect: (d) => {
      for (let i = 0; i < d.vcpu.length; i++) {
        const vcpu = d.vcpu[i];
        if (wakeUp(d, i) || vcpu.mode !== "IN_GUEST") continue;
        vcpu.mode = "EXITING";
        vcpu.irq.CALL_FUNCTION = true;
      }
      d.device.attach = "DONE";
    },
  }),
];

const vtdPost = action("vtd_post", {
  actor: "device",
  args: { v: "vcpu" },
  kernel: "VT-d interrupt posting: PIR; ON, with a notification to be sent, where neither ON nor SN is set",
  branch: ({ vcpu }, { v }: OfVcpu) => {
    if (vcpu[v].on) return "VT-d interrupt posting: PIR; ON is set already";
    return vcpu[v].sn
      ? "VT-d interrupt posting: PIR; SN is set"
      : "VT-d interrupt posting: PIR, and ON with a notification to be sent";
  },
  source: "timer 2.9, 8 W_DEV_POST",
  atomic:
    "one atomic update of the descriptor; the IOMMU sends one notification after the other. It posts once " +
    "pi_update_irte() has run, which comes after vmx_pi_start_bypass()",
  guard: (s, { v }) =>
    s.device.attach === "DONE" && s.device.notification === "NONE" && s.vcpu[v].pc !== "ABSENT",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.pir.device = true;
    if (vcpu.on || vcpu.sn) return;
    vcpu.on = true;
    d.device.notification = vcpu.nv;
    d.device.to = vcpu.ndst;
    d.device.target = v;
  },
});

const vtdNotify = action("vtd_notify", {
  actor: "device",
  args: { v: "vcpu" },
  kernel: "the IOMMU's notification arrives: the vector NV at the pCPU NDST, both as of the post",
  source: "timer 2.9, 2.11",
  atomic:
    "one event; its delay is before it. At a pCPU that the vCPU has left, the handler runs at once: POSTED_INTR_VECTOR does " +
    "nothing there",
  guard: (s, { v }) => s.device.notification !== "NONE" && s.device.target === v,
  effect: (d, { v }) => {
    const { device } = d;
    const vcpu = d.vcpu[v];
    if (vcpu.cpu !== device.to) {
      if (device.notification === "WAKEUP") runWakeupHandler(d, v, device.to);
    } else if (device.notification === "WAKEUP") vcpu.irq.PI_WAKEUP = true;
    else vcpu.irq.POSTED_INTR = true;
    device.notification = "NONE";
    device.to = "P0";
    device.target = 0;
  },
});

const irqfdSignal = (ops: VendorOps): Action<State> =>
  action("irqfd_signal", {
    actor: "irqfd",
    args: { v: "vcpu" },
    kernel: "irqfd_inject(): kvm_set_msi(), kvm_irq_delivery_to_apic()",
    prints: (_, { v }: OfVcpu) => [sends("device", [v === 0 ? "0" : "1", "EDGE"]), accepts(v, "device")],
    source: "timer 2.7: software posting consults neither SN nor NV",
    atomic: "the eventfd is signalled at any moment",
    guard: (s) => s.device.pc === "IDLE",
    effect: (d, { v }) => {
      d.device.pc = ops.deliverFrom;
      d.device.pcTarget = v;
    },
  });

/** deliver_interrupt() of the device's vector by a thread on another pCPU. */
const irqfdPost = posterActions({
  name: "irqfd",
  actor: "irqfd",
  vector: "device",
  caller: "timer 2.11",
  at: (s, v, pc) => s.device.pc === pc && s.device.pcTarget === v,
  go: (d, _, pc) => {
    d.device.pc = pc;
  },
  done: (d) => {
    d.device.pc = "IDLE";
    d.device.aim = "P0";
    d.device.pcTarget = 0;
  },
  accepted: () => {},
  aim: (d, v) => {
    d.device.aim = d.vcpu[v].cpu;
  },
  reaches: (d, v) => d.vcpu[v].cpu === d.device.aim,
});

export default device;
