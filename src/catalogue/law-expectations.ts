import { isLaw, type Property } from "../model/property.ts";
import type { Expectation } from "./scenario.ts";

/** What a scenario expects, and that no law among its properties is violated of which it says nothing. */
export const withLaws = <E extends Expectation>(
  properties: readonly Property<never>[],
  expected: readonly E[],
): readonly (E | Expectation)[] => {
  const said = new Set(expected.map(({ property }) => property));
  const laws = properties.filter((property) => isLaw(property) && !said.has(property.id));
  return [...expected, ...laws.map(({ id }): Expectation => ({ property: id, verdict: "holds-or-vacuous" }))];
};
