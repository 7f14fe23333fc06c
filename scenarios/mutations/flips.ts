import { partOf, shelve, type AnyScenario, type Choice, type Flip, type Option, type Origin } from "#check";
import { kernelNames } from "../../models/kvm/kernels.ts";
import type { State } from "../../models/kvm/state.ts";
import { worldWith, type KvmScenario } from "../world.ts";
import type { MutationRow } from "./row.ts";
import { mutationRows } from "./rows.ts";

/** The option between the world with a mutation and the world as it ships. */
const SIDES: Option = {
  name: "fix",
  about: "the kernel with the mutation (pre), or as it is (post)",
  source: "docs/mutations.md",
  values: ["pre", "post"],
};

/** The options of a world, those that a row sets with that value alone. */
const decided = ({ options }: KvmScenario, set: readonly string[]): readonly Option[] =>
  options.map((option) => {
    const setting = set.find((text) => text.startsWith(`${option.name}=`));
    const { follows: _, ...decided } = option;
    return setting === undefined ? option : { ...decided, values: [setting.slice(option.name.length + 1)] };
  });

/** What a world with a mutation is made of, for flags that ask more of it. */
const originOf = (id: string, asItIs: KvmScenario, mutated: KvmScenario): Origin<State> => {
  const [is, changed] = [asItIs.origin!, mutated.origin!];
  const sideOf = (choice: Choice): readonly [origin: Origin<State>, inner: Choice, isMutated: boolean] => {
    const { fix, ...options } = choice.options;
    const isMutated = fix !== "post";
    return [isMutated ? changed : is, { ...choice, options }, isMutated];
  };
  return {
    ...is,
    options: [...is.options, SIDES],
    whole: (choice) => {
      const [origin, inner, isMutated] = sideOf(choice);
      const whole = origin.whole(inner);
      return isMutated ? { ...whole, model: { ...whole.model, variation: id } } : whole;
    },
    begin: (choice, place) => {
      const [origin, inner] = sideOf(choice);
      return origin.begin(inner, place);
    },
  };
};

const scenarioOf = ({ id, name, about, patch, world, shows, ...row }: MutationRow): AnyScenario => {
  const {
    design = "upstream",
    guest = "td",
    kernel = kernelNames[0],
    set = [],
    vacuousWithout: idle = [],
  } = row;
  const [asItIs, mutated] = [worldWith(world, {}), worldWith(world, patch)];
  const origin = originOf(id, asItIs, mutated);
  const { expected: _, ...spec } = world;
  const ids = Object.keys(shows);
  const others = spec.properties.filter((property) => !ids.includes(property.id));
  return shelve<State>({
    name: id,
    about,
    axes: { design: [design], guest: [guest], kernel: [kernel] },
    presets: ["kernel"],
    options: [...decided(asItIs, set), SIDES],
    scope: spec.scope,
    start: spec.start,
    properties: spec.properties,
    expected: [
      ...ids.flatMap((property) => [
        { property, where: { fix: "pre" }, verdict: "violated" } as const,
        { property, verdict: idle.includes(property) ? "vacuous" : "holds" } as const,
      ]),
      ...others.map((property) => ({ property: property.id, verdict: "any" }) as const),
    ],
    origin,
    build: (choice: Choice) => ({
      model: partOf(origin.whole(choice)),
      ...origin.begin(choice, { scope: spec.scope, start: spec.start }),
    }),
    varied: {
      by: `the mutation ${id}`,
      again: { world: `--mutate ${id}`, run: `--mutate ${id}`, byFlags: false },
      hash: id,
      from: world.name,
      changes: [`fix=pre: ${name}`],
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
