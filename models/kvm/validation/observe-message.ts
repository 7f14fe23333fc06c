import { markLabel, type Event } from "#check";
import { vectorNumber } from "../prints/numbers.ts";
import type { State } from "../state.ts";
import { kvmMsiSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicAcceptIrq, kvmApicIpi, kvmApicvAcceptIrq, kvmEoi, kvmPvEoi } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmInjVirq } from "../tracepoints/run-loop.ts";
import { followedVector } from "./any-sender.ts";
import { IN_THE_HOST, isInTheHost, observerOf, type Labels, type Observer } from "./observer.ts";

const isFollowed = (number: unknown): boolean => number === vectorNumber[followedVector];

const byTrigger = ({ fields }: Event): string | undefined =>
  isFollowed(fields["vec"]) ? String(fields["trigger"]) : undefined;

const labels: Labels = {
  [kvmEntry.name]: () => "",
  [kvmExit.name]: () => "",
  [kvmMsiSetIrq.name]: byTrigger,
  [kvmApicIpi.name]: ({ fields }) => {
    if (!isFollowed(fields["vec"])) return undefined;
    return fields["shorthand"] === "self" ? "self" : "";
  },
  [kvmApicAcceptIrq.name]: byTrigger,
  [kvmApicvAcceptIrq.name]: byTrigger,
  // One that is injected again was taken back from an entry that did not come about, and never left IRR or ISR again.
  [kvmInjVirq.name]: ({ fields }) =>
    isFollowed(fields["vector"]) && fields["reinjected"] !== true ? "" : undefined,
  [kvmEoi.name]: ({ fields }) => (isFollowed(fields["vector"]) ? "" : undefined),
  [kvmPvEoi.name]: ({ fields }) => (isFollowed(fields["vector"]) ? "" : undefined),
};

const facts: Observer["facts"] = {
  APICv: ({ vcpu: [{ apicvActive }] }) => (apicvActive ? "active" : "inactive"),
  IRR: ({ vcpu: [{ irr, pir }] }) => (irr[followedVector] || pir[followedVector] ? "1" : "0"),
  ISR: ({ vcpu: [{ isr }] }) => (isr[followedVector] ? "1" : "0"),
  "the vCPU": ({ vcpu: [{ pc }] }) => (pc === "NONROOT" ? "in the guest" : "in the host"),
};

const NOBODY_ELSE = "nobody else delivers";

/** What is seen where it is known that no other thread is in the middle of a delivery. */
export const markOfNobodyElse = markLabel(NOBODY_ELSE);

/** Between the calls of a sender that is the vCPU's own thread. */
const betweenIpis: readonly State["ipi"]["pc"][] = ["IDLE", "ROUTED", "DONE"];

/** Messages and IPIs of one vector to one vCPU, of itself and of one other thread. */
export const messageObserver = observerOf(labels, facts, {
  [IN_THE_HOST]: (s) => isInTheHost(s) && betweenIpis.includes(s.ipi.pc),
  [NOBODY_ELSE]: ({ msi }) => msi.delivery.pc === "IDLE",
});

/** The same of two other threads. */
export const twoMessagesObserver = observerOf(labels, facts, {
  [NOBODY_ELSE]: ({ msi, ipi }) => msi.delivery.pc === "IDLE" && ipi.pc === "IDLE",
});
