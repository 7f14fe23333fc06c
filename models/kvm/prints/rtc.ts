import type { Event } from "#check";
import type { State } from "../state.ts";
import { ioapicSetsEdge, picSetsIrq, setsIrq } from "./pins.ts";
import { sends } from "./messages.ts";

/** How IRQ8 is set up in the PIC: masked or not. */
interface InPic {
  readonly picMasks: boolean;
}

/** kvm_set_irq() of GSI 8 going up: the PIC comes before the I/O APIC, which prints at its end; split, a message is sent. */
export const raisesRtc = (before: State, after: State, { picMasks }: InPic): readonly Event[] => {
  const raised = setsIrq("rtc", true);
  if (before.vm.irqchip === "SPLIT")
    return [raised, sends("rtc", [before.vcpu.length > 1 ? "LOGICAL_3" : "0", "EDGE"])];
  const latched = !picMasks && !before.rtc.line && before.rtc.picIrr8;
  const dropped = after.rtc.pc === "IDLE";
  return [
    raised,
    picSetsIrq(8, picMasks, latched),
    ...(dropped ? [ioapicSetsEdge(before, "rtc", { coalesced: true })] : []),
  ];
};

/** How IRQ8 is in the PIC, told by what its first edge has left there; before that nobody can see it. */
export const picOf = ({ rtc }: State): InPic => ({ picMasks: !rtc.picIrr8 });

/** kvm_set_irq() of GSI 8 going down. */
export const lowersRtc = (before: State, { picMasks }: InPic): readonly Event[] => {
  if (before.vm.irqchip === "SPLIT") return [setsIrq("rtc", false)];
  return [setsIrq("rtc", false), picSetsIrq(8, picMasks), ioapicSetsEdge(before, "rtc", {})];
};

/** ioapic_set_irq() of pin 8 is over: coalesced where nobody accepted the interrupt. */
export const rtcIsSet = (before: State, mode: "Fixed" | "NMI"): readonly Event[] =>
  before.vm.irqchip === "KERNEL"
    ? [ioapicSetsEdge(before, "rtc", { mode, coalesced: before.rtc.accepted === 0 })]
    : [];
