import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Flip, FlipKind } from "../catalogue/flip.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import type { Source } from "./text/faults.ts";
import type { Variation } from "./variation.ts";
import { scenarioFrom, variationFrom } from "./from-text.ts";

/** The scenarios that files are among, and the words for what they can be chosen by and what actions cite. */
type Among = Pick<Catalogue, "scenarios" | "axes" | "cites">;

/** `pre` before all else, as it is meant where no side of a flip is named. */
const byPre = (a: string, b: string): number => Number(b === "pre") - Number(a === "pre");

/** What a scenario file says, with the side that is meant where none is named as the default of its switch. */
export const preFirst = (variation: Variation): Variation => ({
  ...variation,
  ...(variation.switch && {
    switch: variation.switch.map((one) => ({
      ...one,
      values: one.values.toSorted((a, b) => byPre(a.value.text, b.value.text)),
    })),
  }),
});

/** What the text of a scenario file says of itself; its scenario is made when it is asked for. */
const toldBy = (source: Source, kind: FlipKind, among: Among, made: () => AnyScenario): Flip => {
  const { axes = [], cites = [] } = among;
  const variation = variationFrom(source, { axes, cites });
  let once: AnyScenario | undefined;
  return {
    id: variation.name.text,
    kind,
    about: variation.about.text.trim(),
    source: variation.source?.text ?? "",
    from: variation.extends.text,
    file: { name: source.name, text: source.text },
    scenario: () => (once ??= made()),
  };
};

/**
 * What the text of a scenario file with a switch between `pre` and `post` shows, as one that ships: it is named by a flag.
 * @throws CheckError with all that is wrong with it; where it does not fit the scenarios, when its scenario is asked for.
 */
export const flipFrom = (source: Source, kind: FlipKind, among: Among): Flip => {
  const flip = toldBy(source, kind, among, () => {
    const { varied, options, ...rest } = scenarioFrom(source, among);
    const flag = `--${kind === "bug" ? "bug" : "mutate"} ${flip.id}`;
    return {
      ...rest,
      options: options.map((option) => ({ ...option, values: option.values.toSorted(byPre) })),
      ...(varied && { varied: { ...varied, again: { ...varied.again, world: flag, run: flag } } }),
    };
  });
  return flip;
};

/** The same of a file of one's own, which is named as a file. @throws CheckError as `flipFrom`. */
export const flipOfFile = (source: Source, among: Among): Flip =>
  toldBy(source, "bug", among, () => scenarioFrom(source, among));
