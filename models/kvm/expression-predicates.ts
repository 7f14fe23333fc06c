import { index, predicateOf, type Predicate } from "#check";
import { wakeInFlight } from "./blocking.ts";
import {
  anyRequest,
  apicEnabled,
  callbackInFlight,
  guestRuns,
  irqPending,
  kickInFlight,
  pendingDeliverable,
  threadAt,
} from "./predicates.ts";
import { pc } from "./state-pc.ts";
import type { State } from "./state.ts";

const predicate = predicateOf<State>();
const params = { v: index("vcpu") };

/** What expressions may call about a state of this model. */
export const expressionPredicates: readonly Predicate<State>[] = [
  predicate("threadAt", {
    params: { v: index("vcpu"), pc },
    about:
      "The thread of vCPU v may take its next step, at this pc: it is on its pCPU, and no host interrupt comes first.",
    of: ({ vcpu }, { v, pc }) => threadAt(vcpu[v], pc),
  }),
  predicate("guestRuns", {
    params,
    about:
      "The guest of vCPU v may run its next instruction: it is in non-root mode, and no interrupt comes first.",
    of: ({ vcpu }, { v }) => guestRuns(vcpu[v]),
  }),
  predicate("irqPending", {
    params,
    about: "A host interrupt is pending on the pCPU of vCPU v.",
    of: ({ vcpu }, { v }) => irqPending(vcpu[v]),
  }),
  predicate("anyRequest", {
    params,
    about: "kvm_request_pending(): some KVM_REQ_* of vCPU v is set.",
    of: ({ vcpu }, { v }) => anyRequest(vcpu[v]),
  }),
  predicate("apicEnabled", {
    params,
    about: "apic_enabled(): the APIC of vCPU v is enabled in hardware and in software.",
    of: ({ vcpu }, { v }) => apicEnabled(vcpu[v]),
  }),
  predicate("pendingDeliverable", {
    params,
    about:
      "apic_has_pending_timer(): the timer of vCPU v has expiries pending, and its APIC would deliver them.",
    of: ({ vcpu, timer }, { v }) => pendingDeliverable(vcpu[v], timer[v]),
  }),
  predicate("kickInFlight", {
    params,
    about:
      "A kick of vCPU v is on its way: its mode is EXITING, or an interrupt that makes it exit is pending.",
    of: ({ vcpu }, { v }) => kickInFlight(vcpu[v]),
  }),
  predicate("callbackInFlight", {
    params,
    about: "The timer callback of vCPU v runs on a housekeeping pCPU and has yet to finish its delivery.",
    of: ({ timer }, { v }) => callbackInFlight(timer[v]),
  }),
  predicate("wakeInFlight", {
    params,
    about: "Something is on its way that will wake vCPU v, which sleeps.",
    of: (state, { v }) => wakeInFlight(state, v),
  }),
];
