import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Flip, FlipKind } from "../catalogue/flip.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import type { Source } from "./text/faults.ts";
import { scenarioFrom, variationFrom } from "./from-text.ts";

/**
 * What the text of a scenario file with a switch between `pre` and `post` shows.
 * @throws CheckError with all that is wrong with it; where it does not fit the scenarios, when its scenario is asked for.
 */
export const flipFrom = (
  source: Source,
  kind: FlipKind,
  among: Pick<Catalogue, "scenarios" | "axes" | "cites">,
): Flip => {
  const { axes = [], cites = [] } = among;
  const variation = variationFrom(source, { axes, cites });
  const id = variation.name.text;
  const flag = `--${kind === "bug" ? "bug" : "mutate"} ${id}`;
  let made: AnyScenario | undefined;
  return {
    id,
    kind,
    about: variation.about.text.trim(),
    source: variation.source?.text ?? "",
    from: variation.extends.text,
    scenario: () => {
      if (made !== undefined) return made;
      const { varied, ...rest } = scenarioFrom(source, among);
      made = {
        ...rest,
        ...(varied && { varied: { ...varied, again: { ...varied.again, world: flag, run: flag } } }),
      };
      return made;
    },
  };
};
