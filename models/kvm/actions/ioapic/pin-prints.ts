import type { Event } from "#check";
import { accepts, acceptsItself } from "../../prints/delivery.ts";
import { ioapicSetsPin, routedPin, setsPin } from "../../prints/pins.ts";
import type { Source } from "../../state-pin.ts";
import type { State } from "../../state.ts";
import type { GuestKind } from "../../text.ts";
import { entryOf, type AtPin } from "./pin-place.ts";
import { resamples, setLine, type Chip } from "./pin.ts";

/** Where a step leads, and for what kind of guest. */
interface To {
  readonly after: State;
  readonly kind: GuestKind;
}

/** How a pin is called in a capture: the first of the table is pin 19. */
const placeOf = ({
  pin,
  pins,
}: AtPin): { readonly place: number; readonly vector: AtPin["pin"]["vector"] } => ({
  place: pins.indexOf(pin),
  vector: pin.vector,
});

/** The delivery that a step has begun, to the vCPU of another thread, or has done, to that of its own. */
const delivers = (
  { pin }: Chip,
  before: State,
  by: number | undefined,
  { after, kind }: To,
): readonly Event[] => {
  const { vector } = pin;
  const [was, now] = [entryOf(before, pin), entryOf(after, pin)];
  if (was.pc === "IDLE" && now.pc !== "IDLE")
    return [accepts(now.target, vector, after.vcpu[now.target].tmr[vector])];
  if (by === undefined) return [];
  const [own, then] = [before.vcpu[by], after.vcpu[by]];
  const posted = then.pir[vector] !== own.pir[vector] || then.irr[vector] !== own.irr[vector];
  const served = now.remoteIrr && !was.remoteIrr;
  return posted || served ? acceptsItself(before, by, vector, kind, then.tmr[vector]) : [];
};

/** ioapic_service() outside of ioapic_set_irq(), or the message that userspace's I/O APIC sends instead. */
export const serves = (chip: Chip, before: State, by: number | undefined, to: To): readonly Event[] => {
  const delivery = delivers(chip, before, by, to);
  return delivery.length > 0 && to.after.vm.irqchip === "SPLIT"
    ? [...routedPin(entryOf(to.after, chip.pin), before, placeOf(chip)), ...delivery]
    : delivery;
};

/** What ioapic_set_irq() answers, by the recipe itself. */
const answerOf = (chip: Chip, before: State, source: Source, up: boolean, by: number | undefined): number =>
  setLine(chip, structuredClone(before), source, up, by);

/** The end of ioapic_set_irq(), with what it has delivered; where that goes on step by step, the last of them prints it. */
export const lineServed = (
  chip: Chip,
  answer: number,
  by: number | undefined,
  { before, ...to }: To & { readonly before: State },
): readonly Event[] => [
  ...delivers(chip, before, by, to),
  ...(entryOf(to.after, chip.pin).pc === "IDLE"
    ? [ioapicSetsPin(entryOf(before, chip.pin), before, placeOf(chip), answer === 0)]
    : []),
];

/** The top of kvm_set_irq() of the pin's GSI, by one of its sources. */
export const setIrqBegins = (chip: Chip, before: State, source: Source, up: boolean): Event =>
  setsPin(placeOf(chip), up, source === "b" && resamples(before, chip));

/** kvm_set_irq() of the pin's GSI; where the interrupt is delivered step by step, the end is printed by the last of them. */
export const setsLine = (
  chip: Chip,
  [source, up]: readonly [Source, boolean],
  by: number | undefined,
  { before, ...to }: To & { readonly before: State },
): readonly Event[] => {
  const answer = answerOf(chip, before, source, up, by);
  if (before.vm.irqchip === "SPLIT") {
    const entry = entryOf(before, chip.pin);
    // A line that is up already makes no edge, so that nothing is served.
    const noEdge = entry.irr && chip.trigger(entry) === "EDGE";
    return up && answer !== -1 && !noEdge
      ? [...routedPin(entry, before, placeOf(chip)), ...delivers(chip, before, by, to)]
      : [];
  }
  return [setIrqBegins(chip, before, source, up), ...lineServed(chip, answer, by, { before, ...to })];
};

/** The end of ioapic_set_irq() after the last step of a delivery; of one that ioapic_service() began otherwise nothing. */
export const lineIsSet = (before: State, at: AtPin): readonly Event[] =>
  before.vm.irqchip === "KERNEL" &&
  !before.scan.waiting &&
  !before.vcpu.some(({ pc }) => pc === "IOAPIC_UNLOCK")
    ? [ioapicSetsPin(entryOf(before, at.pin), before, placeOf(at), false)]
    : [];
