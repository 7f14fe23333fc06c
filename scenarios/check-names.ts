import { CheckError, unknownName, type Option, type Patch } from "#check";
import type { KvmChoice } from "../models/kvm/choice.ts";
import { designs } from "../models/kvm/designs/index.ts";
import type { Design } from "../models/kvm/designs/design.ts";
import { guests } from "../models/kvm/model.ts";
import { scripts } from "../models/kvm/start-points.ts";
import type { State } from "../models/kvm/state.ts";

/** What a world names of the KVM model. */
interface Naming {
  readonly name: string;
  readonly axes: { readonly design: readonly string[]; readonly guest: readonly string[] };
  readonly options: readonly Option[];
  readonly actions: readonly string[];
  readonly start: string;
  /** What a choice of some of its options changes. */
  readonly patchOf: (choice: KvmChoice) => Patch<State>;
}

type Settings = KvmChoice["options"];

const namesOf = (actions: readonly { readonly name: string }[] = []): readonly string[] =>
  actions.map(({ name }) => name);

/** The actions of any guest or design: worlds share lists of names, and not every guest has all of them. */
const usual: ReadonlySet<string> = new Set([
  ...Object.values(guests).flatMap(({ model }) => namesOf(model.actions)),
  ...Object.values<Design>(designs).flatMap(({ patch }) => namesOf(patch.add)),
]);

/** Each value of an option alone, then every way to set them all: some actions are there under two values only. */
function* settingsOf(options: readonly Option[]): Generator<Settings> {
  for (const { name, values } of options) for (const value of values) yield { [name]: value };
  yield* options.reduce<readonly Settings[]>(
    (sets, { name, values }) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
}

/** The actions that the options of a choice add: none where they do not go together. */
const addedUnder = ({ patchOf }: Naming, choice: KvmChoice): readonly string[] => {
  try {
    return namesOf(patchOf(choice).add);
  } catch (error) {
    if (error instanceof CheckError && error.code === "usage") return [];
    throw error;
  }
};

/** The actions that options of a world add, one setting after the other. */
function* addedIn(world: Naming): Generator<string> {
  for (const options of settingsOf(world.options))
    for (const guest of world.axes.guest) yield* addedUnder(world, { design: null, guest, options });
}

/**
 * Refuses a world that names an action, design, guest or start that does not exist.
 * @throws CheckError with the nearest that there is: of actions, of any guest or by an option of the world.
 */
export const checkNames = (world: Naming): void => {
  const refuse = (kind: string, wanted: string, known: readonly string[]): void => {
    if (!known.includes(wanted))
      throw unknownName(kind, wanted, known, `the ${kind}s of ${world.name} name it`);
  };
  for (const design of world.axes.design) refuse("design", design, Object.keys(designs));
  for (const guest of world.axes.guest) refuse("guest", guest, Object.keys(guests));
  refuse("start", world.start, Object.keys(scripts));
  const missing = new Set(world.actions.filter((name) => !usual.has(name)));
  if (missing.size === 0) return;
  const known = new Set(usual);
  for (const action of addedIn(world)) {
    known.add(action);
    if (missing.delete(action) && missing.size === 0) return;
  }
  for (const action of missing) refuse("action", action, [...known]);
};
