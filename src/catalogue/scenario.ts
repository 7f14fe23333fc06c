import { chosenOn, type AxisValues } from "../model/axis.ts";
import type { Verdict } from "../check/verdict-word.ts";
import type { Scope } from "../schema/domain.ts";
import { own } from "../schema/own.ts";
import { checkWorld } from "../model/check-world.ts";
import { checkExpected } from "../model/expected-rows.ts";
import type { Model } from "../model/model.ts";
import type { Property } from "../model/property.ts";

/** One decision that is left open, with the values it can take; the first is the default. */
export interface Option {
  readonly name: string;
  readonly about: string;
  /** Where it comes from: a message or a dossier section. */
  readonly source: string;
  readonly values: readonly string[];
}

/** A value on an axis, as a catalogue describes it. */
export interface Named {
  readonly name: string;
  readonly about: string;
  /** Where it comes from: a message or a dossier section. */
  readonly source: string;
}

/** Every option of a scenario, with its value. */
type Settings = Readonly<Record<string, string>>;

/** What is being compared: under its name what is chosen on each axis, null where there is nothing; and the options. */
export interface Choice {
  readonly options: Settings;
  readonly [axis: string]: string | null | Settings;
}

/**
 * The verdict expected of a property where `where` matches: each key is an axis or an option, each value one
 * word or several. The first matching expectation counts; where none matches nothing is expected.
 */
export interface Expectation {
  readonly property: string;
  readonly where?: Readonly<Record<string, string | readonly string[]>>;
  readonly verdict: Verdict;
  /** Why a violation is known, in a few words; shown beside the verdict. */
  readonly because?: string;
}

/** A model made ready for one choice: what may happen, and the states it starts from. */
export interface Instantiated<S> {
  readonly model: Model<S>;
  readonly start: readonly S[];
  /** Why the start point cannot be reached under the choice; then there is no start, and no property applies. */
  readonly unreachable?: string;
}

/** Makes the model and start states of a choice. */
export interface Build<S> {
  (choice: Choice): Instantiated<S>;
  /** The model alone, where that takes less than to find the start states. */
  readonly model?: (choice: Choice) => Model<S>;
}

/** A world to explore: which model, how large, from where, which properties, and what is expected of them. */
export interface Scenario<S> {
  /** A kind and what tells it from others of that kind, for example `oracle/peterson`; `list bugs` lists `bugs/...`. */
  readonly name: string;
  readonly about: string;
  /** Its values on the axes that the catalogue names; none where left out. */
  readonly axes?: AxisValues;
  readonly options: readonly Option[];
  readonly scope: Scope;
  /** The name of the start point. */
  readonly start: string;
  readonly properties: readonly Property<S>[];
  readonly expected: readonly Expectation[];
  readonly build: Build<S>;
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
