import { expect, test } from "vitest";
import { actionNamed, amend, type AnyScenario, type Choice, type Draft, type Model } from "#check";
import { answer } from "../../../src/catalogue/answer.ts";
import { extendWorld, optionNamed } from "../../../scenarios/extend-world.ts";
import { only } from "../../../models/kvm/option.ts";
import type { State } from "../../../models/kvm/state.ts";

/**
 * A lazy EOI before an interrupt is raised: where no LAPIC has the pin's vector, its EOI is taken to have come. The ack
 * notifiers run, the resampler lowers its own source, and that is ioapic_set_irq() with the OR of the sources again.
 */
const lazyUpdateEoi = (d: Draft<State>, isMeant: (d: Draft<State>) => boolean): void => {
  if (!isMeant(d) || d.vcpu.some(({ irr, isr, pir }) => irr.device || isr.device || pir.device)) return;
  d.pin.remoteIrr = false;
  if (!d.resample.assigned) return;
  d.resample.masked = false;
  d.pin.sources.b = false;
  if (d.pin.sources.a) lazyUpdateEoi(d, isMeant);
};

const pins = {
  name: "lazyEoiOf",
  about: "the pins whose EOI is taken to have come where no LAPIC has their vector",
  source: "irqchip 2.2",
  values: ["every-pin", "edge-pins"],
};

/** A pin with a device of userspace's and an irqfd with a resampler on it. */
const world: AnyScenario = extendWorld<State>("kvm/irqfd-resample", {
  name: "lazy-eoi",
  about: "a lazy EOI before a pin is raised",
  guests: ["vmx", "avic"],
  designs: ["upstream"],
  options: [only(optionNamed("irqchip"), "kernel"), pins],
  actions: ["KVM_IRQ_LINE_level", "guest_check_device", "exit_to_userspace", "KVM_RUN"],
  change: ({ actions }: Model<State>, { options }: Choice) => {
    const isMeant = (d: Draft<State>): boolean => options["lazyEoiOf"] === "every-pin" || !d.pin.level;
    return {
      replace: [
        amend(actionNamed(actions, "KVM_IRQ_LINE_level"), {
          before: (d) => {
            d.pin.sources.a = true;
            lazyUpdateEoi(d, isMeant);
          },
        }),
        amend(actionNamed(actions, "irqfd_inject_resample"), {
          before: (d) => lazyUpdateEoi(d, isMeant),
        }),
      ],
    };
  },
  properties: [],
});

/** The same, where an effect of more than so many reads and writes is taken not to end: no stack is filled for it. */
const bounded: AnyScenario = {
  ...world,
  build: (choice) => {
    const { model, ...rest } = world.build(choice);
    return { ...rest, model: { ...model, mostAccesses: 2000 } };
  },
};

const found = async (guest: string, lazyEoiOf: string) => {
  const { properties, stop, exploration } = await answer(bounded, { guest, set: [`lazyEoiOf=${lazyEoiOf}`] });
  return {
    stop,
    states: exploration.states,
    verdicts: properties.map(({ property, verdict }) => [property.id, verdict]),
    properties,
  };
};

test.each(["vmx", "avic"])("it never returns while userspace's source is up: %s", async (guest) => {
  const { verdicts, properties } = await found(guest, "every-pin");
  expect(verdicts).toEqual([["every-step-ends", "violated"]]);
  // The device has only to raise its line: the irqfd is there, and nothing is pending.
  expect(properties[0].evidence!.trace.steps).toEqual([]);
  expect(properties[0].because).toContain("KVM_IRQ_LINE_level(source=a) does not end");
});

test.each(["vmx", "avic"])("restricted to edge-triggered pins it returns: %s", async (guest) => {
  const { states, ...rest } = await found(guest, "edge-pins");
  expect(rest).toMatchObject({ stop: "exhausted", verdicts: [] });
  expect(states).toBeGreaterThan(500);
});
