import type { Action, Draft } from "#check";
import { checkAndInjectEvents, picVectors, type InjectIrq } from "../../inject-events.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector, guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { events } from "../run-loop/entry.ts";
import { eoiPic, eoiPicCites } from "../pic-pit/pic.ts";
import { after } from "../../text.ts";

/** vt_inject_irq() if it posted the vector, and took it out of the queue: m3's other option. */
const postIrq =
  (ops: VendorOps): InjectIrq =>
  (d, v, vector) => {
    d.vcpu[v].events.interruptInjected = false;
    ops.deliver(d, v, vector);
  };

/** Event injection of a TD whose ExtINT vectors are posted. */
export const postExtInt = (ops: VendorOps): Action<State> => {
  const post = postIrq(ops);
  return events({ ...ops, injectEvents: (d, v) => checkAndInjectEvents(ops, d, v, post) });
};

/** The TD takes such a vector, in the handler that is for the PIC's interrupts. */
export const takePosted = action("guest_take_posted_extint", {
  actor: cpu,
  args: { v: "vcpu", pin: ["hi", "lo"] },
  kernel: "virtual-interrupt delivery: the vector's bit in ISR is set, which ExtINT never does",
  source: "m3; irqchip 5.4 PIC=POST",
  atomic:
    "one event of the CPU. The vectors of a PIC's pins are of one priority class, of which one is in service at a time, and the " +
    "highest vector, which is the PIC's lowest pin, comes first",
  guard: (s, { v, pin }) => {
    const { irr, isr } = s.vcpu[v];
    return (
      guestRuns(s.vcpu[v]) && irr[picVectors[pin]] && !anyVector(isr) && !(pin === "hi" && irr[picVectors.lo])
    );
  },
  effect: (d, { v, pin }) => {
    d.vcpu[v].irr[picVectors[pin]] = false;
    d.vcpu[v].isr[picVectors[pin]] = true;
    d.vcpu[v].events.ghostExtIntTaken = true;
    if (d.vm.irqchip === "KERNEL") d.vcpu[v].events.picHandlers++;
  },
});

const eoiLapic = (d: Draft<State>, v: number): void => {
  d.vcpu[v].isr[picVectors.hi] = false;
  d.vcpu[v].isr[picVectors.lo] = false;
};

/** A guest that ends such an interrupt in its LAPIC as well, which it need not for an ExtINT. */
export const eoiBoth = action("guest_eoi_pic", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: after("EOI, accelerated; ", eoiPicCites.kernel),
  source: eoiPicCites.source,
  atomic: "the handler runs with interrupts disabled, so between the two EOIs the guest takes nothing",
  guard: (s, { v }) => eoiPic.guard(s, { v }),
  effect: (d, { v }) => {
    eoiLapic(d, v);
    eoiPic.effect(d, { v });
  },
});

/** The same with a PIC of userspace's, whose own EOI is not modelled. */
export const eoiBothSplit = action("guest_eoi_posted_extint", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EOI, accelerated, after port 0x20 was written",
  source: "irqchip 3.5, 5.4 PIC=POST",
  atomic: "one event of the CPU",
  guard: (s, { v }) => s.vm.irqchip === "SPLIT" && guestRuns(s.vcpu[v]) && s.vcpu[v].isr[picVectors.hi],
  effect: (d, { v }) => eoiLapic(d, v),
});
