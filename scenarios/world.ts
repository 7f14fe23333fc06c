import {
  partOf,
  shelve,
  unknownName,
  variant,
  withLaws,
  type Action,
  type Build,
  type Choice,
  type Expectation as AnyExpectation,
  type Model,
  type Origin,
  type Patch,
  type Property,
  type Scenario,
  type Scope,
  type Thread,
  type Whole,
} from "#check";
import { leavingMapOut } from "../models/kvm/actions/ioctls/sregs.ts";
import { silenced } from "../models/kvm/ioctl.ts";
import type { KvmChoice } from "../models/kvm/choice.ts";
import { boot } from "../models/kvm/boot.ts";
import { checkNames } from "./check-names.ts";
import { designs, type DesignName } from "../models/kvm/designs/index.ts";
import type { ExpectationOf } from "./expectation.ts";
import { expressionPredicates } from "../models/kvm/expression-predicates.ts";
import { guests, kvmModel } from "../models/kvm/model.ts";
import { kernelNames } from "../models/kvm/kernels.ts";
import type { KvmOption } from "../models/kvm/option.ts";
import { options } from "../models/kvm/options/index.ts";
import type { GuestName, VendorOps } from "../models/kvm/ops.ts";
import { patchOf } from "../models/kvm/patch.ts";
import { scripts, type StartName } from "../models/kvm/start-points.ts";
import { cpu, State } from "../models/kvm/state.ts";
import { inWordsOf } from "../models/kvm/words.ts";
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
  readonly expected: readonly AnyExpectation[];
}

/** A world whose expectations name options that there are, of the shipped ones or its own, and their values. */
interface Checked<O extends KvmOption> extends Omit<World, "options" | "expected"> {
  readonly options: readonly O[];
  readonly expected: readonly ExpectationOf<O>[];
}

/** A scenario of the KVM model that still knows the world it was made from. */
export interface KvmScenario extends Scenario<State> {
  readonly spec: World;
  readonly axes: Readonly<Record<"design" | "guest" | "kernel", readonly string[]>>;
}

/** All guests, for a world's `guests`. */
export const every: readonly GuestName[] = ["td", "vmx", "vmx-sw", "avic", "svm-sw"];

/** All but a TD. */
export const ordinary: readonly GuestName[] = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** The options of a world that the model does not have of itself. */
const ownOptions = ({ options: named }: World): readonly KvmOption[] =>
  named.filter(({ name }) => !options.some((option) => option.name === name));

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

/** The models of choices before anything is left out: with the world's own actions, and a patch that comes last. */
const wholesOf = (spec: World, patch: Patch<State>): ((choice: Choice) => Whole<State>) => {
  const made = new Map<VendorOps, readonly Action<State>[]>();
  /** Made once for each guest, so that choices with the same model are recognized. */
  const added = (ops: VendorOps): readonly Action<State>[] => {
    const own = made.get(ops) ?? spec.adds?.(ops) ?? [];
    made.set(ops, own);
    return own;
  };
  return (choice) => {
    const designed = kvmModel(choice as KvmChoice, ownOptions(spec));
    const own = added(guests[choice["guest"] as GuestName].ops);
    const whole = variant(designed, designed.name, { add: own });
    return {
      model: variant(whole, whole.name, patch),
      takesPart: [...spec.actions, ...[...own, ...(patch.add ?? [])].map(({ name }) => name)],
      threads: endingAt(spec.ends ?? {}),
    };
  };
};

/**
 * The actions of a model with the ioctls silenced, unless the world asks what they answer, and the apic map left alone by
 * ioctls where it is not rebuilt.
 */
const asAsked = ({ answers, actions }: World, model: Model<State>): Model<State> => {
  const asked = answers === true ? model : variant(model, model.name, { replace: silenced(model.actions) });
  return actions.includes("apic_map_build")
    ? asked
    : variant(asked, asked.name, { replace: leavingMapOut(asked.actions) });
};

/** What scenarios are made of that extend a world. */
const originOf = (spec: World, wholeOf: (choice: Choice) => Whole<State>): Origin<State> => ({
  state: State,
  axes: { design: Object.keys(designs), guest: Object.keys(guests), kernel: kernelNames },
  options: [...options, ...ownOptions(spec)],
  starts: Object.keys(scripts),
  predicates: expressionPredicates,
  programs: {
    family: "vcpu",
    arg: "v",
    actor: (v) => cpu({ v }),
    called: "guest",
    isInstruction: (name) => /^guest_(?!take_|eoi_)/.test(name),
  },
  whole: (choice) => {
    const { model, ...rest } = wholeOf(choice);
    const { kind } = guests[choice["guest"] as GuestName].ops;
    return { model: inWordsOf(kind, asAsked(spec, model)), ...rest };
  },
  begin: (choice, { scope, start }) => {
    const { model } = wholeOf(choice);
    const { module } = guests[choice["guest"] as GuestName];
    const to = { scope, start: start as StartName };
    const booted = boot(model, module, to, choice as KvmChoice, ownOptions(spec));
    return "state" in booted ? { start: [booted.state] } : { start: [], unreachable: booted.unreachable };
  },
});

/**
 * The same world with one more patch on every model: how tests ask what a step is good for. The patch comes last: what it
 * replaces or adds is what runs, while booting and after.
 */
export const worldWith = (spec: World, patch: Patch<State>): KvmScenario => {
  const origin = originOf(spec, wholesOf(spec, patch));
  const { axes } = origin;
  const expected = withLaws(spec.properties, spec.expected);
  const model = (choice: Choice): Model<State> => partOf(origin.whole(choice));
  const build: Build<State> = Object.assign(
    (choice: Choice) => ({ model: model(choice), ...origin.begin(choice, spec) }),
    { model },
  );
  return {
    ...spec,
    expected,
    spec,
    origin,
    axes: {
      design: spec.designs ?? axes["design"],
      guest: spec.guests ?? ["td", "vmx"],
      kernel: kernelNames,
    },
    presets: ["kernel"],
    build,
  };
};

const checked = new WeakSet<KvmScenario>();

/**
 * Refuses a world that names what the model lacks, or an expectation that can never decide anything: looked at once.
 * @throws CheckError with the nearest valid name.
 */
const checkNamesOf = (made: KvmScenario): void => {
  if (checked.has(made)) return;
  const { spec } = made;
  const own = ownOptions(spec);
  checkNames({ ...made, actions: spec.actions, patchOf: (choice) => patchOf(choice, own) });
  shelve(made);
  checked.add(made);
};

/**
 * A scenario of the KVM model: boots to the start point with every action, explores with those that take part. What it
 * names is looked at when a model of it is first built: the program makes every world that ships, and builds one.
 */
export const world = <const O extends KvmOption>(spec: Checked<O>): KvmScenario => {
  const plain = worldWith(spec, {});
  const { build } = plain;
  const made: KvmScenario = {
    ...plain,
    build: Object.assign(
      (choice: Choice) => {
        checkNamesOf(made);
        return build(choice);
      },
      {
        model: (choice: Choice) => {
          checkNamesOf(made);
          return build.model!(choice);
        },
      },
    ),
  };
  return made;
};

/**
 * The same, looked at as it is made.
 * @throws CheckError when it names what the model lacks, or an expectation can never decide anything.
 */
export const checkedWorld = <const O extends KvmOption>(spec: Checked<O>): KvmScenario => {
  const made = world(spec);
  checkNamesOf(made);
  return made;
};
