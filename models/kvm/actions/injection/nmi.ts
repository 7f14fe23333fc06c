import type { Action } from "#check";
import { requestsNmi, threadAt, vcpuIoctlAllowed } from "../../predicates.ts";
import { ioctl } from "../../ioctl.ts";
import { action, cpu, type State } from "../../state.ts";
import { byGuest } from "../../text.ts";

const kvmNmi = ioctl("KVM_NMI", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_inject_nmi(): nmi_queued, kvm_make_request(KVM_REQ_NMI)",
  source: "timer 4.8",
  atomic: "vcpu->mutex",
  guard: (s, { v }) => vcpuIoctlAllowed(s, v) && !s.vcpu[v].events.nmiQueued,
  refuses: () => undefined,
  effect: (d, { v }) => {
    d.vcpu[v].events.nmiQueued = true;
    d.vcpu[v].events.nmiRequestLeft = false;
  },
});

const reqNmi = action("req_nmi", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): process_nmi()",
  source: byGuest("timer 2.5 S1, 4.8: for a TD two NMIs are one", { ordinary: "timer 2.5 S1, 4.8" }),
  atomic: "test and clear of one request bit; nmi_pending is this thread's own",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "REQUESTS") &&
    !s.vcpu[v].req.VM_DEAD &&
    requestsNmi(s.vcpu[v]) &&
    !s.vcpu[v].events.smiQueued,
  effect: (d, { v }) => {
    const { events, req } = d.vcpu[v];
    events.nmiRequestLeft = false;
    if (!events.nmiQueued) return;
    events.nmiQueued = false;
    events.nmiPending = true;
    req.EVENT = true;
  },
});

/** An NMI of a TD, from userspace to the event that hands it to the TDX module. */
export const nmi: readonly Action<State>[] = [kvmNmi, reqNmi];
