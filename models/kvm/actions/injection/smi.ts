import { threadAt } from "../../predicates.ts";
import { inGuest, leave } from "../../leave.ts";
import { action, cpu } from "../../state.ts";

const reqSmi = action("req_smi", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): process_smi(): smi_pending, KVM_REQ_EVENT",
  source: "irqchip 7.6 SMM; timer 2.5 S1",
  atomic: "test and clear of one request bit; smi_pending is this thread's own",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "REQUESTS") && !s.vcpu[v].req.VM_DEAD && s.vcpu[v].events.smiQueued,
  effect: (d, { v }) => {
    d.vcpu[v].events.smiQueued = false;
    d.vcpu[v].events.smiPending = true;
    d.vcpu[v].req.EVENT = true;
  },
});

const guestRsm = action("guest_rsm", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "the guest leaves SMM by RSM, which exits",
  source: "irqchip 7.6 SMM",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v) && s.vcpu[v].events.inSmm,
  effect: (d, { v }) => leave(d, v, "RSM"),
});

const emulateRsm = action("emulate_rsm", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "em_rsm(): emulator_leave_smm(): kvm_smm_changed(), KVM_REQ_EVENT; RFLAGS",
  source: "irqchip 7.6 SMM",
  atomic: "hflags and the registers are this thread's own; the request is one locked bit operation",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RSM"),
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.events.inSmm = false;
    vcpu.interruptFlag = vcpu.events.ifBeforeSmm;
    vcpu.events.ifBeforeSmm = false;
    vcpu.req.EVENT = true;
    vcpu.pc = "CLEAR_UNBLOCK";
  },
});

/** An SMI, from its request to the RSM that ends it. */
export const smi = [reqSmi, guestRsm, emulateRsm];

export default smi;
