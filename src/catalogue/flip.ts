import { CheckError } from "../errors.ts";
import { choiceOf, type Wish } from "./choice.ts";
import { expectationFor, type AnyScenario, type Choice } from "./scenario.ts";

/** A bug was there and was mended; a mutation never was. */
export type FlipKind = "bug" | "mutation";

/** With what is wrong, and without. */
export type Side = "pre" | "post";

/** Something wrong that properties can tell: a scenario with an option that has the values `pre` and `post`. */
export interface Flip {
  /** What people call it. */
  readonly id: string;
  readonly kind: FlipKind;
  /** What is wrong, in a sentence. */
  readonly about: string;
  /** What mended it, or says more of it. */
  readonly source: string;
  /** The scenario that it is shown in. */
  readonly from: string;
  /** The scenario with the option, understood when it is asked for. */
  readonly scenario: () => AnyScenario;
  /** The scenario file that says all this, where one does. */
  readonly file?: { readonly name: string; readonly text: string };
}

/** What makes a scenario one that flips. */
const WANTED =
  "a switch with the values pre and post makes one that flips, and a property that is expected to be violated under pre and to hold under post";

/** What is asked of a side of a flip. */
export const wishOf = ({ name, options }: AnyScenario, side: Side): Wish => {
  const option = options.find(({ values }) => values.includes("pre") && values.includes("post"));
  if (option === undefined)
    throw new CheckError(
      "model",
      `${name} has no option with the values pre and post: it cannot be flipped\n  ${WANTED}`,
    );
  return { set: [`${option.name}=${side}`] };
};

/** The ids of the properties that tell the sides apart: expected to be violated before, and to hold after. */
export const telling = (scenario: AnyScenario): readonly string[] => {
  const [pre, post]: readonly Choice[] = (["pre", "post"] as const).map((side) =>
    choiceOf(scenario, wishOf(scenario, side)),
  );
  const ids = scenario.properties
    .map(({ id }) => id)
    .filter(
      (id) =>
        expectationFor(scenario, id, pre)?.verdict === "violated" &&
        expectationFor(scenario, id, post)?.verdict === "holds",
    );
  if (ids.length === 0)
    throw new CheckError(
      "model",
      `${scenario.name} expects no property to be violated before and to hold after: nothing tells it\n  ${WANTED}`,
    );
  return ids;
};
