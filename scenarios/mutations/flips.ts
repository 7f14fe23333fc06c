import { shelve, type AnyScenario, type Choice, type Flip, type Option } from "#check";
import type { State } from "../../models/kvm/state.ts";
import { worldWith, type KvmScenario } from "../world.ts";
import type { MutationRow } from "./row.ts";
import { mutationRows } from "./rows.ts";

/** The option between the world with a mutation and the world as it ships. */
const SIDES: Option = {
  name: "kernel",
  about: "the kernel with the mutation (pre), or as it is (post)",
  source: "docs/mutations.md",
  values: ["pre", "post"],
};

/** The options of a world, those that a row sets with that value alone. */
const decided = ({ options }: KvmScenario, set: readonly string[]): readonly Option[] =>
  options.map((option) => {
    const setting = set.find((text) => text.startsWith(`${option.name}=`));
    return setting === undefined ? option : { ...option, values: [setting.slice(option.name.length + 1)] };
  });

const scenarioOf = ({ id, name, about, patch, world, shows, ...row }: MutationRow): AnyScenario => {
  const { design = "upstream", guest = "td", set = [], vacuousWithout: idle = [] } = row;
  const [asItIs, mutated] = [worldWith(world, {}), worldWith(world, patch)];
  const { expected: _, ...spec } = world;
  const ids = Object.keys(shows);
  const others = spec.properties.filter((property) => !ids.includes(property.id));
  return shelve<State>({
    name: id,
    about,
    axes: { design: [design], guest: [guest] },
    options: [...decided(asItIs, set), SIDES],
    scope: spec.scope,
    start: spec.start,
    properties: spec.properties,
    expected: [
      ...ids.flatMap((property) => [
        { property, where: { kernel: "pre" }, verdict: "violated" } as const,
        { property, verdict: idle.includes(property) ? "vacuous" : "holds" } as const,
      ]),
      ...others.map((property) => ({ property: property.id, verdict: "any" }) as const),
    ],
    build: (choice: Choice) => {
      const { kernel, ...options } = choice.options;
      const inner = { ...choice, options };
      if (kernel === "post") return asItIs.build(inner);
      const { model, ...begun } = mutated.build(inner);
      return { ...begun, model: { ...model, variation: id } };
    },
    varied: {
      by: `the mutation ${id}`,
      again: { world: `--mutate ${id}`, run: `--mutate ${id}`, byFlags: false },
      hash: id,
      from: world.name,
      changes: [`kernel=pre: ${name}`],
      changesStart: true,
      idle: () => [],
      watch: () => undefined,
    },
  });
};

/** Kernels that never were: `list mutations`, `flip M1`. */
export const mutations: readonly Flip[] = mutationRows.map((row) => {
  let made: AnyScenario | undefined;
  return {
    id: row.id,
    kind: "mutation",
    about: row.about,
    source: "docs/mutations.md",
    from: row.world.name,
    scenario: () => (made ??= scenarioOf(row)),
  };
});
