import { noGuestWhileZapped, noHandlerOfEarlierExit } from "../../properties/creation/sept-zap.ts";
import { postedInterruptReachesGuest } from "../../properties/scheduling/blocking.ts";
import { irqfd } from "../../models/kvm/actions/posting/device.ts";
import { septZap } from "../../models/kvm/actions/run-loop/sept-zap.ts";
import { septZapExit } from "../../models/kvm/options/run-loop.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { names, runLoop } from "../parts.ts";
import { world } from "../world.ts";

/** A TD whose vCPU is kept out of its guest while a page is zapped. */
export default world({
  name: "kvm/sept-zap",
  about:
    "a TD's vCPU that waits, instead of entering, until a page of the SEPT is zapped, while an irqfd posts to it",
  guests: ["td"],
  options: [septZapExit],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...names(septZap), ...names(irqfd(tdOps)), "guest_take_device_irq"],
  properties: [noHandlerOfEarlierExit, noGuestWhileZapped, postedInterruptReachesGuest],
  expected: [
    {
      property: "no-handler-of-earlier-exit",
      where: { septZapExit: "stale" },
      verdict: "violated",
      because: "the kick has ended the guest, and its exit reason is there still as the next entry waits",
    },
    { property: "no-handler-of-earlier-exit", verdict: "holds" },
    { property: "no-guest-while-sept-is-zapped", verdict: "holds" },
    { property: "posted-interrupt-reaches-guest", verdict: "holds" },
  ],
});
