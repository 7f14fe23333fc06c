import { wakeUp } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import { action, cpu } from "../../state.ts";

/** Userspace has the thread of a vCPU leave KVM_RUN, wherever it is. */
const signal = action("pause_vcpu", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel:
    "signal_wake_up(): TIF_SIGPENDING; a thread that sleeps is woken, one that runs gets the reschedule IPI",
  source: "irqchip 6.13 PAUSE; timer 2.3",
  atomic: "the flag is set before the thread is looked at, under its sighand->siglock",
  guard: (s, { v }) =>
    s.saving.stage === "NOT_YET" && !["ABSENT", "USER", "DEAD"].includes(s.vcpu[v].pc) && !s.vcpu[v].signal,
  effect: (d, { v }) => {
    d.vcpu[v].signal = true;
    if (!wakeUp(d, v)) d.vcpu[v].irq.RESCHEDULE = true;
  },
});

const exits = action("exit_on_signal", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run(): xfer_to_guest_mode_handle_work(): signal_pending(), -EINTR, KVM_EXIT_INTR",
  source: "irqchip 6.13 PAUSE; timer 2.4 step 6",
  atomic: "a test of the thread's own flag, and a return; mp_state stays",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP") && s.vcpu[v].signal,
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.signal = false;
    vcpu.exit = "OTHER";
    vcpu.pc = "USER";
  },
});

export default [signal, exits];
