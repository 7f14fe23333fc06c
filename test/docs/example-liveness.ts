import { anyVector } from "../../models/kvm/predicates.ts";
import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

/** What is posted to a vCPU reaches its guest. */
export const postedIsTaken = leadsTo({
  id: "posted-is-taken",
  statement: "A vector posted in the PIR is moved to the IRR in the end",
  source: "timer 2.9",
  kernel: "vmx_sync_pir_to_irr(), posted-interrupt processing",
  args: { v: "vcpu" },
  fairness: [weak({ each: "actor" }), strong({ action: "vm_enter", each: "args.v" })],
  from: (s, { v }) => anyVector(s.vcpu[v].pir),
  to: (s, { v }) => !anyVector(s.vcpu[v].pir),
});
