import { kvmEntry, kvmExit, kvmInjVirq, kvmUserspaceExit, kvmVcpuWakeup } from "../tracepoints/run-loop.ts";
import { observerOf, type Labels } from "./observer.ts";

const labels: Labels = {
  [kvmEntry.name]: () => "",
  [kvmExit.name]: () => "",
  [kvmUserspaceExit.name]: () => "",
  [kvmVcpuWakeup.name]: () => "",
  // One that is injected again was taken back from an entry that did not come about.
  [kvmInjVirq.name]: ({ fields }) => (fields["reinjected"] === true ? undefined : ""),
};

/** The thread of a vCPU: entries, exits, what is injected, returns of KVM_RUN. */
export const runLoopObserver = observerOf(labels, {
  "the vCPU": ({ vcpu: [{ pc }] }) =>
    pc === "USER" ? "in userspace" : pc === "NONROOT" || pc === "ENTER" ? "in the guest" : "in the host",
});
