import {
  buggedVmRunsNoGuest,
  haltedVcpuLearnsOfBug,
  haltedVcpuSleepsOn,
} from "../../properties/creation/lifecycle.ts";
import { inhibitSteps } from "../../models/kvm/actions/apicv/apicv.ts";
import { block } from "../../models/kvm/actions/scheduling/block.ts";
import { only } from "../../models/kvm/option.ts";
import { apicMapAlloc } from "../../models/kvm/options/apicv.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { names, runLoop } from "../parts.ts";
import { world } from "../world.ts";

/** Finding F6: a vCPU that halts while another one's KVM_BUG_ON tells everybody. */
export default world({
  name: "kvm/f6-halted-vcpu",
  about: "a TD's two vCPUs that halt, while the apic map's memory is lacking and one of them bugs the VM",
  guests: ["td"],
  designs: ["upstream", "active-split", "active"],
  options: [only(apicMapAlloc, "may-fail")],
  scope: { vcpu: 2 },
  start: "created",
  actions: [
    ...runLoop,
    ...names(block(tdOps)),
    ...names(inhibitSteps),
    "recalculate_apic_map",
    "KVM_RUN",
    "guest_cli",
    "guest_hlt",
    "emulate_halt",
    "schedule",
    "sched_in",
  ],
  properties: [buggedVmRunsNoGuest, haltedVcpuSleepsOn, haltedVcpuLearnsOfBug],
  expected: [
    { property: "bugged-vm-runs-no-guest", verdict: "holds" },
    { property: "halted-vcpu-sleeps-through-bug", verdict: "witnessed" },
    {
      property: "halted-vcpu-learns-of-bug",
      verdict: "violated",
      because:
        "F6: KVM_REQ_VM_DEAD wakes nobody, and what a blocked vCPU checks before it sleeps leaves it out",
    },
  ],
});
