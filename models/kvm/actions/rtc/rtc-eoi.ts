import type { Action } from "#check";
import { handles } from "../../in-service.ts";
import type { VendorOps } from "../../ops.ts";
import { guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "../ioapic/eoi.ts";

/** EOI of the RTC vector: who sees it depends on the guest. */
export const eoiRtc = (ops: VendorOps): Action<State> =>
  action("guest_eoi_rtc", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI: accelerated, or an exit: never for a TD",
    branch: eoiWritten,
    source: "m5; irqchip 3.1, 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && handles(s.vcpu[v], "rtc") && s.vcpu[v].readC,
    effect: (d, { v }) => {
      d.vcpu[v].readC = false;
      endInterrupt(ops, d, v, "rtc");
    },
  });

export default eoiRtc;
