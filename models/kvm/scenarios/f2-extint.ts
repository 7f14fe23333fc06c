import {
  extIntReachesGuest,
  injectionWindowOpensAgain,
  interruptInjectedCleared,
  nmiNotBlockedInGuest,
  noExtIntLost,
  noForcedImmediateExit,
  postedWorkDespiteLostExtInt,
} from "../../../properties/extint.ts";
import { extIntOptions as open } from "../extint-options.ts";
import { runLoop, userspaceExits } from "./parts.ts";
import { world } from "./world.ts";

const ids = [
  "nmi-handed-over-before-entry",
  "interrupt-injected-ends-with-entry",
  "userspace-pic-may-inject-again",
];
const vmx = { guest: "vmx" } as const;
const refused = { guest: "td", extInt: "refused" } as const;
const post = { guest: "td", extInt: "post" } as const;
/** interrupt.injected is never set by KVM, nor by userspace. */
const never = { vcpuEvents: ["untouched", "clears-injected"] } as const;

/** Finding F2: what one KVM_INTERRUPT does to a TD. */
export const f2ExtInt = world({
  name: "kvm/f2-extint",
  about:
    "one vCPU whose userspace sends NMIs and, by KVM_INTERRUPT, interrupts of a PIC, while a device posts to it",
  options: [open.extInt, open.extIntAck, open.vcpuEvents],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    "KVM_INTERRUPT",
    "KVM_NMI",
    "req_nmi",
    "guest_write_lvt0_masked",
    "KVM_SET_VCPU_EVENTS",
    "guest_take_posted_extint",
    "guest_eoi_posted_extint",
  ],
  properties: [
    extIntReachesGuest,
    noExtIntLost,
    nmiNotBlockedInGuest,
    interruptInjectedCleared,
    noForcedImmediateExit,
    injectionWindowOpensAgain,
    postedWorkDespiteLostExtInt,
  ],
  expected: [],
});
