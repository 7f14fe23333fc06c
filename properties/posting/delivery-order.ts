import { anyVector } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";
import { posterPcs, type PosterPc } from "../../models/kvm/state-poster.ts";
import type { Vector } from "../../models/kvm/state-vectors.ts";

type Vcpu = State["vcpu"][number];

/** A thread on another pCPU that delivers: where it stands, to whom, and the vectors that it may have. */
interface Delivery {
  readonly pc: string;
  readonly target: number;
  readonly vectors: readonly Vector[];
}

/** Of an assigned device's place it is not known whether the interrupt is its own or that of a message. */
const deliveries = ({ device, rtc, pin, pic, pit, msi, ipi, timer }: State): readonly Delivery[] => [
  { pc: device.pc, target: device.pcTarget, vectors: ["device", "msi"] },
  { pc: rtc.pc, target: rtc.target, vectors: ["rtc"] },
  { pc: pin.pc, target: pin.target, vectors: ["device"] },
  { pc: pic.pc, target: pic.target, vectors: [] },
  { pc: pit.worker, target: 0, vectors: ["pit"] },
  { pc: msi.delivery.pc, target: msi.delivery.target, vectors: ["msi"] },
  { pc: ipi.pc, target: ipi.target, vectors: ["ipi"] },
  ...timer.map(({ pc }, target): Delivery => ({ pc, target, vectors: ["timer"] })),
];

const isPosterPc = (pc: string): pc is PosterPc => (posterPcs as readonly string[]).includes(pc);
const awake = ({ waiter, task }: Vcpu): boolean => !waiter || task === "RUNNING";
const done = undefined;

/** What follows a step of deliver_interrupt(), by what its vCPU was; and what the step leaves of that. */
const order: Readonly<
  Record<
    PosterPc,
    readonly [
      to: (vcpu: Vcpu, had: boolean) => PosterPc | undefined,
      leaves?: (vcpu: Vcpu, has: (register: "pir" | "irr") => boolean) => boolean,
    ]
  >
> = {
  APICV_TEST: [({ apicvActive }) => (apicvActive ? "SET_PIR" : "SOFT_IRR")],
  SET_PIR: [(_, had) => (had ? done : "SET_ON"), (_, has) => has("pir")],
  SET_ON: [({ on }) => (on ? done : "NOTIFY_TEST"), ({ on }) => on],
  NOTIFY_TEST: [
    ({ mode }) => (mode === "IN_GUEST" ? "NOTIFY" : done),
    (vcpu) => vcpu.mode === "IN_GUEST" || awake(vcpu),
  ],
  NOTIFY: [() => done],
  SOFT_IRR: [() => "SOFT_EVENT", (_, has) => has("irr")],
  SOFT_EVENT: [() => "SOFT_KICK", ({ req }) => req.EVENT],
  SOFT_KICK: [
    (vcpu) => (awake(vcpu) && vcpu.mode === "IN_GUEST" ? "SOFT_RESCHEDULE" : done),
    (vcpu) => awake(vcpu) && vcpu.mode !== "IN_GUEST",
  ],
  SOFT_RESCHEDULE: [() => done, ({ irq }) => irq.RESCHEDULE],
  SVM_IRR: [() => "SVM_MODE", (_, has) => has("irr")],
  SVM_MODE: [({ mode }) => (mode === "IN_GUEST" ? "SVM_TEST_IN_GUEST" : "SVM_TEST_OUTSIDE")],
  SVM_TEST_IN_GUEST: [({ apicvActive }) => (apicvActive ? "DOORBELL" : "SOFT_EVENT")],
  SVM_TEST_OUTSIDE: [
    ({ apicvActive }) => (apicvActive ? done : "SOFT_EVENT"),
    (vcpu) => !vcpu.apicvActive || awake(vcpu),
  ],
  DOORBELL: [() => done, ({ pc, irrUnseen }) => pc !== "NONROOT" || !irrUnseen],
};

/** Where deliver_interrupt(), a request of KVM_REQ_EVENT or, of an NMI, the kick begins. */
const first: readonly string[] = ["APICV_TEST", "SET_PIR", "SVM_IRR", "SOFT_EVENT", "SOFT_KICK"];

const inOrder = (before: Delivery, after: Delivery, was: readonly Vcpu[], is: readonly Vcpu[]): boolean => {
  const { pc, target, vectors } = before;
  if (pc === after.pc) return true;
  if (!isPosterPc(pc)) return !isPosterPc(after.pc) || first.includes(after.pc);
  const [to, leaves] = order[pc];
  const had = vectors.map((vector) => was[target].pir[vector]);
  const goesTo = [had.includes(true), !had.includes(false)].some((posted) => {
    const next = to(was[target], posted);
    return next === undefined ? !isPosterPc(after.pc) : after.pc === next && after.target === target;
  });
  const has = (register: "pir" | "irr") => vectors.some((vector) => is[target][register][vector]);
  return goesTo && (leaves?.(is[target], has) ?? true);
};

export const deliveryFollowsTheSource = step({
  id: "delivery-follows-the-source",
  statement:
    "A thread that delivers to the vCPU of another goes through deliver_interrupt() in the order of the source: PIR, ON, mode, the " +
    "notification; or IRR, KVM_REQ_EVENT, the kick; with AVIC IRR, mode, apicv_active, the doorbell",
  source: "timer 2.7; irqchip 7.1",
  kernel: "vmx_deliver_interrupt(), __vmx_deliver_posted_interrupt(), svm_deliver_interrupt()",
  antecedent: (before, after) => {
    const now = deliveries(after);
    return deliveries(before).some(
      ({ pc }, i) => pc !== now[i].pc && (isPosterPc(pc) || isPosterPc(now[i].pc)),
    );
  },
  holds: (before, after) => {
    const now = deliveries(after);
    return deliveries(before).every((one, i) => inOrder(one, now[i], before.vcpu, after.vcpu));
  },
});

export const notificationIsOfAPost = step({
  id: "notification-is-of-a-post",
  statement:
    "POSTED_INTR_VECTOR becomes pending on a vCPU's pCPU only since a thread that posts to it sends it, a TD with ON is entered, the " +
    "IOMMU's notification arrives, or a guest's IPI is virtualized",
  source: "timer 2.7, 2.9, 4.7; irqchip 7.3",
  kernel: "kvm_vcpu_trigger_posted_interrupt(), tdx_vcpu_run(): self-IPI; NDST",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    !before[v].irq.POSTED_INTR && after[v].irq.POSTED_INTR,
  holds: (before, { vcpu }, { action }, { v }) =>
    deliveries(before).some(({ pc, target }) => pc === "NOTIFY" && target === v) ||
    (before.vcpu[v].pc === "VENDOR_RUN" && vcpu[v].pc !== "VENDOR_RUN" && vcpu[v].on) ||
    (before.device.notification === "POSTED" && before.device.target === v) ||
    action === "guest_write_icr",
});

/** Where KVM_REQ_EVENT is to come, of an APIC that KVM emulates. */
const eventToCome: readonly string[] = ["SOFT_EVENT", "SVM_MODE", "SVM_TEST_IN_GUEST", "SVM_TEST_OUTSIDE"];

export const emulatedIrrIsInjected = invariant({
  id: "vector-in-emulated-irr-is-injected",
  statement:
    "No guest whose APIC KVM emulates runs with a vector in IRR and none in service, unless KVM_REQ_EVENT is set or to come, or " +
    "the guest exits once it can take an interrupt",
  source: "timer 2.7; irqchip 5.3",
  kernel: "kvm_check_and_inject_events(), kvm_enable_irq_window(), vmx_deliver_interrupt(): KVM_REQ_EVENT",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu }, { v }) =>
    vm.type === "KVM_X86_DEFAULT_VM" &&
    vcpu[v].pc === "NONROOT" &&
    !vcpu[v].apicvActive &&
    !vcpu[v].blockIrq &&
    anyVector(vcpu[v].irr) &&
    !anyVector(vcpu[v].isr),
  holds: (s, { v }) =>
    s.vcpu[v].req.EVENT ||
    s.vcpu[v].irqWindow ||
    deliveries(s).some(({ pc, target }) => target === v && eventToCome.includes(pc)),
});
