import {
  initWakesVcpu,
  noGuestBetweenInitAndSipi,
  sipiStartsVcpu,
  waitingVcpuSleeps,
} from "../../properties/injection/init-sipi.ts";
import { initSipi } from "../../models/kvm/actions/injection/init-sipi.ts";
import { sendEvent } from "../../models/kvm/actions/injection/send-event.ts";
import { nmi, sipiDelay } from "../../models/kvm/options/injection.ts";
import { vmxOps } from "../../models/kvm/ops.ts";
import { blockingLaws, runLoopLaws } from "../laws.ts";
import { names, runLoop, userspaceExits, without } from "../parts.ts";
import { halting } from "../scheduling/halt.ts";
import { ordinary, world } from "../world.ts";

/** What accepts INIT and SIPI, and who sends them. */
const initAndSipi: readonly string[] = [
  ...without(names(initSipi(vmxOps)), "vcpu_is_no_bsp"),
  ...without(names(sendEvent), "send_smi", "send_pv_kick"),
  "req_nmi",
];

/** A vCPU that waits for INIT and SIPI, and gets them again while it runs. */
export default world({
  name: "kvm/init-sipi",
  about:
    "one vCPU that is not the boot vCPU: UNINITIALIZED, it blocks in KVM_RUN; another sends INIT, SIPI and perhaps a second SIPI, and INIT again as it runs or halts",
  guests: ordinary,
  options: [nmi, sipiDelay],
  scope: { vcpu: 1 },
  start: "waits-for-init",
  actions: [...runLoop, ...userspaceExits, ...halting, ...initAndSipi],
  properties: [
    initWakesVcpu,
    noGuestBetweenInitAndSipi,
    sipiStartsVcpu,
    waitingVcpuSleeps,
    ...runLoopLaws,
    ...blockingLaws,
  ],
  expected: [
    { property: "init-or-sipi-wakes-the-vcpu", verdict: "holds" },
    { property: "no-guest-between-init-and-sipi", verdict: "holds" },
    {
      property: "sipi-starts-the-vcpu",
      where: { sipiDelay: "none" },
      verdict: "violated",
      because:
        "INIT and SIPI come while the reset of an INIT before is under way: the SIPI is taken for that one, and then the INIT",
    },
    { property: "sipi-starts-the-vcpu", verdict: "holds" },
    {
      property: "vcpu-that-waits-for-sipi-sleeps",
      where: { nmi: "sent" },
      verdict: "violated",
      because:
        "KVM_REQ_NMI makes it runnable, whatever it waits for, and only vcpu_enter_guest() would clear the request",
    },
    { property: "vcpu-that-waits-for-sipi-sleeps", verdict: "holds" },
  ],
});
