import type { Event } from "#check";
import type { PicPin } from "../state-pic.ts";
import type { State } from "../state.ts";
import { hrtimerCancel, hrtimerExpireEntry, hrtimerStart } from "../tracepoints/host.ts";
import { kvmIoapicSetIrq, kvmSetIrq } from "../tracepoints/irqchip.ts";
import { accepts } from "./delivery.ts";
import { sourceIds } from "./numbers.ts";
import { ioapicSetsEdge, picSetsIrq, setsIrq } from "./pins.ts";

/** The numbers of the two pins of the first PIC, which are their GSIs. */
export const picPins: Readonly<Record<PicPin, number>> = { hi: 0, lo: 4 };

/** The I/O APIC's pin of a GSI that goes to the PIC: masked, as after reset. */
const maskedPin = (pin: number): Event =>
  kvmIoapicSetIrq.event({
    pin,
    dst: 0,
    vec: 0,
    mode: "Fixed",
    destination: "physical",
    trigger: "edge",
    masked: true,
    coalesced: false,
  });

/** kvm_set_irq() up and down again of a GSI that goes to the PIC; an edge that is latched already is not found here. */
export const pulsesPic = ({ pic }: State, pin: PicPin): readonly Event[] =>
  [1, 0].flatMap((level) => [
    kvmSetIrq.event({ gsi: picPins[pin], level, source: sourceIds.userspace }),
    picSetsIrq(picPins[pin], pic.imr[pin]),
    maskedPin(picPins[pin]),
  ]);

const timer = { hrtimer: "00000000000000ff", function: "pit_timer_fn" } as const;

/** The PIT's hrtimer is enqueued. */
export const startsPit: Event = hrtimerStart.event({ ...timer, mode: "ABS" });

/** Its callback is called. */
export const expiresPit: Event = hrtimerExpireEntry.event(timer);

/** hrtimer_cancel() of it, which prints something only if it was enqueued. */
export const cancelsPit = ({ pit }: State): readonly Event[] =>
  pit.armed ? [hrtimerCancel.event({ hrtimer: timer.hrtimer })] : [];

/** kvm_set_irq() of GSI 0 by the worker, up to the delivery; IRQ0 is masked in the PIC. */
export const pitSetsIrq = (s: State, level: boolean): readonly Event[] => {
  const start = [setsIrq("pit", level, sourceIds.pit), picSetsIrq(0, true)];
  const delivers = level && !s.pit.masked;
  return [
    ...start,
    ...(delivers ? [accepts(0, "pit")] : [ioapicSetsEdge(s, "pit", { masked: s.pit.masked })]),
  ];
};
