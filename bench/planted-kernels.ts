import { amend, type Action, type FollowedWorld, type Problem } from "#check";
import type { State } from "../models/kvm/state.ts";
import type { OfVcpu } from "../models/kvm/citation.ts";
import type { MutationRow } from "../scenarios/mutations/row.ts";
import rowsIoapic from "../scenarios/mutations/rows-ioapic.ts";
import rowsTimer from "../scenarios/mutations/rows-timer.ts";
import { followedWorlds } from "../scenarios/validation/followed-worlds.ts";

type Replaced = Readonly<Record<string, (was: Action<State>) => Action<State>>>;

/** A kernel that never was, whose runs a world without its bug is to refuse. */
export interface PlantedKernel {
  readonly bug: string;
  readonly world: FollowedWorld;
  /** The world with the bug in it. */
  readonly problem: Problem<unknown>;
}

/** Bugs of an emulated APIC and the I/O APIC in front of it, by the action that they are in. */
const ofPins: Readonly<Record<string, Replaced>> = {
  "remote_irr is not set": {
    KVM_IRQ_LINE_STATUS_pin: (was) =>
      amend(was, {
        after: (d) => {
          d.pin.remoteIrr = false;
        },
      }),
  },
  "an edge that is up already is delivered again": {
    KVM_IRQ_LINE_STATUS_pin: (was) =>
      amend(was, {
        before: (d) => {
          d.pin.irr = false;
        },
      }),
  },
  "an EOI leaves the ISR bit": {
    apic_set_eoi: (was) =>
      amend(was, {
        after: (d, { v }: OfVcpu) => {
          d.vcpu[v].isr.device = true;
        },
      }),
  },
  "an EOI is not sent to the I/O APIC": {
    kvm_ioapic_send_eoi: (was) =>
      amend(was, {
        before: (d, { v }: OfVcpu) => {
          d.vcpu[v].eoi = "none";
        },
      }),
  },
  "an injection leaves the IRR bit": {
    req_event: (was) =>
      amend(was, {
        before: (d, { v }: OfVcpu) => d.vcpu[v].irr.device,
        after: (d, { v }: OfVcpu, pending) => {
          d.vcpu[v].irr.device = pending;
        },
      }),
  },
  "an EOI does not serve a level-triggered pin again": {
    kvm_ioapic_update_eoi_one: (was) =>
      amend(was, {
        before: (d) => {
          const { irr } = d.pin;
          d.pin.irr = false;
          return irr;
        },
        after: (d, _, irr) => {
          d.pin.irr = irr;
        },
      }),
  },
};

const withBug = (
  { problem }: FollowedWorld,
  replaced: Replaced,
  dropped: readonly string[] = [],
): Problem<unknown> => {
  const posed = problem() as Problem<State>;
  const steps = posed.steps
    .filter(({ action }) => !dropped.includes(action.name))
    .map((step) => ({ ...step, action: replaced[step.action.name]?.(step.action) ?? step.action }));
  return { ...posed, steps } as unknown as Problem<unknown>;
};

/** Mutations with which a field leaves its domain. */
const UNBOUNDED: readonly string[] = ["P7-irqs-on-in-guest-mode"];

const worldNamed = (name: string): FollowedWorld => followedWorlds.find((world) => world.name === name)!;

/** Mutations of docs/mutations.md, in a world of their guest in which all takes part that they change. */
const mutationsIn = (world: FollowedWorld, rows: readonly MutationRow[]): readonly PlantedKernel[] => {
  const names = new Set(world.problem().model.actions.map(({ name }) => name));
  return rows.flatMap(({ id, guest = "td", patch: { replace = [], add = [], drop = [] } }) => {
    const changed = [...replace.map(({ name }) => name), ...drop];
    if (
      UNBOUNDED.includes(id) ||
      guest !== world.of["guest"] ||
      add.length > 0 ||
      !changed.every((name) => names.has(name))
    )
      return [];
    const by = Object.fromEntries(replace.map((action) => [action.name, () => action]));
    return [{ bug: id, world, problem: withBug(world, by, drop) }];
  });
};

const ofPinWorlds = ["vmx", "avic"].map((guest) => worldNamed(`pin of the I/O APIC, ${guest}`));
const ofTimerWorlds = ["vmx", "td"].map((guest) => worldNamed(`timer, ${guest}`));

/** Kernels with a planted bug, each with the world that it is followed in; first those worlds without any. */
export const plantedKernels = (): readonly PlantedKernel[] => {
  const pins = worldNamed("pin of the I/O APIC, vmx-sw");
  return [
    ...[pins, ...ofPinWorlds, ...ofTimerWorlds].map((world) => ({
      bug: "none",
      world,
      problem: world.problem(),
    })),
    ...Object.entries(ofPins).map(([bug, by]) => ({ bug, world: pins, problem: withBug(pins, by) })),
    ...ofPinWorlds.flatMap((world) => mutationsIn(world, rowsIoapic)),
    ...ofTimerWorlds.flatMap((world) => mutationsIn(world, rowsTimer)),
  ];
};
