import { CheckError, unknownName } from "../errors.ts";
import type { ClaimBook } from "./claim.ts";
import type { AnyScenario, Named } from "./scenario.ts";
import type { Sizes } from "./size.ts";

/** Everything that can be asked about, by name. */
export interface Catalogue {
  readonly scenarios: readonly AnyScenario[];
  readonly designs: readonly Named[];
  readonly guests: readonly Named[];
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
}

/**
 * The scenario of that name; without a name the first of the KVM scenarios, else the first.
 * @throws CheckError when there is none; names the nearest.
 */
export const scenarioNamed = ({ scenarios }: Catalogue, name?: string): AnyScenario => {
  const found =
    name === undefined
      ? (scenarios.find((scenario) => scenario.name.startsWith("kvm/")) ?? scenarios[0])
      : scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  if (name === undefined) throw new CheckError("usage", "there are no scenarios to explore");
  const names = scenarios.map((scenario) => scenario.name);
  throw unknownName("scenario", name, names, "see: apicv-check list scenarios");
};
