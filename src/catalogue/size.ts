import { own } from "../schema/own.ts";
import { namedPairs, settingsOf } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** What a complete search of a world took when it was last measured. */
export interface Size {
  readonly states: number;
  /** Bytes besides those of the program itself: of one thread, without a limit on memory. */
  readonly bytes: number;
}

/** The sizes of worlds that are known, by `worldText`. */
export type Sizes = Readonly<Record<string, Size>>;

/** What is known of a world's size: that it was counted itself, or the largest that was of its scenario. */
export type KnownSize = { readonly counted: Size } | { readonly alike: Size };

/** What is known of the size of a world of a scenario, by its `worldText`; nothing where no world of it is known. */
export const sizeKnown = (sizes: Sizes, world: string, scenario: string): KnownSize | undefined => {
  const counted = own(sizes, world);
  if (counted !== undefined) return { counted };
  const [alike] = Object.entries(sizes)
    .filter(([world]) => world.startsWith(`${scenario}:`))
    .map(([, size]) => size)
    .toSorted((a, b) => b.bytes - a.bytes);
  return alike && { alike };
};

/** A world in a word, `scenario:value:...:option=value,...` with a value for each axis, without what is absent, and what is default of options and of axes that preset them. */
export const worldText = (scenario: AnyScenario, choice: Choice): string =>
  [
    scenario.name,
    ...namedPairs(scenario, choice).map(([, value]) => value),
    ...[settingsOf(scenario, choice).join(",")].filter((set) => set !== ""),
  ].join(":");
