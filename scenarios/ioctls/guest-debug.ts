import { blockIrqInjectsNothing, eventOutlivesBlockIrq } from "../../properties/ioctls/guest-debug.ts";
import { inhibitSteps } from "../../models/kvm/actions/apicv/apicv.ts";
import { ioctlLaws } from "../irqchip-laws.ts";
import { apicvLaws, runLoopLaws } from "../laws.ts";
import { names, runLoop, userspaceExits } from "../parts.ts";
import { ordinary, world } from "../world.ts";

/** KVM_GUESTDBG_BLOCKIRQ, and the events that it holds back. */
export default world({
  name: "kvm/guest-debug",
  about:
    "one vCPU that userspace debugs with BLOCKIRQ, on and off, while it sends NMIs and interrupts of a PIC",
  guests: ordinary,
  options: [],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...names(inhibitSteps),
    "KVM_SET_GUEST_DEBUG",
    "KVM_NMI",
    "req_nmi",
    "KVM_INTERRUPT",
  ],
  properties: [blockIrqInjectsNothing, eventOutlivesBlockIrq, ...runLoopLaws, ...apicvLaws, ...ioctlLaws],
  expected: [
    { property: "blockirq-injects-nothing", verdict: "holds" },
    { property: "event-held-back-comes-after-blockirq", verdict: "holds" },
  ],
});
