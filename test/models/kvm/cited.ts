import type { Action, Patch } from "#check";
import { contributionsOf } from "../../../models/kvm/changes.ts";
import { designs } from "../../../models/kvm/designs/index.ts";
import { guests } from "../../../models/kvm/model.ts";
import type { KvmOption } from "../../../models/kvm/option.ts";
import { decisions, options } from "../../../models/kvm/options/index.ts";
import type { State } from "../../../models/kvm/state.ts";
import { citationOf, claims } from "../../../scenarios/claims/index.ts";
import { kvm, kvmDesigns, kvmGuests } from "../../../scenarios/kvm.ts";
import { modelsOf } from "../../../src/command/find/inventory.ts";

/** Something that cites, and what it cites. */
export interface Cited {
  /** `action apic_timer_fn`, `property no-lost-wakeup`. */
  readonly who: string;
  readonly source: string;
}

const changedBy = ({ replace = [], add = [] }: Patch<State>): readonly Action<State>[] => [
  ...replace,
  ...add,
];

/** Every way to set options that decide something together. */
const settingsOf = (joint: readonly KvmOption[]): readonly Readonly<Record<string, string>>[] =>
  joint.reduce<readonly Readonly<Record<string, string>>[]>(
    (before, { name, values }) => before.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );

/** Every action of every guest, design, value of an option and world, in each of the forms that it takes. */
const actions = [
  ...Object.values(guests).flatMap(({ model, module }) => [...model.actions, ...module]),
  ...Object.values(designs).flatMap(({ patch }) => changedBy(patch)),
  ...decisions.flatMap((decision) =>
    settingsOf(decision.options).flatMap((set) =>
      Object.keys(guests).flatMap((guest) =>
        contributionsOf({ design: "upstream", guest, options: set }).flatMap(({ change }) =>
          changedBy(change),
        ),
      ),
    ),
  ),
  ...kvm.flatMap((world) => modelsOf(world).flatMap((model) => model.actions)),
];

/** All that cites a message or a section: actions, properties, options, claims, designs and guests. */
export const cited: readonly Cited[] = [
  ...actions.map(({ name, note }) => ({ who: `action ${name}`, source: note?.cites["source"] ?? "" })),
  ...kvm.flatMap(({ properties }) =>
    properties.map(({ id, note }) => ({ who: `property ${id}`, source: note?.cites["source"] ?? "" })),
  ),
  ...options.map(({ name, source }) => ({ who: `option ${name}`, source })),
  ...claims.claims.map((claim) => ({
    who: `claim ${claim.id}`,
    source: citationOf(claim),
  })),
  ...kvmDesigns.map(({ name, source }) => ({ who: `design ${name}`, source })),
  ...kvmGuests.map(({ name, source }) => ({ who: `guest ${name}`, source })),
];
