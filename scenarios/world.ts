import {
  checkExpected,
  unknownName,
  variant,
  type Action,
  type Build,
  type Choice,
  type Expectation,
  type Instantiated,
  type Model,
  type Patch,
  type Property,
  type Scenario,
  type Scope,
  type Thread,
} from "#check";
import { silenced } from "../models/kvm/ioctl.ts";
import type { KvmChoice } from "../models/kvm/choice.ts";
import { boot } from "../models/kvm/boot.ts";
import { checkNames } from "./check-names.ts";
import { designs, type DesignName } from "../models/kvm/designs/index.ts";
import { guests, kvmModel } from "../models/kvm/model.ts";
import type { KvmOption } from "../models/kvm/option.ts";
import type { GuestName, VendorOps } from "../models/kvm/ops.ts";
import { patchOf } from "../models/kvm/patch.ts";
import type { StartName } from "../models/kvm/start-points.ts";
import type { State } from "../models/kvm/state.ts";
import { threads } from "../models/kvm/threads.ts";

/** What a world leaves out costs no states: the actions that take part are named, the others are dropped. */
export interface World {
  readonly name: string;
  readonly about: string;
  readonly designs?: readonly DesignName[];
  readonly guests?: readonly GuestName[];
  readonly options: readonly KvmOption[];
  readonly scope: Scope;
  readonly start: StartName;
  /** The names of the actions that take part after the start. */
  readonly actions: readonly string[];
  /**
   * Where threads have come to what this world is not about, by the leaf that says where they stand: there it is not
   * incomplete for leaving out what would go on.
   */
  readonly ends?: Readonly<Record<string, readonly string[]>>;
  /** Actions of this world alone, for the vendor callbacks of its guest. */
  readonly adds?: (ops: VendorOps) => readonly Action<State>[];
  /** What ioctls answer is asked about; else it is not kept, which saves the states that differ in it only. */
  readonly answers?: true;
  readonly properties: readonly Property<State>[];
  readonly expected: readonly Expectation[];
}

/** A scenario of the KVM model that still knows the world it was made from. */
export interface KvmScenario extends Scenario<State> {
  readonly spec: World;
  readonly axes: { readonly design: readonly string[]; readonly guest: readonly string[] };
}

/** All guests, for a world's `guests`. */
export const every: readonly GuestName[] = ["td", "vmx", "vmx-sw", "avic", "svm-sw"];

/** All but a TD. */
export const ordinary: readonly GuestName[] = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** The model that boots, with every action, and the one that is explored from there. */
interface Models {
  readonly whole: Model<State>;
  readonly asked: Model<State>;
}

/** The threads of the model, at rest also where a world does not follow them. */
const endingAt = (ends: NonNullable<World["ends"]>): readonly Thread[] => {
  const known = threads.map(({ leaf }) => leaf);
  for (const leaf of Object.keys(ends))
    if (!known.includes(leaf))
      throw unknownName(
        "thread",
        leaf,
        known,
        "a world says that it ends somewhere, but no thread stands there",
      );
  return threads.map((thread) => ({ ...thread, rest: [...thread.rest, ...(ends[thread.leaf] ?? [])] }));
};

/**
 * The same world with one more patch on every model: how tests ask what a step is good for. The patch comes last: what it
 * replaces or adds is what runs, while booting and after.
 */
export const worldWith = (spec: World, patch: Patch<State>): KvmScenario => {
  const made = new Map<VendorOps, readonly Action<State>[]>();
  /** Made once for each guest, so that choices which come to the same model are known to. */
  const added = (ops: VendorOps): readonly Action<State>[] => {
    const own = made.get(ops) ?? spec.adds?.(ops) ?? [];
    made.set(ops, own);
    return own;
  };
  const modelsOf = (choice: KvmChoice): Models => {
    const designed = kvmModel(choice);
    const own = added(guests[choice.guest as GuestName].ops);
    const takesPart = [...spec.actions, ...[...own, ...(patch.add ?? [])].map(({ name }) => name)];
    const unpatched = variant(designed, designed.name, { add: own });
    const whole = variant(unpatched, unpatched.name, patch);
    const left = whole.actions.filter(({ name }) => !takesPart.includes(name));
    const part = {
      ...variant(whole, whole.name, { drop: left.map(({ name }) => name) }),
      leftOut: { actions: left, threads: endingAt(spec.ends ?? {}) },
    };
    return {
      whole,
      asked: spec.answers === true ? part : variant(part, part.name, { replace: silenced(part.actions) }),
    };
  };
  const build: Build<State> = Object.assign(
    (chosen: Choice): Instantiated<State> => {
      const choice = chosen as KvmChoice;
      const { whole, asked } = modelsOf(choice);
      const { module } = guests[choice.guest as GuestName];
      const booted = boot(whole, module, spec.scope, spec.start, choice);
      return "state" in booted
        ? { model: asked, start: [booted.state] }
        : { model: asked, start: [], unreachable: booted.unreachable };
    },
    { model: (choice: Choice): Model<State> => modelsOf(choice as KvmChoice).asked },
  );
  return {
    ...spec,
    spec,
    axes: { design: spec.designs ?? Object.keys(designs), guest: spec.guests ?? ["td", "vmx"] },
    build,
  };
};

/**
 * A scenario of the KVM model: boots to the start point with every action, explores with those that take part.
 * @throws CheckError when it names what the model lacks, or an expectation can never decide anything.
 */
export const world = (spec: World): KvmScenario => {
  const made = worldWith(spec, {});
  checkNames({ ...made, actions: spec.actions, patchOf });
  checkExpected(made);
  return made;
};
