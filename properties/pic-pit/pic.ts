import { anyVector } from "../../models/kvm/predicates.ts";
import { picIrq } from "../../models/kvm/pic.ts";
import { invariant, sometimes, type State } from "../../models/kvm/state.ts";

const kernel = "kvm_pic_read_irq(), pic_get_irq(), pic_clear_isr()";
const inService = ({ pic: { isr } }: State): number => Number(isr.hi) + Number(isr.lo);

/** Vectors of the PIC that were posted and not taken. */
const posted = ({ pir, irr }: State["vcpu"][number]): number =>
  [pir.pit, irr.pit, pir.rtc, irr.rtc].filter(Boolean).length;

export const picServiceEnds = invariant({
  id: "pic-in-service-has-its-handler",
  statement:
    "While the guest runs, each interrupt in service in the PIC has a handler in the guest that will end it, or is on its way " +
    "there: none is acknowledged for good",
  source: "irqchip 5.4 L1",
  claim: "C19",
  kernel,
  antecedent: (s) => s.vcpu.every(({ pc }) => pc === "NONROOT") && inService(s) > 0,
  holds: (s) => s.vcpu.reduce((sum, one) => sum + one.events.picHandlers + posted(one), 0) >= inService(s),
});

export const picServesLowerAfterHigher = sometimes({
  id: "pic-asks-again-after-irq0",
  statement: "After IRQ0 was acknowledged the PIC raises its output for an interrupt of a lower priority",
  source: "irqchip 5.4 L1",
  claim: "C19",
  kernel,
  holds: (s) => s.pic.ghostServedHi && picIrq(s) === "lo",
});

export const picWakesVcpu = invariant({
  id: "pic-output-wakes-vcpu",
  statement:
    "No vCPU that takes the PIC's interrupts runs its guest with the PIC's output up, unless KVM_REQ_EVENT is requested, or " +
    "about to be",
  source: "irqchip 5.1",
  kernel: "pic_unlock(): KVM_REQ_EVENT, kvm_vcpu_kick()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) =>
    s.vcpu[v].pc === "NONROOT" &&
    s.pic.output &&
    s.vcpu[v].events.lvt0ExtInt &&
    !s.vcpu[v].events.interruptInjected,
  holds: (s, { v }) => s.vcpu[v].req.EVENT || ["WAKEUP", "SOFT_EVENT"].includes(s.pic.pc),
});

export const guestEndsWhatItsLapicHas = invariant({
  id: "posted-extint-leaves-lapic-alone",
  statement:
    "Once the guest has ended all interrupts of the PIC at the PIC, none of them is in service in its LAPIC, where it would " +
    "hold back all of the same priority or lower",
  source: "m3; irqchip 5.4 PIC=POST",
  claim: "m3-post",
  kernel: "vt_inject_irq() if it posted",
  antecedent: (s) =>
    s.vcpu.every(({ pc, events }) => pc === "NONROOT" && events.picHandlers === 0 && events.ghostExtIntTaken),
  holds: ({ vcpu }) => vcpu.every(({ isr }) => !anyVector(isr)),
});
