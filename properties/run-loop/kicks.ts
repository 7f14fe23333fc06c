import { has } from "#check";
import {
  anyRequest,
  callbackInFlight,
  requestBeforeApicv,
  requestsNmiOrSmi,
} from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

/** A thread that has requested something of the vCPU stands where it has yet to look at its mode. */
const kickToCome = ({ timer, inhibitor, vm, scan, device, ...posters }: State, v: number): boolean => {
  const { rtc, pin, pic, msi, ipi, sender } = posters;
  const delivers = [rtc, pin, pic, msi.delivery, ipi, sender];
  return (
    callbackInFlight(timer[v]) ||
    (inhibitor.pc === "MODE" && inhibitor.target === v) ||
    (vm.bugOn.pc === "MODE" && vm.bugOn.target === v) ||
    (scan.pc === "MODE" && has(scan.todo, v)) ||
    device.attach === "KICK" ||
    (device.pc === "SOFT_KICK" && device.pcTarget === v) ||
    posters.pit.worker === "SOFT_KICK" ||
    delivers.some(({ pc, target }) => pc === "SOFT_KICK" && target === v)
  );
};

export const requestedVcpuIsKicked = invariant({
  id: "requested-vcpu-is-kicked",
  statement:
    "No vCPU runs its guest in IN_GUEST_MODE with a request set, unless whoever set it is about to kick: the request was seen " +
    "before the entry, or mode was seen afterwards. An immediate exit is asked for otherwise",
  source: "timer 2.2, 2.5 S6, S9",
  kernel: "kvm_vcpu_exit_request(), kvm_request_needs_ipi(), kvm_vcpu_kick()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) =>
    vcpu[v].pc === "NONROOT" &&
    vcpu[v].mode === "IN_GUEST" &&
    anyRequest(vcpu[v]) &&
    !vcpu[v].events.immediateExit,
  holds: (s, { v }) => kickToCome(s, v),
});

export const requestsAreServedInOrder = step({
  id: "requests-are-served-before-apicv",
  statement:
    "vcpu_enter_guest() gets to its test of KVM_REQ_APICV_UPDATE, and past it, only once no request is set that it tests before",
  source: "timer 2.5 S1",
  kernel: "vcpu_enter_guest(): kvm_check_request(), in the order of the source",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "REQUESTS" && ["REQUEST_APICV", "REQUESTS_DONE", "EVENTS"].includes(after[v].pc),
  holds: ({ vcpu }, _, __, { v }) => !requestBeforeApicv(vcpu[v]),
});

export const entryGoesOnWithoutRequests = step({
  id: "entry-goes-on-without-requests",
  statement:
    "An entry goes on past kvm_vcpu_exit_request() only with mode IN_GUEST_MODE and no request set: what is requested " +
    "later is found by mode",
  source: "timer 2.5 S9",
  kernel: "kvm_vcpu_exit_request()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "EXIT_REQUEST" && after[v].pc !== "EXIT_REQUEST",
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const { mode } = before[v];
    return (
      (after[v].pc === "VENDOR_RUN") ===
      (mode === "IN_GUEST" && !anyRequest(before[v]) && !requestsNmiOrSmi(before[v]))
    );
  },
});
