import { anyVector } from "../../models/kvm/predicates.ts";
import { step } from "../../models/kvm/state.ts";

export const processingTakesAllThatIsPosted = step({
  id: "processing-takes-all-that-is-posted",
  statement: "A notification that is processed in the guest clears ON and leaves nothing in PIR",
  source: "timer 2.9",
  kernel: "posted-interrupt processing: the CPU clears ON, then moves PIR to the virtual IRR",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "NONROOT" &&
    after[v].pc === "NONROOT" &&
    before[v].irq.POSTED_INTR &&
    !after[v].irq.POSTED_INTR,
  holds: (_, { vcpu }, __, { v }) => !vcpu[v].on && !anyVector(vcpu[v].pir),
});

export const ownPostHasAVector = step({
  id: "own-post-has-a-vector",
  statement:
    "Where a vCPU thread posts to its own vCPU it sets the vector in PIR before ON: nobody else takes it out",
  source: "timer 2.7 D1, D2",
  kernel: "__vmx_deliver_posted_interrupt(): pi_test_and_set_pir(), pi_test_and_set_on()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc && !before[v].on && after[v].on,
  holds: (_, { vcpu }, __, { v }) => anyVector(vcpu[v].pir),
});
