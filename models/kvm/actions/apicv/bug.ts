import type { Action, Draft } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";

type BugPc = State["vm"]["bugOn"]["pc"];

/** KVM_BUG_ON(): the first time the VM is dead, and its vCPU thread goes on to tell every vCPU. */
export const bugVm = (d: Draft<State>, v: number): void => {
  if (d.vm.dead) return;
  d.vm.dead = true;
  d.vm.bugOn.pc = "REQUEST";
  d.vm.bugOn.by = v;
  d.vcpu[v].pc = "BUG_ON";
};

const at =
  (pc: BugPc) =>
  (s: State, { v }: { readonly v: number }): boolean =>
    s.vm.bugOn.pc === pc && s.vm.bugOn.by === v && threadAt(s.vcpu[v], "BUG_ON");

const request = action("bug_request", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_vm_dead(): kvm_make_all_cpus_request(KVM_REQ_VM_DEAD), set the bit",
  source: "timer 4.3, 2.2",
  atomic: "one locked bit operation",
  guard: at("REQUEST"),
  effect: (d) => {
    const { bugOn } = d.vm;
    d.vcpu[bugOn.target].req.VM_DEAD = true;
    bugOn.pc = "MODE";
  },
});

const mode = action("bug_request_mode", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_request_needs_ipi(): cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)",
  source: "timer 4.3, 2.2: WAIT, NO_WAKEUP, never an IPI to the CPU that asks",
  atomic: "one locked instruction after a full barrier",
  guard: at("MODE"),
  effect: (d) => {
    const { bugOn } = d.vm;
    const vcpu = d.vcpu[bugOn.target];
    if (vcpu.mode !== "OUTSIDE" && bugOn.target !== bugOn.by) bugOn.ipi |= 1 << bugOn.target;
    if (vcpu.mode === "IN_GUEST") vcpu.mode = "EXITING";
    const last = bugOn.target === d.vcpu.length - 1;
    bugOn.target = last ? 0 : bugOn.target + 1;
    bugOn.pc = last ? "IPI" : "REQUEST";
  },
});

const sendIpi = action("bug_ipi", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_kick_many_cpus(): smp_call_function_many(wait)",
  source: "timer 4.3, 2.2",
  atomic: "the IPIs of one mask go out in one loop; each is taken by its CPU on its own",
  guard: at("IPI"),
  effect: (d) => {
    for (let i = 0; i < d.vcpu.length; i++)
      if ((d.vm.bugOn.ipi >>> i) & 1) d.vcpu[i].irq.CALL_FUNCTION = true;
    d.vm.bugOn.pc = "WAIT";
  },
});

const waitAcks = action("bug_wait", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "smp_call_function_many(wait): every target acked; KVM_BUG_ON() is over",
  source: "timer 4.3, 2.2",
  atomic: "the wait ends once all acks are there",
  guard: (s, args) =>
    at("WAIT")(s, args) &&
    s.vcpu.every(({ irq }, i) => ((s.vm.bugOn.ipi >>> i) & 1) === 0 || !irq.CALL_FUNCTION),
  effect: (d, { v }) => {
    d.vm.bugOn.ipi = 0;
    d.vm.bugOn.pc = "DONE";
    d.vcpu[v].pc = "REQUESTS_DONE";
  },
});

/** How a bugged VM tells its vCPUs: request, kick, wait. */
export const bugSteps: readonly Action<State>[] = [request, mode, sendIpi, waitAcks];
