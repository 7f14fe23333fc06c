import type { Action, Draft } from "#check";
import { resetting } from "../../accept-events.ts";
import { acceptsEvent } from "../../prints/delivery.ts";
import type { OfVcpu } from "../../citation.ts";
import { action, type State } from "../../state.ts";
import { requestEventAndKick } from "../posting/poster.ts";

type Sent = State["sender"]["sent"];

const begin = (d: Draft<State>, v: number, pc: "SOFT_EVENT" | "SOFT_KICK"): void => {
  d.sender.pc = pc;
  d.sender.target = v;
};

const source = "irqchip 7.6 ACCEPT";

const sendInit = action("send_init", {
  actor: "sender",
  args: { v: "vcpu" },
  kernel: "__apic_accept_irq(APIC_DM_INIT): pending_events = 1 << KVM_APIC_INIT",
  prints: (_, { v }: OfVcpu) => [acceptsEvent(v, "INIT")],
  source,
  atomic: "one store, which a SIPI that is pending does not survive",
  guard: (s) => s.sender.pc === "IDLE" && s.sender.sent !== "INIT",
  effect: (d, { v }) => {
    d.vcpu[v].initSipi.init = true;
    d.vcpu[v].initSipi.sipi = false;
    d.sender.sent = "INIT";
    d.sender.nmi = false;
    begin(d, v, "SOFT_EVENT");
  },
});

/** When a SIPI may be sent: at once, or once the vCPU has had the time to accept the INIT, if that is not blocked. */
export type SipiDelay = "none" | "init-accepted";

const mayBeSent = (vcpu: State["vcpu"][number], delay: SipiDelay): boolean =>
  delay === "none" || vcpu.events.inSmm || !(vcpu.initSipi.init || resetting(vcpu));

/** A SIPI that comes after another message to start the vCPU. */
const sendSipi = (name: string, after: Sent, sent: Sent, delay: SipiDelay): Action<State> =>
  action(name, {
    actor: "sender",
    args: { v: "vcpu" },
    kernel: "__apic_accept_irq(APIC_DM_STARTUP): sipi_vector, smp_wmb(), set_bit(KVM_APIC_SIPI)",
    prints: (_, { v }: OfVcpu) => [acceptsEvent(v, "SIPI")],
    source,
    atomic: "one locked bit operation; the vector is stored before it, and every SIPI has the same",
    guard: (s, { v }) => s.sender.pc === "IDLE" && s.sender.sent === after && mayBeSent(s.vcpu[v], delay),
    effect: (d, { v }) => {
      d.vcpu[v].initSipi.sipi = true;
      d.sender.sent = sent;
      begin(d, v, "SOFT_EVENT");
    },
  });

const sendNmi = action("send_nmi", {
  actor: "sender",
  args: { v: "vcpu" },
  kernel: "__apic_accept_irq(APIC_DM_NMI): kvm_inject_nmi(): nmi_queued, kvm_make_request(KVM_REQ_NMI)",
  prints: (_, { v }: OfVcpu) => [acceptsEvent(v, "NMI")],
  source,
  atomic: "two locked operations; the count is read only where the request is found",
  guard: ({ sender, vcpu }, { v }) =>
    sender.pc === "IDLE" && !(sender.nmi && sender.sent !== "NOTHING") && !vcpu[v].events.nmiQueued,
  effect: (d, { v }) => {
    d.sender.nmi = true;
    d.vcpu[v].events.nmiQueued = true;
    d.vcpu[v].events.nmiRequestLeft = false;
    begin(d, v, "SOFT_KICK");
  },
});

const sendSmi = action("send_smi", {
  actor: "sender",
  args: { v: "vcpu" },
  kernel: "__apic_accept_irq(APIC_DM_SMI): kvm_inject_smi(), kvm_make_request(KVM_REQ_SMI)",
  prints: (_, { v }: OfVcpu) => [acceptsEvent(v, "SMI")],
  source,
  atomic: "one locked bit operation",
  guard: (s, { v }) => s.sender.pc === "IDLE" && !s.vcpu[v].events.smiQueued,
  effect: (d, { v }) => {
    d.vcpu[v].events.smiQueued = true;
    begin(d, v, "SOFT_KICK");
  },
});

const sendPvKick = action("send_pv_kick", {
  actor: "sender",
  args: { v: "vcpu" },
  kernel: "KVM_HC_KICK_CPU: kvm_pv_kick_cpu_op(): __apic_accept_irq(APIC_DM_REMRD): pv_unhalted = 1",
  prints: (_, { v }: OfVcpu) => [acceptsEvent(v, "Res3")],
  source: "irqchip 7.6 ACCEPT, 7.6 PV",
  atomic: "one store",
  guard: (s, { v }) => s.sender.pc === "IDLE" && !s.vcpu[v].events.pvUnhalted,
  effect: (d, { v }) => {
    d.vcpu[v].events.pvUnhalted = true;
    begin(d, v, "SOFT_EVENT");
  },
});

/** The SIPIs that start a vCPU. */
export const sipis = (delay: SipiDelay): readonly Action<State>[] => [
  sendSipi("send_sipi", "INIT", "SIPI", delay),
  sendSipi("send_second_sipi", "SIPI", "SECOND_SIPI", delay),
];

/** Messages that are no interrupts, from the store to the kick. */
export const sendEvent: readonly Action<State>[] = [
  sendInit,
  ...sipis("none"),
  sendNmi,
  sendSmi,
  sendPvKick,
  ...requestEventAndKick({
    name: "event_sender",
    actor: "sender",
    caller: source,
    at: (s, v, pc) => s.sender.pc === pc && s.sender.target === v,
    go: (d, _, pc) => {
      d.sender.pc = pc;
    },
    done: (d) => {
      d.sender.pc = "IDLE";
      d.sender.target = 0;
    },
  }),
];

export default sendEvent;
