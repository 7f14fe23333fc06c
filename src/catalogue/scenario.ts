import type { Origin } from "./origin.ts";
import type { Varied } from "./varied.ts";
import { chosenOn, type AxisValues } from "../model/axis.ts";
import type { Expectable } from "../check/verdict-word.ts";
import type { Scope } from "../schema/domain.ts";
import { own } from "../schema/own.ts";
import { checkWorld } from "../model/check-world.ts";
import { checkExpected } from "../model/expected-rows.ts";
import type { Build, Choice, Option } from "./instantiated.ts";
import type { Property } from "../model/property.ts";

export type { Build, Choice, Instantiated, Named, Option } from "./instantiated.ts";

/**
 * The verdict expected of a property where `where` matches: each key is an axis or an option, each value one
 * word or several. The first matching expectation counts; where none matches nothing is expected.
 */
export interface Expectation {
  readonly property: string;
  readonly where?: Readonly<Record<string, string | readonly string[]>>;
  /** `any` where every verdict is as expected, `holds-or-vacuous` of a law. */
  readonly verdict: Expectable;
  /** Why a violation is known, in a few words; shown beside the verdict. */
  readonly because?: string;
}

/** A world to explore: which model, how large, from where, which properties, and what is expected of them. */
export interface Scenario<S> {
  /** A kind and what tells it from others of that kind, for example `oracle/peterson`. */
  readonly name: string;
  readonly about: string;
  /** Its values on the axes that the catalogue names; none where left out. */
  readonly axes?: AxisValues;
  /**
   * The axes that decide nothing but what options are by default, those of this scenario and what else its models have of
   * them; none where left out. What differs there alone the gate asks once.
   */
  readonly presets?: readonly string[];
  readonly options: readonly Option[];
  readonly scope: Scope;
  /** The name of the start point. */
  readonly start: string;
  readonly properties: readonly Property<S>[];
  readonly expected: readonly Expectation[];
  readonly build: Build<S>;
  /** What it is made of, where others can be made of it. */
  readonly origin?: Origin<S>;
  /** What it was made of and how it differs, where it is a variation of another. */
  readonly varied?: Varied;
}

/** The expectation that applies to a property under a choice, if any. */
export const expectationFor = (
  scenario: Pick<AnyScenario, "expected">,
  property: string,
  choice: Choice,
): Expectation | undefined => {
  const chosen: Readonly<Record<string, string | null>> = { ...choice.options, ...chosenOn(choice) };
  return scenario.expected.find(
    (expectation) =>
      expectation.property === property &&
      Object.entries(expectation.where ?? {}).every(([key, wanted]) => {
        const value = own(chosen, key);
        return (
          typeof value === "string" && (Array.isArray(wanted) ? wanted.includes(value) : wanted === value)
        );
      }),
  );
};

/** A scenario with its state type kept to itself, as a catalogue lists it. */
export type AnyScenario = Scenario<unknown>;

/**
 * Puts a scenario into a catalogue; whoever takes it out explores it without knowing its state type.
 * @throws CheckError when it has a name that no trace could be written with, or one twice; when an expectation names what
 * the scenario lacks, or can never decide anything.
 */
export const shelve = <S>(scenario: Scenario<S>): AnyScenario => {
  checkWorld(scenario);
  checkExpected(scenario);
  return scenario as unknown as AnyScenario;
};
