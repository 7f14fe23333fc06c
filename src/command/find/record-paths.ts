import type { RecordedPaths, Touched } from "../../catalogue/action-paths.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { PathRecorder, type Paths, type Shown } from "../../methods/por/recorded-paths.ts";
import { choices, type Action, type Args, type TakenAction } from "../../model/action.ts";
import { guardAfterHolds, guardHolds, write } from "../../model/ask.ts";
import type { Step } from "../../model/model.ts";
import type { Property } from "../../model/property.ts";
import type { Domain, Scope } from "../../schema/domain.ts";
import { own } from "../../schema/own.ts";
import { modelsOf } from "./inventory.ts";

type AnyPaths = Map<string, Paths>;

const pathsFor = (all: AnyPaths, name: string): Paths => {
  const known = all.get(name) ?? { reads: new Set(), writes: new Set(), whole: true };
  all.set(name, known);
  return known;
};

const stepOf = (action: Action<unknown>, args: Args): Step<unknown> => ({ id: 0, action, args, actor: "" });

/** The guard, recipe and guard on the successor of a step, as a search runs them; whether it is taken. */
const taken =
  (step: Step<unknown>) =>
  ({ before, after }: Shown<unknown>): boolean => {
    if (!guardHolds(step, before)) return false;
    write(step, after);
    return guardAfterHolds(step, before, after);
  };

type Look = (shown: Shown<unknown>, taken: TakenAction, args: Args) => unknown;

/** What a property looks at, each function for itself: what one answers must not hide what another reads. */
const looksOf = (property: Property<unknown>): readonly Look[] => {
  const state =
    (look: (state: unknown, args: Args) => unknown): Look =>
    ({ before }, _, args) =>
      look(before, args);
  if (property.kind === "leadsTo") return [state(property.from), state(property.to)];
  if (property.kind === "step") {
    const { antecedent = () => true, holds } = property;
    return [
      ({ before, after }, step, args) =>
        antecedent(before, after, step, args) && holds(before, after, step, args),
    ];
  }
  if (property.kind === "invariant") {
    const { antecedent = () => true, holds } = property;
    return [state((of, args) => antecedent(of, args) && holds(of, args))];
  }
  if (property.kind === "infinitelyOften" && property.step !== undefined) {
    const { step } = property;
    return [({ before, after }, by, args) => step(before, after, by, args)];
  }
  return property.holds === undefined ? [] : [state(property.holds)];
};

/** A step, and whether it was asked about by what looks at it. */
const watched = ({
  action,
  args,
}: TakenAction): { readonly step: TakenAction; readonly asked: Set<string> } => {
  const asked = new Set<string>();
  return {
    step: {
      get action() {
        asked.add("action");
        return action;
      },
      get args() {
        asked.add("args");
        return args;
      },
    },
    asked,
  };
};

/**
 * Looks at a property with a step of which nothing is known, and where it asks which one it is with each: with one of an
 * action whose arguments it does not ask for.
 */
const recordProperty = (
  recorder: PathRecorder<unknown>,
  paths: Paths,
  property: Property<unknown>,
  scope: Scope,
  stepsOf: () => readonly (readonly TakenAction[])[],
): void => {
  for (const args of choices(property.args, scope))
    for (const look of looksOf(property)) {
      const asks = (of: TakenAction): ReadonlySet<string> => {
        const { step, asked } = watched(of);
        recorder.addLook(paths, (shown) => look(shown, step, args));
        return asked;
      };
      if (asks({ action: "", args: {} }).size === 0) continue;
      for (const [first, ...others] of stepsOf()) if (asks(first).has("args")) others.forEach(asks);
    }
};

/** The larger of two scopes, family by family. */
const larger = (one: Scope, other: Scope): Scope => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([family, size]) => [family, Math.max(size, one[family] ?? 0)]),
  ),
});

const textOf = ({ reads, writes, whole }: Paths): Touched => ({
  reads: [...reads].toSorted().join(" "),
  writes: [...writes].toSorted().join(" "),
  ...(whole ? {} : { atLeast: true }),
});

const texts = (all: AnyPaths): Readonly<Record<string, Touched>> =>
  Object.fromEntries(
    [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, paths]) => [name, textOf(paths)]),
  );

/** Scenarios over one state, what they make of it together. */
interface Whole {
  readonly state: Domain<unknown>;
  scope: Scope;
  readonly actions: Set<Action<unknown>>;
  readonly properties: Map<string, Property<unknown>>;
}

const wholes = (scenarios: readonly AnyScenario[]): readonly Whole[] => {
  const found = new Map<unknown, Whole>();
  for (const scenario of scenarios)
    for (const { state, actions } of modelsOf(scenario)) {
      const whole: Whole = found.get(state.node) ?? {
        state,
        scope: {},
        actions: new Set(),
        properties: new Map(),
      };
      found.set(state.node, whole);
      whole.scope = larger(whole.scope, scenario.scope);
      for (const action of actions) whole.actions.add(action);
      for (const property of scenario.properties) whole.properties.set(property.id, property);
    }
  return [...found.values()];
};

/** The steps of each action, those that do the same once. */
const byName = (steps: readonly Step<unknown>[]): readonly (readonly TakenAction[])[] => {
  const all = new Map<string, Map<string, TakenAction>>();
  for (const { action, args } of steps) {
    const same = all.get(action.name) ?? new Map<string, TakenAction>();
    all.set(action.name, same.set(JSON.stringify(args), { action: action.name, args }));
  }
  return [...all.values()].map((same) => [...same.values()]);
};

const NOTHING: RecordedPaths = { actions: {}, properties: {} };

/**
 * Records what every action and property of a catalogue touches, beside what is known already: seconds for a small
 * catalogue, a quarter of a minute for hundreds of actions.
 */
export const recordPaths = (
  { scenarios }: Pick<Catalogue, "scenarios">,
  known: RecordedPaths = NOTHING,
): RecordedPaths => {
  const actions: AnyPaths = new Map();
  const properties: AnyPaths = new Map();
  for (const { state, scope, ...all } of wholes(scenarios)) {
    const recorder = new PathRecorder(state, scope);
    const steps = [...all.actions].flatMap((action) =>
      choices(action.args, scope).map((args) => stepOf(action, args)),
    );
    for (const step of steps)
      if (own(known.actions, step.action.name) === undefined)
        recorder.add(pathsFor(actions, step.action.name), taken(step));
    for (const property of all.properties.values())
      if (own(known.properties, property.id) === undefined)
        recordProperty(recorder, pathsFor(properties, property.id), property, scope, () => byName(steps));
  }
  return {
    actions: { ...known.actions, ...texts(actions) },
    properties: { ...known.properties, ...texts(properties) },
  };
};
