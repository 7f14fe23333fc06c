import { unknownName, type Choice, type Extension, type Model, type Patch } from "#check";
import { thePin, type Pin } from "../models/kvm/actions/ioapic/pin-place.ts";
import type { KvmChoice } from "../models/kvm/choice.ts";
import { actionsAt, pinsWith, statesWith, type MorePins, type WithPins } from "../models/kvm/more-pins.ts";
import type { State } from "../models/kvm/state.ts";
import { kvm } from "./kvm.ts";

/** The actions that are about a pin. */
const ofPins = actionsAt([thePin], { design: null, guest: "vmx", options: {} }).map(({ name }) => name);

/** What an action of a further pin, or of its vector, is called for the first pin. */
const ofFirst = (name: string, pins: readonly Pin[]): string | undefined => {
  for (const pin of pins.slice(1)) {
    if (name.startsWith(`${pin.name}_`)) return thePin.name + name.slice(pin.name.length);
    for (const of of [pin.name, pin.vector])
      if (name.endsWith(`_${of}`)) return name.slice(0, -of.length - 1);
  }
  return undefined;
};

/** What `extendWorld` takes for a world that has more pins. */
export interface PinsOf<S> {
  readonly extend: Extension<State, S>;
  readonly change: (model: Model<S>, choice: Choice) => Patch<S>;
}

/**
 * More pins of the I/O APIC for a world: `extendWorld("kvm/level", { ...morePins("kvm/level", { pin2: { vector: "ipi" } }) })`.
 * Each has a field of its own, its vector, and what actions the world's own pin has, `KVM_IRQ_LINE_level_pin2`. Of pins with
 * one vector an EOI completes all, in the order of the table. A pin starts as after a reset but for what is `first`:
 * `{ vector: "device", first: { level: true, masked: false, dest: 1 } }`. `also` are names of actions of the first pin that
 * take no part in the world, and do at these.
 * @throws CheckError when there is no such world or action, or the state has a field of a pin's name.
 */
export const morePins = <const N extends string>(
  world: string,
  more: MorePins<N>,
  also: readonly string[] = [],
): PinsOf<WithPins<N>> => {
  const base = kvm.find(({ name }) => name === world);
  if (base === undefined)
    throw unknownName(
      "world",
      world,
      kvm.map(({ name }) => name),
      "it is to have more pins",
    );
  for (const name of also)
    if (!ofPins.includes(name)) throw unknownName("action", name, ofPins, "more pins are to have it");
  const pins = pinsWith(more);
  return {
    extend: statesWith(more),
    change: ({ actions }, choice) => {
      const { takesPart } = base.origin!.whole({ ...choice, options: {} });
      const part = [...takesPart, ...also];
      const known = new Set(actions.map(({ name }) => name));
      const made = actionsAt(pins, choice as KvmChoice);
      const isNew = (name: string): boolean => {
        const twin = ofFirst(name, pins);
        return !known.has(name) && twin !== undefined && part.includes(twin);
      };
      return {
        replace: made.filter(({ name }) => known.has(name)),
        add: made.filter(({ name }) => isNew(name)),
      } as unknown as Patch<WithPins<N>>;
    },
  };
};
