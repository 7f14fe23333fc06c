import { settingsOf } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** What a complete search of a world took when it was last measured. */
export interface Size {
  readonly states: number;
  /** Bytes besides those of the program itself: of one thread, without a limit on memory. */
  readonly bytes: number;
}

/** The sizes of worlds that are known, by `worldText`. */
export type Sizes = Readonly<Record<string, Size>>;

/** A world in a word, `scenario:design:guest:option=value,...:version`, without what is default or absent. */
export const worldText = (scenario: AnyScenario, choice: Choice, version: string): string =>
  [
    scenario.name,
    ...[choice.design, choice.guest].filter((name) => name !== null),
    ...[settingsOf(scenario, choice).join(",")].filter((set) => set !== ""),
    version,
  ].join(":");
