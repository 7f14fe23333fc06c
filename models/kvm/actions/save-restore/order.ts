import { action, type State } from "../../state.ts";

const common = {
  actor: "userspace",
  source: "irqchip 6.13 ORDER",
  atomic: "a decision of userspace before any vCPU exists",
  guard: (s: State) => s.host.booted && s.saving.stage === "NOT_YET",
} as const;

/** In which order userspace will save. */
const saveOrder = action("choose_save_order", {
  ...common,
  args: { order: ["ANY", "LAPIC_FIRST", "MSRS_FIRST"] },
  kernel: "no order of KVM_GET_LAPIC and KVM_GET_MSRS is part of the ABI",
  effect: (d, { order }) => {
    d.saving.saveOrder = order;
  },
});

/** In which order userspace will restore. */
const restoreOrder = action("choose_restore_order", {
  ...common,
  args: { order: ["TSC_LAPIC_DEADLINE", "DEADLINE_BEFORE_LAPIC", "DEADLINE_BEFORE_TSC", "ANY"] },
  kernel: "KVM_SET_MSRS of IA32_TSC_DEADLINE needs the mode that KVM_SET_LAPIC sets, and the TSC",
  effect: (d, { order }) => {
    d.saving.restoreOrder = order;
  },
});

export default [saveOrder, restoreOrder];
