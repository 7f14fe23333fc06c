import type { Catalogue } from "../catalogue/catalogue.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { Faults, type Source } from "./text/faults.ts";
import { variationOf, type Words } from "./format/read-variation.ts";
import { vary } from "./scenario/vary.ts";
import type { Variation } from "./variation.ts";
import { treeOf } from "./format/yaml-tree.ts";

/** The scenarios that files are among, and the words for what they can be chosen by and what actions cite. */
type Among = Pick<Catalogue, "scenarios" | "axes" | "cites">;

/** What the text of a scenario file says; nothing where that cannot be told, and then the faults say why. */
const readIn = ({ text }: Source, words: Words, faults: Faults): Variation | undefined => {
  const tree = treeOf(text, faults);
  return tree && faults.try(tree.at, () => variationOf(tree, { ...words, faults }));
};

/**
 * What the text of a scenario file says, by itself.
 * @throws CheckError with all that is wrong with it, as `scenarioFrom`.
 */
export const variationFrom = (source: Source, words: Words): Variation => {
  const faults = new Faults();
  const variation = readIn(source, words, faults);
  faults.refuse(source);
  return variation!;
};

/**
 * The scenario that the text of a scenario file comes to, among those that ship.
 * @throws CheckError with all that is wrong with it: `FILE:LINE:COL: what`, the line and a caret, in the order of the file.
 */
export const scenarioFrom = (source: Source, { scenarios, axes = [], cites = [] }: Among): AnyScenario => {
  const faults = new Faults();
  const variation = readIn(source, { axes, cites }, faults);
  if (variation === undefined) {
    faults.refuse(source);
    throw new TypeError("a file that says nothing has a fault");
  }
  return vary(variation, scenarios, source, faults);
};
