import type { Action, Draft, Event } from "#check";
import type { OfVcpu } from "../../citation.ts";
import { action, cpu, type State } from "../../state.ts";
import type { VendorOps } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import { acknowledgesPin } from "../../prints/acknowledgements.ts";
import type { Source } from "../../state-pin.ts";
import type { GuestKind } from "../../text.ts";
import { pinEoi } from "./pin-eoi.ts";
import { lineServed, setIrqBegins } from "./pin-prints.ts";
import { pinFree, resamples, serveLine, signalResamplers, type Chip } from "./pin.ts";

/** For which entries ioapic_set_irq() completes an EOI that nobody has told it of: all of them, or edge-triggered ones. */
export type LazyPins = "all-pins" | "edge-pins";

const device = "device";

/** Some LAPIC has the pin's vector in IRR or ISR, as far as KVM can see. */
const pendingSomewhere = ({ vcpu }: Pick<State, "vcpu">, ops: VendorOps): boolean =>
  vcpu.some((one) => one.pc !== "ABSENT" && ops.pendingEoi(one, "device"));

/** ioapic_set_irq() behind the lazy EOI: a line that is up is served. Returns what it answers. */
const serve = (chip: Chip, d: Draft<State>, by: number | undefined): number => {
  const { pin } = d;
  if (pin.sources.a || pin.sources.b) return serveLine(chip, d, by);
  pin.irr = false;
  return 1;
};

/**
 * ioapic_set_irq() under ioapic->lock, with what was proposed in front of it: a line that is up and has an ack notifier,
 * while no LAPIC has the vector pending, has its EOI completed first, for which the lock is dropped. Returns what it answers,
 * where it does by now.
 */
const setIrq = (chip: Chip, lazy: LazyPins, d: Draft<State>, by: number | undefined): number | undefined => {
  const { pin } = d;
  const isUp = pin.sources.a || pin.sources.b;
  if (isUp && resamples(d, chip) && (lazy === "all-pins" || !pin.level) && !pendingSomewhere(d, chip.ops)) {
    pin.lazyEoi = "NOTIFY";
    return undefined;
  }
  const answer = serve(chip, d, by);
  if (pin.lazyEoi === "SET_IRQ") pin.lazyEoi = "COMPLETE";
  return answer;
};

/** What kvm_set_irq() prints of a source: its end only where it does not wait for an EOI that is completed first. */
const printsOf =
  (chip: Chip, lazy: LazyPins, source: Source, up: boolean) =>
  (before: State, by: number | undefined, after: State, kind: GuestKind): readonly Event[] => {
    const tried: Draft<State> = structuredClone(before);
    tried.pin.sources[source] = up;
    const answer = setIrq(chip, lazy, tried, by);
    return [
      setIrqBegins(chip, before, source, up),
      ...(answer === undefined ? [] : lineServed(chip, answer, by, { before, after, kind })),
    ];
  };

const idle = (s: State): boolean => pinFree(s) && s.pin.lazyEoi === "IDLE";
const locked = "ioapic->lock (irqchip 7.5), which is dropped around the ack notifiers";

/** The rest of kvm_ioapic_update_eoi_one(), which waits for what its ack notifiers have called. */
const afterNotifiers = (chip: Chip): readonly Action<State>[] =>
  pinEoi(chip)
    .filter(({ name }) => name === "kvm_ioapic_update_eoi_one")
    .map((one) => ({ ...one, guard: (s, args) => s.pin.lazyEoi === "IDLE" && one.guard(s, args) }));

/** An in-kernel I/O APIC that completes an EOI by itself, as the next interrupt of the pin comes. */
export const lazyEoiOf = (chip: Chip, lazy: LazyPins): readonly Action<State>[] => [
  action("KVM_IRQ_LINE_level", {
    actor: device,
    args: { source: ["a"] },
    kernel: "kvm_set_irq(), ioapic_set_irq(pin, 1), which completes an EOI first",
    prints: (before, _, after, kind) => printsOf(chip, lazy, "a", true)(before, undefined, after, kind),
    source: "irqchip 3.10, 2.2, 2.3",
    atomic: locked,
    guard: (s) => s.vm.irqchip === "KERNEL" && idle(s) && !s.pin.sources.a,
    effect: (d) => {
      d.pin.sources.a = true;
      setIrq(chip, lazy, d, undefined);
    },
  }),
  action("irqfd_inject_resample", {
    actor: device,
    kernel: "irqfd_inject(): kvm_set_irq(KVM_IRQFD_RESAMPLE_IRQ_SOURCE_ID, 1), which completes an EOI first",
    prints: (before, _, after, kind) => printsOf(chip, lazy, "b", true)(before, undefined, after, kind),
    source: "irqchip 3.10, 3.8, 7.4",
    atomic: locked,
    guard: (s) => s.resample.queued && idle(s),
    effect: (d) => {
      d.resample.queued = false;
      d.pin.sources.b = true;
      setIrq(chip, lazy, d, undefined);
    },
  }),
  action("lazy_eoi_notify_acked", {
    actor: device,
    kernel: "kvm_notify_acked_irq(), irqfd_resampler_ack(): kvm_set_irq(KVM_IRQFD_RESAMPLE_IRQ_SOURCE_ID, 0)",
    source: "irqchip 3.10, 3.8",
    atomic: "irq_srcu only (irqchip 7.5)",
    guard: (s) => s.pin.lazyEoi === "NOTIFY",
    effect: (d) => {
      d.pin.lazyEoi = "SET_IRQ";
    },
  }),
  action("lazy_eoi_set_irq", {
    actor: device,
    kernel: "kvm_set_irq(KVM_IRQFD_RESAMPLE_IRQ_SOURCE_ID, 0): ioapic_set_irq() with the OR of the sources",
    prints: (before, _, after, kind) => printsOf(chip, lazy, "b", false)(before, undefined, after, kind),
    branch: (_, __, { pin }) =>
      `kvm_set_irq(KVM_IRQFD_RESAMPLE_IRQ_SOURCE_ID, 0): ioapic_set_irq(pin, ${pin.sources.a ? 1 : 0})${pin.lazyEoi === "NOTIFY" ? ", which completes an EOI first" : ""}`,
    source: "irqchip 3.10, 2.2",
    atomic: locked,
    guard: (s) => pinFree(s) && s.pin.lazyEoi === "SET_IRQ",
    effect: (d) => {
      d.pin.sources.b = false;
      setIrq(chip, lazy, d, undefined);
    },
  }),
  action("lazy_eoi_complete", {
    actor: device,
    kernel: "irqfd_resampler_ack(): the resamplefds; remote_irr = 0; ioapic_set_irq() goes on",
    prints: (before, _, after, kind) => {
      const tried: Draft<State> = structuredClone(before);
      tried.pin.remoteIrr = false;
      return lineServed(chip, serveLine(chip, tried, undefined), undefined, { before, after, kind });
    },
    source: "irqchip 3.10, 3.8, 2.7 step 3",
    atomic: `${locked}; calls inside of it that have come back by now did the same`,
    guard: (s) => pinFree(s) && s.pin.lazyEoi === "COMPLETE",
    effect: (d) => {
      signalResamplers(d);
      d.pin.lazyEoi = "IDLE";
      d.pin.remoteIrr = false;
      // With its argument, which is 1, whatever the sources are by now.
      serveLine(chip, d, undefined);
    },
  }),
  action("kvm_notify_acked_irq", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_update_eoi_one(): the lock dropped; kvm_notify_acked_irq(), irqfd_resampler_ack()",
    prints: (before, { v }: OfVcpu, after, kind) => [
      acknowledgesPin(chip.pins.indexOf(chip.pin)),
      ...(resamples(before, chip) ? printsOf(chip, lazy, "b", false)(before, v, after, kind) : []),
    ],
    source: "irqchip 3.10, 2.7 step 1, 3.8",
    atomic: "irq_srcu only (irqchip 7.5); the resampler lowers its source under ioapic->lock",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_NOTIFY") && idle(s),
    effect: (d, { v }) => {
      if (resamples(d, chip)) {
        d.pin.sources.b = false;
        setIrq(chip, lazy, d, v);
        signalResamplers(d);
      }
      d.vcpu[v].pc = "EOI_REMOTE_IRR";
    },
  }),
  ...afterNotifiers(chip),
];
