import type { Action } from "#check";
import { action, type State } from "../../state.ts";
import { ioctl, ioctlReturns } from "../../ioctl.ts";

const actor = "userspace";
const at = (pc: State["msi"]["routing"]) => (s: State) => s.msi.routing === pc;

const differs = ({ route, delivery }: State["msi"]): boolean =>
  route.dest !== delivery.dest || route.trig !== delivery.trig;

/** The first step of KVM_SET_GSI_ROUTING, to a message with one of some trigger modes. */
export const setGsiRouting = (trig: readonly ("EDGE" | "LEVEL")[]): Action<State> =>
  ioctl("KVM_SET_GSI_ROUTING", {
    actor,
    args: { dest: ["0", "1", "0xff"], trig },
    kernel: "kvm_set_irq_routing(): rcu_assign_pointer(kvm->irq_routing)",
    source: "m5, m8; irqchip 6.6",
    atomic: "kvm->irq_lock; readers see the old entry or the new one (irqchip 7.5)",
    guard: at("IDLE"),
    refuses: (s) => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined),
    goesOn: true,
    effect: (d, { dest, trig }) => {
      d.msi.route.dest = dest;
      d.msi.route.trig = trig;
      d.msi.routing = "IRQFDS";
    },
  });

/** KVM_SET_GSI_ROUTING step by step: publish, refresh the irqfds, have the vCPUs scan, wait for the readers. */
export const gsiRouting: readonly Action<State>[] = [
  setGsiRouting(["EDGE"]),
  action("kvm_irq_routing_update", {
    actor,
    kernel: "kvm_irq_routing_update(): irqfd_update() of every irqfd",
    source: "irqchip 6.6",
    atomic: "irqfds.lock and the seqcount, under kvm->irq_lock (irqchip 7.5)",
    guard: at("IRQFDS"),
    effect: (d) => {
      d.msi.irqfd.dest = d.msi.route.dest;
      d.msi.irqfd.trig = d.msi.route.trig;
      d.msi.routing = d.vm.irqchip === "SPLIT" ? "SCAN" : "SYNC";
    },
  }),
  action("post_irq_routing_update", {
    actor,
    kernel: "kvm_arch_post_irq_routing_update(): kvm_make_scan_ioapic_request(), the bits",
    source: "irqchip 3.1, 6.6: with a split irqchip",
    atomic: "one locked bit operation for each vCPU; each vCPU looks at its own only",
    guard: at("SCAN"),
    effect: (d) => {
      for (let i = 0; i < d.vcpu.length; i++) d.vcpu[i].req.SCAN_IOAPIC = d.vcpu[i].pc !== "ABSENT";
      d.msi.routing = "KICK";
    },
  }),
  action("post_irq_routing_kick", {
    actor,
    kernel: "kvm_make_all_cpus_request(): cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE), the IPI",
    source: "irqchip 3.1; timer 2.2: WAIT, NO_WAKEUP",
    atomic: "the IPI follows the cmpxchg that decides on it; a vCPU that leaves in between needs it no more",
    guard: at("KICK"),
    effect: (d) => {
      for (let i = 0; i < d.vcpu.length; i++) {
        const vcpu = d.vcpu[i];
        if (vcpu.mode === "OUTSIDE") continue;
        vcpu.mode = "EXITING";
        vcpu.irq.CALL_FUNCTION = true;
      }
      d.msi.routing = "WAIT";
    },
  }),
  action("post_irq_routing_wait", {
    actor,
    kernel: "smp_call_function_many(wait): every target acked",
    source: "irqchip 3.1; timer 2.2",
    atomic: "the wait ends once all acks are there",
    guard: (s) => at("WAIT")(s) && s.vcpu.every(({ irq }) => !irq.CALL_FUNCTION),
    effect: (d) => {
      d.msi.routing = "SYNC";
    },
  }),
  ioctlReturns("synchronize_irq_srcu", {
    actor,
    kernel: "kvm_set_irq_routing(): synchronize_srcu_expedited(irq_srcu), the old table is freed",
    source: "irqchip 6.6",
    atomic:
      "waits for those who hold irq_srcu while they deliver: an irqfd inline, not kvm_set_irq() (2.2, 7.5)",
    guard: (s) => at("SYNC")(s) && s.msi.delivery.by !== "IRQFD",
    answers: () => "0",
    effect: (d) => {
      d.msi.routing = "IDLE";
      d.msi.ghostStale = ["IRQ_LINE", "WORK"].includes(d.msi.delivery.by) && differs(d.msi);
    },
  }),
];

export default gsiRouting;
