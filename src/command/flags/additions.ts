import type { Additions, Catalogue } from "../../catalogue/catalogue.ts";
import type { AnyScenario, Option } from "../../catalogue/scenario.ts";
import type { Varied } from "../../catalogue/varied.ts";
import { CheckError } from "../../errors.ts";
import type { Action } from "../../model/action.ts";
import type { Property } from "../../model/property.ts";
import { defaultExportOf, hashOfText } from "./code-file.ts";
import { watchEvaluations } from "./watch-evaluations.ts";
import type { FileText } from "./file-text.ts";

/** What a file of code adds. */
interface Added extends Additions {
  readonly scenarios: readonly AnyScenario[];
  readonly properties: readonly Property<unknown>[];
}

const KINDS = {
  scenarios: ["name", "build", "properties", "expected"],
  properties: ["id", "statement"],
  actions: ["name", "guard", "effect", "actor"],
  options: ["name", "about", "values"],
} as const;

const kindOf = (value: object): keyof typeof KINDS | undefined =>
  (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((kind) => KINDS[kind].every((key) => key in value));

/** What a default export adds: one of them, or several in a list or an object. @throws CheckError where it is none. */
const addedBy = (name: string, exported: unknown): Added => {
  const added: Record<keyof typeof KINDS, unknown[]> = {
    scenarios: [],
    properties: [],
    actions: [],
    options: [],
  };
  const put = (value: unknown, where: string): void => {
    const kind = typeof value === "object" && value !== null ? kindOf(value) : undefined;
    if (kind === undefined)
      throw new CheckError(
        "input",
        `${name}: ${where} is nothing that can be added: export a scenario, a property, an option or an action, or several as a list or an object`,
      );
    added[kind].push(value);
  };
  const several =
    typeof exported === "object" && exported !== null && kindOf(exported) === undefined
      ? Object.entries(exported)
      : undefined;
  if (several === undefined) put(exported, "its default export");
  else for (const [key, value] of several) put(value, `"${key}" of its default export`);
  if (several?.length === 0) throw new CheckError("input", `${name}: its default export has nothing in it`);
  return added as unknown as Added;
};

/** A scenario whose models have the hash of the file that it comes from in their version. */
const stamped = (
  scenario: AnyScenario,
  { name, text }: FileText,
  varied: Partial<Varied> = {},
): AnyScenario => {
  const hash = hashOfText(text);
  const { build } = scenario;
  return {
    ...scenario,
    build: Object.assign(
      (choice: Parameters<typeof build>[0]) => {
        const { model, ...rest } = build(choice);
        return { model: { ...model, variation: hash }, ...rest };
      },
      build.model === undefined
        ? {}
        : {
            model: (choice: Parameters<typeof build>[0]) => ({ ...build.model!(choice), variation: hash }),
          },
    ),
    varied: {
      from: null,
      changes: [],
      idle: () => [],
      watch: () => undefined,
      ...scenario.varied,
      ...varied,
      by: name,
      hash,
      again: {
        world: `--file ${name} --scenario ${scenario.name}`,
        run: `--file ${name}`,
        byFlags: false,
      },
    },
  };
};

const namesOf = (kind: string, some: readonly (Option | Action<unknown>)[]): readonly string[] =>
  some.map(({ name }) => `${kind} ${name}`);

/** A scenario with the properties, options and actions of a file besides its own. */
const extendedBy = (
  scenario: AnyScenario,
  file: FileText,
  { properties, options, actions }: Added,
  adding: Catalogue["adding"],
): AnyScenario => {
  const twice = properties.find(({ id }) => scenario.properties.some((one) => one.id === id));
  if (twice !== undefined)
    throw new CheckError("input", `${file.name}: ${scenario.name} asks a property ${twice.id} already`);
  const more = options.length + actions.length > 0;
  const made = more ? adding?.(scenario, { options, actions }) : scenario;
  if (made === undefined) return scenario;
  const asked = { ...made, properties: [...made.properties, ...properties] };
  const varied = {
    from: scenario.name,
    changes: [...namesOf("option", options), ...namesOf("action", actions)],
  };
  return more
    ? stamped(asked, file, varied)
    : { ...asked, varied: { ...stamped(asked, file, varied).varied! } };
};

/**
 * A catalogue with what a file of code adds: its scenarios, and its properties, options and actions in all scenarios that
 * can have them. The name of its first scenario, if it has one.
 * @throws CheckError when the file cannot be loaded, or a name is there already.
 */
export const withCode = async (
  catalogue: Catalogue,
  file: FileText,
): Promise<{ readonly scenarios: readonly AnyScenario[]; readonly first: string | undefined }> => {
  watchEvaluations();
  const added = addedBy(file.name, await defaultExportOf(file.name, file.text, catalogue.modules));
  for (const { name } of added.scenarios)
    if (catalogue.scenarios.some((one) => one.name === name))
      throw new CheckError(
        "input",
        `${file.name}: there is a scenario called ${name} already: call it otherwise`,
      );
  const alone = added.properties.length + added.options.length + added.actions.length === 0;
  const before = alone
    ? catalogue.scenarios
    : catalogue.scenarios.map((scenario) => extendedBy(scenario, file, added, catalogue.adding));
  return {
    scenarios: [...before, ...added.scenarios.map((scenario) => stamped(scenario, file))],
    first: added.scenarios[0]?.name,
  };
};
