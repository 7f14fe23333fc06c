import { programName } from "../../program-name.ts";
import type { RecordedPaths, Touched } from "../../catalogue/action-paths.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { fieldsOf, type Field } from "../../derive/fields.ts";
import { unknownName } from "../../errors.ts";
import { own } from "../../schema/own.ts";
import { actionsIn, propertiesIn, stateOf, type Shared } from "./inventory.ts";
import { plainTerm } from "./matching.ts";

/** A field of the state of some scenarios, and those of them in which an action or a property touches it. */
export interface FieldUse extends Shared<Field> {
  readonly owners: readonly string[];
}

/** What is known of who touches which field, for one catalogue. */
export interface Touching {
  /** Every field of every state. */
  readonly fields: readonly FieldUse[];
  /** The names of the actions that write a field or one below it. */
  readonly writers: (field: FieldUse) => readonly string[];
  readonly readers: (field: FieldUse) => readonly string[];
  /** The ids of the properties that look at a field or one below it. */
  readonly properties: (field: FieldUse) => readonly string[];
  /** The paths that an action writes, and that it may write more where that is so. */
  readonly written: (action: string) => string;
}

/** How it is known what an action touches, for whoever reads it. */
export const HOW_KNOWN =
  "recorded: each action was run with the combinations of values that it can tell apart, 1,024 of them at most, also with such as no run reaches";

const isWithin = (path: string, field: string): boolean =>
  field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[]`);

/** What was recorded of some actions and properties; what was not is recorded now. */
const recorded = async (
  catalogue: Catalogue,
  actions: Iterable<string>,
  properties: Iterable<string>,
): Promise<RecordedPaths> => {
  const known = await catalogue.paths?.();
  const all =
    known !== undefined &&
    [...actions].every((name) => own(known.actions, name) !== undefined) &&
    [...properties].every((id) => own(known.properties, id) !== undefined);
  return all ? known : (await import("./record-paths.ts")).recordPaths(catalogue, known);
};

type Used = ReadonlyMap<string, ReadonlySet<string>>;

/** Those of some items that touch a field of a state that they are of. */
const touching =
  (
    of: Readonly<Record<string, Touched>>,
    part: "reads" | "writes",
    scenariosOf: ReadonlyMap<string, readonly string[]>,
  ) =>
  ({ item: { path }, owners }: FieldUse): readonly string[] =>
    Object.entries(of)
      .filter(
        ([name, touched]) =>
          touched[part].split(" ").some((field) => isWithin(path, field)) &&
          (scenariosOf.get(name) ?? []).some((scenario) => owners.includes(scenario)),
      )
      .map(([name]) => name);

/** The paths that something in each scenario touches. */
const usedIn = (
  touches: readonly (readonly [touched: Touched | undefined, scenarios: readonly string[]])[],
): Used => {
  const used = new Map<string, Set<string>>();
  for (const [touched, scenarios] of touches)
    for (const path of new Set(`${touched?.reads ?? ""} ${touched?.writes ?? ""}`.split(" ")))
      for (const scenario of scenarios) used.set(scenario, (used.get(scenario) ?? new Set()).add(path));
  return used;
};

/** A path and every path above it. */
const withAbove = (path: string): readonly string[] =>
  [...path.matchAll(/\.|\[\]|$/g)].flatMap(({ index, 0: end }) => [
    path.slice(0, index),
    path.slice(0, index) + end,
  ]);

/** Every field of every state: of two states that have one of the same name each its own, unless they are alike. */
const fieldsIn = ({ scenarios }: Catalogue, used: Used): readonly FieldUse[] => {
  const fields = new Map<string, { item: Field; scenarios: string[]; owners: string[] }>();
  for (const scenario of scenarios) {
    const touched = new Set([...(used.get(scenario.name) ?? [])].flatMap(withAbove));
    for (const item of fieldsOf(stateOf(scenario))) {
      const key = `${item.path} ${item.range} ${item.about}`;
      const field = fields.get(key) ?? { item, scenarios: [], owners: [] };
      fields.set(key, field);
      field.owners.push(scenario.name);
      if (touched.has(item.path)) field.scenarios.push(scenario.name);
    }
  }
  return [...fields.values()];
};

const allTouching = async (catalogue: Catalogue): Promise<Touching> => {
  const ofActions = new Map(
    (await actionsIn(catalogue)).map(({ item, scenarios }) => [item.name, scenarios]),
  );
  const ofProperties = new Map(propertiesIn(catalogue).map(({ item, scenarios }) => [item.id, scenarios]));
  const { actions, properties } = await recorded(catalogue, ofActions.keys(), ofProperties.keys());
  const used = usedIn([
    ...[...ofActions].map(([name, scenarios]) => [own(actions, name), scenarios] as const),
    ...[...ofProperties].map(([id, scenarios]) => [own(properties, id), scenarios] as const),
  ]);
  return {
    fields: fieldsIn(catalogue, used),
    writers: touching(actions, "writes", ofActions),
    readers: touching(actions, "reads", ofActions),
    written: (action) => {
      const { writes = "", atLeast } = own(actions, action) ?? {};
      return `${writes.replaceAll(" ", ", ")}${atLeast === true ? ", and maybe more" : ""}`;
    },
    properties: touching(properties, "reads", ofProperties),
  };
};

const known = new WeakMap<Catalogue, Promise<Touching>>();

/** Who touches which field of which scenario. */
export const touchingIn = (catalogue: Catalogue): Promise<Touching> => {
  const all = known.get(catalogue) ?? allTouching(catalogue);
  known.set(catalogue, all);
  return all;
};

/**
 * The fields that a path means, one for each state that has it: `vcpu[0].mode` is `vcpu[].mode`.
 * @throws CheckError when no state has it; names the nearest.
 */
export const fieldsNamed = ({ fields }: Touching, path: string): readonly FieldUse[] => {
  const wanted = plainTerm(path);
  const found = fields.filter(({ item }) => item.path === wanted);
  if (found.length > 0) return found;
  const paths = fields.map(({ item }) => item.path);
  throw unknownName("field", wanted, paths, `see: ${programName()} list state`);
};
