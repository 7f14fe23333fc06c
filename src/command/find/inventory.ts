import { choiceOf } from "../../catalogue/choice.ts";
import { distinctChoices } from "../../catalogue/distinct-choices.ts";
import type { Action } from "../../model/action.ts";
import type { Domain } from "../../schema/domain.ts";
import type { Model } from "../../model/model.ts";
import type { Property } from "../../model/property.ts";
import type { AnyScenario, Choice, Named, Option } from "../../catalogue/scenario.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { own } from "../../schema/own.ts";

/** Something that scenarios share, with the names of the scenarios that have it. */
export interface Shared<T> {
  readonly item: T;
  readonly scenarios: readonly string[];
}

const shared = <T>(
  { scenarios }: Catalogue,
  itemsOf: (scenario: AnyScenario) => readonly T[],
  nameOf: (item: T) => string,
): readonly Shared<T>[] => {
  const found = new Map<string, { readonly item: T; readonly scenarios: string[] }>();
  for (const scenario of scenarios)
    for (const item of itemsOf(scenario)) {
      const known = found.get(nameOf(item)) ?? { item, scenarios: [] };
      found.set(nameOf(item), known);
      if (!known.scenarios.includes(scenario.name)) known.scenarios.push(scenario.name);
    }
  return [...found.values()];
};

/** Every property of every scenario, once. */
export const propertiesIn = (catalogue: Catalogue): readonly Shared<Property<unknown>>[] =>
  shared(
    catalogue,
    ({ properties }) => properties,
    ({ id }) => id,
  );

/** Every option of every scenario, once. */
export const optionsIn = (catalogue: Catalogue): readonly Shared<Option>[] =>
  shared(
    catalogue,
    ({ options }) => options,
    ({ name }) => name,
  );

/** Every start point of every scenario, once. */
export const startsIn = (catalogue: Catalogue): readonly Shared<string>[] =>
  shared(
    catalogue,
    ({ start }) => [start],
    (start) => start,
  );

const undescribed = (name: string): Named => ({ name, about: "", source: "" });

/** Every value on an axis that a scenario can be explored under or the catalogue describes, in the catalogue's order. */
export const namedIn = (catalogue: Catalogue, axis: string): readonly Shared<Named>[] => {
  const used = shared(
    catalogue,
    ({ axes = {} }) => (own(axes, axis) ?? []).map(undescribed),
    ({ name }) => name,
  );
  const known = own(catalogue.named ?? {}, axis) ?? [];
  const described = known.map((item) => ({
    item,
    scenarios: used.find(({ item: { name } }) => name === item.name)?.scenarios ?? [],
  }));
  const names = new Set(known.map(({ name }) => name));
  return [...described, ...used.filter(({ item }) => !names.has(item.name))];
};

/** The choices in which a scenario's actions may differ: each choice on the axes, and each other option value alone. */
const worlds = (scenario: AnyScenario): readonly Choice[] => {
  const settings = scenario.options.flatMap(({ name, values }) =>
    values.slice(1).map((value) => `${name}=${value}`),
  );
  return [...distinctChoices(scenario), ...settings.map((setting) => choiceOf(scenario, { set: [setting] }))];
};

/** The model of a scenario under a choice, without its start states where that is less work. */
const modelUnder = (scenario: AnyScenario, choice: Choice): Model<unknown> =>
  scenario.build.model?.(choice) ?? scenario.build(choice).model;

/** The models of a scenario, one for each choice in which its actions may differ. */
export const modelsOf = (scenario: AnyScenario): readonly Model<unknown>[] =>
  worlds(scenario).map((choice) => modelUnder(scenario, choice));

/** The state of a scenario, which is the same under all choices. */
export const stateOf = (scenario: AnyScenario): Domain<unknown> =>
  modelUnder(scenario, choiceOf(scenario, {})).state;

const known = new WeakMap<Catalogue, Promise<readonly Shared<Action<unknown>>[]>>();

const allActions = async (catalogue: Catalogue): Promise<readonly Shared<Action<unknown>>[]> => {
  const actions = new Map<AnyScenario, readonly Action<unknown>[]>();
  for (const scenario of catalogue.scenarios) {
    await new Promise((resolve) => setImmediate(resolve));
    const byName = new Map<string, Action<unknown>>();
    for (const model of modelsOf(scenario))
      for (const action of model.actions) if (!byName.has(action.name)) byName.set(action.name, action);
    actions.set(scenario, [...byName.values()]);
  }
  return shared(
    catalogue,
    (scenario) => actions.get(scenario) ?? [],
    ({ name }) => name,
  );
};

/** Every action of every scenario, once by name. Signals are seen meanwhile. */
export const actionsIn = (catalogue: Catalogue): Promise<readonly Shared<Action<unknown>>[]> => {
  const actions = known.get(catalogue) ?? allActions(catalogue);
  known.set(catalogue, actions);
  return actions;
};
