import { irqsOn } from "../../predicates.ts";
import { wakeUp } from "../../ops.ts";
import { action, cpu, type State } from "../../state.ts";
import type { Draft } from "#check";

/** pi_wakeup_handler() on a pCPU, as far as one vCPU is concerned: on that pCPU's list, with ON set, it is woken. */
export const runWakeupHandler = (d: Draft<State>, v: number, on: "P0" | "P1"): void => {
  if (d.vcpu[v].wakeupList === on && d.vcpu[v].on) wakeUp(d, v);
};

/** The wakeup vector on the vCPU's pCPU, once its host IRQs are on. */
const piWakeupHandler = action("pi_wakeup_handler", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "pi_wakeup_handler(): kvm_vcpu_wake_up() of the listed vCPUs with ON",
  source: "timer 2.11",
  atomic: "hard IRQ, the list's lock held; ON of a vCPU on the list is not cleared before it has run again",
  guard: (s, { v }) => s.vcpu[v].irq.PI_WAKEUP && irqsOn(s.vcpu[v]),
  effect: (d, { v }) => {
    d.vcpu[v].irq.PI_WAKEUP = false;
    runWakeupHandler(d, v, d.vcpu[v].cpu);
  },
});

export default piWakeupHandler;
