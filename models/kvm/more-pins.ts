import { about, bool, CheckError, record, vector, type Action, type Extension } from "#check";
import { guestWriteSpiv } from "./actions/creation/lifecycle.ts";
import { looksAtNothing } from "./actions/ioapic/entry-writes.ts";
import { eoiOf } from "./actions/ioapic/eoi.ts";
import { pinActions } from "./actions/ioapic/pin-actions.ts";
import { eoiLevelExplicit } from "./actions/ioapic/pin-guest.ts";
import { thePin, type Pin } from "./actions/ioapic/pin-place.ts";
import type { Chip, UserspaceIoapic } from "./actions/ioapic/pin.ts";
import { reroute } from "./actions/ioapic/reroute.ts";
import { resample } from "./actions/ioapic/resample.ts";
import { scanRequests } from "./actions/ioapic/scan-ioapic.ts";
import type { KvmChoice } from "./choice.ts";
import { guests } from "./model.ts";
import { levelRules } from "./options/ioapic.ts";
import type { GuestName } from "./ops.ts";
import { pin, pinPowerOn } from "./state-pin.ts";
import type { Vector } from "./state-vectors.ts";
import { State } from "./state.ts";
import { inWordsOf } from "./words.ts";

/** More pins by their names: the vector in the entry, and what is `first` not as after a reset. */
export type MorePins<N extends string = string> = Readonly<
  Record<N, { readonly vector: Vector; readonly first?: Partial<State["pin"]> }>
>;

type Marks<N extends string> = Readonly<Record<N | "pin", boolean>>;

/** A state with more pins. */
export type WithPins<N extends string> = State &
  Readonly<Record<N, State["pin"]>> & {
    readonly pins: { readonly exit: readonly Marks<N>[]; readonly scan: Marks<N> };
  };

/** All pins, in the order of the table. */
export const pinsWith = (more: MorePins): readonly Pin[] => [
  thePin,
  ...Object.entries(more).map(([name, { vector: of }]) => ({ name, vector: of })),
];

/** The state with more pins, and with which of them an exit, an EOI or a scan is about. */
export const statesWith = <N extends string>(more: MorePins<N>): Extension<State, WithPins<N>> => {
  const names = Object.keys(more);
  const there = State.node.kind === "record" ? Object.keys(State.node.fields) : [];
  const taken = [...names, "pins"].find((name) => there.includes(name));
  if (taken !== undefined)
    throw new CheckError("model", `the state has a field ${taken} already: call the pin otherwise`);
  const all = pinsWith(more).map(({ name }) => name);
  const each = <T>(value: T): Readonly<Record<string, T>> =>
    Object.fromEntries(all.map((name) => [name, value]));
  const marks = record(each(bool));
  const pins = about(
    "With several pins: what is about which of them.",
    record({
      exit: about("The exit of a vCPU, or the EOI in its thread.", vector("vcpu", marks)),
      scan: about("Split: the pins that userspace serves once KVM_SET_GSI_ROUTING has returned.", marks),
    }),
  );
  const node = record({ ...Object.fromEntries(names.map((name) => [name, pin])), pins }).node;
  const fields = [State.node, node].map((one) => (one.kind === "record" ? one.fields : {}));
  const first = Object.entries<MorePins[string]>(more).map(([name, entry]) => [
    name,
    { ...pinPowerOn.pin, ...entry.first },
  ]);
  const none = each(false);
  return {
    state: { node: { ...State.node, kind: "record", fields: { ...fields[0], ...fields[1] } } },
    widen: (s) =>
      ({
        ...s,
        ...Object.fromEntries(first),
        pins: { exit: s.vcpu.map(() => none), scan: none },
      }) as WithPins<N>,
  };
};

/** The actions that are about pins, at these, for a choice of guest and options. */
export const actionsAt = (pins: readonly Pin[], choice: KvmChoice): readonly Action<State>[] => {
  const { ops } = guests[choice.guest as GuestName];
  const { levelTriggered = "as-is", userspaceIoapic = "serves-again", guestAck } = choice.options;
  const chip: Chip = {
    ...levelRules[levelTriggered as keyof typeof levelRules],
    userspace: userspaceIoapic as UserspaceIoapic,
    ops,
    pin: pins[0],
    pins,
  };
  const each = pins.map((one) => ({ ...chip, pin: one }));
  const actions = [
    ...pinActions(chip),
    ...eoiOf(chip),
    ...scanRequests(ops, chip),
    guestWriteSpiv(ops, chip),
    ...each.flatMap(reroute),
    ...each.map(looksAtNothing),
    ...resample(chip),
  ];
  const ends = guestAck === "linux-sw-eoi" ? eoiLevelExplicit(ops, chip) : [];
  const last = new Map([...actions, ...ends].map((action) => [action.name, action]));
  return inWordsOf(ops.kind, { name: "", state: State, init: () => [], actions: [...last.values()] }).actions;
};
