import { optionNamed } from "../scenarios/extend-world.ts";
import { kvm } from "../scenarios/kvm.ts";
import { worldWith, type KvmScenario } from "../scenarios/world.ts";
import { axes, cites } from "../scenarios/words.ts";
import { only } from "../models/kvm/option.ts";
import { choiceOf, type Wish } from "../src/catalogue/choice.ts";
import type { Finding, Fix } from "../src/catalogue/finding.ts";
import type { AnyScenario } from "../src/catalogue/scenario.ts";
import { everyChosen } from "../src/model/axis.ts";
import { textOfVariation } from "../src/variation/format/write-variation.ts";
import { questionOfFlags, unvaried } from "../src/variation/from-flags.ts";
import { scenarioFrom } from "../src/variation/from-text.ts";

/** What follows each `--set` and each `--change` among words of the command line. */
const after = (words: readonly string[], flag: string): readonly string[] =>
  words.filter((_, i) => words[i - 1] === flag);

/** A world as it is and with a fix: scenarios, and what is chosen of them for it. */
export interface Sides {
  readonly plain: AnyScenario;
  readonly fixed: AnyScenario;
  readonly set: { readonly plain: readonly string[]; readonly fixed: readonly string[] };
  /** The world names the option of the fix: also another start of it is asked about, with the same actions. */
  readonly named: boolean;
}

/** The settings of a finding that a scenario has. */
const settingsIn = ({ options }: AnyScenario, { asks }: Finding): readonly string[] =>
  after(asks, "--set").filter((text) => {
    const [name, value] = text.split("=");
    return options.find((option) => option.name === name)?.values.includes(value) === true;
  });

/** A world with the option of a fix, whether or not it has it by itself. */
const withOption = ({ spec }: KvmScenario, finding: Finding, setting: string): Sides => {
  const [name, value] = setting.split("=");
  const option = optionNamed(name);
  const others = spec.options.filter((one) => one.name !== name);
  const instead = after(finding.asks, "--set").find((text) => text.startsWith(`${name}=`));
  const usual = instead?.slice(name.length + 1) ?? option.values[0];
  const both = worldWith({ ...spec, options: [...others, only(option, usual, value)] }, {});
  const scenario = both as unknown as AnyScenario;
  const set = settingsIn(scenario, finding).filter((text) => text !== instead);
  const named = others.length < spec.options.length;
  return { plain: scenario, fixed: scenario, set: { plain: set, fixed: [...set, setting] }, named };
};

/** A world with the changes of a fix that it has the actions for; undefined where these are none. */
const withChanges = (world: KvmScenario, finding: Finding, changes: readonly string[]): Sides | undefined => {
  const plain = world as unknown as AnyScenario;
  const names = everyChosen(world.axes).flatMap((chosen) =>
    plain.build.model!(choiceOf(plain, chosen)).actions.map(({ name }) => name),
  );
  const change = changes.filter(
    (text) =>
      names.includes(text.split(" ")[0]) &&
      [...text.matchAll(/\[(\d+)\]/g)].every(([, member]) => Number(member) < plain.scope["vcpu"]),
  );
  if (change.length === 0) return undefined;
  const { variation } = questionOfFlags({ change }, unvaried(plain), kvm);
  const source = { name: "the fix", text: textOfVariation(variation) };
  const fixed = scenarioFrom(source, { scenarios: kvm, axes, cites });
  const set = settingsIn(plain, finding);
  return { plain, fixed, set: { plain: set, fixed: set }, named: false };
};

const made = new Map<string, Sides | undefined>();

/** A world with a fix and without, each made once; undefined where the fix says nothing of it. */
export const sidesOf = (world: KvmScenario, finding: Finding, { flags }: Fix): Sides | undefined => {
  const key = JSON.stringify([world.name, flags, after(finding.asks, "--set")]);
  if (made.has(key)) return made.get(key);
  const [setting] = after(flags, "--set");
  const sides =
    setting === undefined
      ? withChanges(world, finding, after(flags, "--change"))
      : withOption(world, finding, setting);
  made.set(key, sides);
  return sides;
};

/** What a fix is meant for, of what can be chosen on the axes of a world: the newest kernel, as it was merged. */
export const chosenFor = ({ axes: all }: KvmScenario, { where = {} }: Fix): readonly Wish[] =>
  everyChosen(all).filter((chosen) =>
    Object.entries({ design: ["upstream"], kernel: all.kernel.slice(0, 1), ...where }).every(
      ([axis, values]) => values.includes(String(chosen[axis])),
    ),
  );
