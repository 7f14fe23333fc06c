import { invariant, leadsTo, strong, weak, type State } from "../../models/kvm/state.ts";

const kernel =
  "kvm_ioapic_set_irq(); userspace: rtc_periodic_timer(), rtc_coalesced_timer(), cmos_ioport_read()";

/** Interrupts of the RTC on their way to a handler that has yet to read register C. */
const onTheirWay = ({ vcpu: [{ pir, irr, isr, readC }] }: State): number =>
  Number(pir.rtc) + Number(irr.rtc) + Number(isr.rtc && !readC);

export const rtcDeliveredTicksAreHandled = invariant({
  id: "rtc-delivered-ticks-are-handled",
  statement:
    "Each RTC tick that userspace holds delivered has been handled by the guest or is on its way: none is lost and not owed",
  source: "irqchip 2.9, (c) C6",
  claim: "C6",
  kernel,
  antecedent: ({ rtc }) => rtc.ghostCounted > 0,
  holds: (s) => s.rtc.ghostCounted - s.rtc.ghostHandled <= onTheirWay(s),
});

export const rtcHandledOncePerTick = invariant({
  id: "rtc-handled-once-per-tick",
  statement: "The guest never handles more RTC interrupts than there were ticks",
  source: "irqchip 2.9 correction 4, UNSURE list 5",
  claim: "C6",
  kernel,
  antecedent: ({ rtc }) => rtc.ghostHandled > 0,
  holds: ({ rtc }) => rtc.ghostHandled <= rtc.ghostTicks,
});

/** Every thread goes on, timers fire again and again, and a guest takes, handles and ends what it again and again could. */
const fairness = [
  weak({ each: "action" }),
  strong({
    action: ["vm_enter", "guest_take_irq", "guest_read_rtc_c", "guest_eoi_rtc", "rtc_coalesced_timer"],
    each: "action",
  }),
];

export const rtcOwedTicksReturn = leadsTo({
  id: "rtc-owed-ticks-return",
  statement:
    "Ticks that userspace owes, since they were called coalesced, are in the end all taken for delivered",
  source: "irqchip 2.9, (c) C6",
  claim: "C6",
  kernel,
  fairness,
  from: ({ rtc }) => rtc.owed > 0,
  to: ({ rtc }) => rtc.owed === 0,
});

export const rtcDeliveredTicksGetHandled = leadsTo({
  id: "rtc-delivered-ticks-get-handled",
  statement: "Each RTC tick that userspace holds delivered is in the end handled by the guest",
  source: "irqchip 2.9, (c) C6",
  claim: "C6",
  kernel,
  fairness,
  from: ({ rtc }) => rtc.ghostCounted > rtc.ghostHandled,
  to: ({ rtc }) => rtc.ghostCounted <= rtc.ghostHandled,
});
