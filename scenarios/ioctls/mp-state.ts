import {
  haltedByIoctlWakes,
  initNeverRuns,
  waitingForInitRunsNoGuest,
} from "../../properties/ioctls/mp-state.ts";
import { block } from "../../models/kvm/actions/scheduling/block.ts";
import { msi } from "../../models/kvm/actions/messages/msi.ts";
import { only } from "../../models/kvm/option.ts";
import { mpState } from "../../models/kvm/options/ioctls.ts";
import { msiPath } from "../../models/kvm/options/messages.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { noTd } from "../no-td.ts";
import { names, runLoop, userspaceExits } from "../parts.ts";
import { every, ordinary, world } from "../world.ts";

/** KVM_SET_MP_STATE, which knows nothing of TDs. */
export const mpStateWorld = world({
  name: "kvm/mp-state",
  about:
    "one vCPU that gets messages, and a userspace that halts it, or has it wait for INIT, between its KVM_RUNs",
  guests: every,
  options: [mpState, only(msiPath, "irqfd")],
  scope: { vcpu: 1 },
  start: "running",
  answers: true,
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...names(block(tdOps)),
    "schedule",
    "sched_in",
    ...names(msi(tdOps)),
    "KVM_SET_MP_STATE",
    "KVM_RUN_refused",
  ],
  properties: [initNeverRuns, waitingForInitRunsNoGuest, haltedByIoctlWakes],
  expected: [
    ...noTd(ordinary, "td-that-waits-for-init-is-refused"),
    {
      property: "td-that-waits-for-init-is-refused",
      where: { mpState: "6.19" },
      verdict: "violated",
      because: "6.19 takes the state, and KVM_RUN answers -EINVAL",
    },
    { property: "td-that-waits-for-init-is-refused", verdict: "holds" },
    { property: "vcpu-that-waits-for-init-runs-no-guest", where: { guest: "td" }, verdict: "holds" },
    {
      property: "vcpu-that-waits-for-init-runs-no-guest",
      verdict: "vacuous",
      because: "INIT of an ordinary guest is not modelled",
    },
    { property: "halted-by-ioctl-wakes-for-a-message", verdict: "holds" },
  ],
});

export default mpStateWorld;
