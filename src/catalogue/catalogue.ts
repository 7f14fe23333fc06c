import type { AxisPlural } from "../model/axis.ts";
import { CheckError, unknownName } from "../errors.ts";
import { checkNamesApart } from "../model/check-names.ts";
import type { ClaimBook } from "./claim.ts";
import type { AnyScenario, Named } from "./scenario.ts";
import type { Sizes } from "./size.ts";

/** Everything that can be asked about, by name. */
export interface Catalogue extends Readonly<Record<AxisPlural, readonly Named[]>> {
  readonly scenarios: readonly AnyScenario[];
  /** The name of the scenario that is meant where none is named; the first unless given. */
  readonly defaultScenario?: string;
  readonly claims: ClaimBook;
  /** How large the largest worlds are, as far as that is known. */
  readonly sizes?: Sizes;
  /** The URL of a module whose `shipped` gives this catalogue, where there is one: worker threads find it there. */
  readonly module?: string;
}

/** Loads a catalogue. */
export interface Load {
  (): Promise<Catalogue>;
  /** The catalogue's `module`. */
  readonly module?: string;
  /** What the whole is for, in a sentence, as `--help` says it before anything is loaded. */
  readonly about?: string;
  /** Commands that show what can be asked, one line each, with what it does. */
  readonly examples?: readonly (readonly [command: string, about: string])[];
}

/**
 * A catalogue, ready for the command line; what is left out is empty. Worker threads find it where `module` is the URL of
 * the module that exports it as `shipped`: `import.meta.url`.
 * @throws CheckError when two scenarios have one name.
 */
export const catalogueOf = ({
  designs = [],
  guests = [],
  claims = { columns: [], messages: [], claims: [] },
  ...rest
}: Pick<Catalogue, "scenarios"> & Partial<Catalogue>): Load => {
  checkNamesApart(
    "a scenario",
    rest.scenarios.map(({ name }) => name),
    "the catalogue",
  );
  const { module } = rest;
  return Object.assign(
    () => Promise.resolve({ ...rest, designs, guests, claims }),
    module === undefined ? {} : { module },
  );
};

/**
 * The scenario of that name; without a name the catalogue's default.
 * @throws CheckError when there is none; names the nearest.
 */
export const scenarioNamed = (
  { scenarios, defaultScenario }: Catalogue,
  name: string | undefined = defaultScenario,
): AnyScenario => {
  const found = name === undefined ? scenarios[0] : scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  if (name === undefined) throw new CheckError("usage", "there are no scenarios to explore");
  const names = scenarios.map((scenario) => scenario.name);
  throw unknownName("scenario", name, names, "see: apicv-check list scenarios");
};
