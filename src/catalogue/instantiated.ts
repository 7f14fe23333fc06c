import type { Model } from "../model/model.ts";

/** What the default of an option follows: under a value on an axis, the option's value there; under others it is the first. */
export interface Follows {
  readonly axis: string;
  readonly defaults: Readonly<Record<string, string>>;
}

/** One decision that is left open, with the values it can take; the first is the default where it follows nothing. */
export interface Option {
  readonly name: string;
  readonly about: string;
  /** Where it comes from: a message, or where it was read. */
  readonly source: string;
  /** Where that can be read: paths or addresses. */
  readonly links?: readonly string[];
  readonly values: readonly string[];
  readonly follows?: Follows;
}

/** A value on an axis, as a catalogue describes it. */
export interface Named {
  readonly name: string;
  readonly about: string;
  /** Where it comes from: a message, or where it was read. */
  readonly source: string;
  /** Where that can be read: paths or addresses. */
  readonly links?: readonly string[];
}

/** Every option of a scenario, with its value. */
type Settings = Readonly<Record<string, string>>;

/** What is being compared: under its name what is chosen on each axis, null where there is nothing; and the options. */
export interface Choice {
  readonly options: Settings;
  readonly [axis: string]: string | null | Settings;
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
