import type { PropertyResult } from "../catalogue/outcome.ts";
import type { AnyScenario, Choice } from "../catalogue/scenario.ts";
import { namedPairs, settingsOf } from "../catalogue/choice.ts";

/** The most properties that are written out as they would be recorded. */
const WRITTEN = 3;

/** The `where` of an expectation that is for one choice. */
const whereOf = (scenario: AnyScenario, choice: Choice): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(namedPairs(scenario, choice)),
  ...Object.fromEntries(
    settingsOf(scenario, choice).map((setting) => setting.split("=") as [string, string]),
  ),
});

/** A row of `expected` on one line, with blanks to break it at. */
const rowText = (row: object): string => JSON.stringify(row, undefined, 1).replaceAll(/\s*\n\s*/g, " ");

/** How violations that nobody recorded become known ones: what to add to the scenario; nothing where there are none. */
export const howToRecord = (
  scenario: AnyScenario,
  choice: Choice,
  unrecorded: readonly Pick<PropertyResult, "property">[],
): readonly string[] => {
  if (unrecorded.length === 0) return [];
  if (scenario.varied !== undefined) {
    const ids = unrecorded.map(({ property: { id } }) => id);
    if (scenario.varied.again.byFlags && scenario.varied.changedIn !== undefined)
      return [
        `Flags expect nothing, and what ${scenario.varied.from} expects is of its own model: nothing is said of ${ids.join(", ")}.`,
      ];
    if (scenario.varied.again.byFlags)
      return [
        `Flags expect nothing, and what ${scenario.varied.from} expects is of its own model: --save FILE.yaml writes the question as a file, which may say what is expected of ${ids.join(", ")}.`,
      ];
    return [
      `What is expected stands in ${scenario.varied.by}, as "expect: violated" or "is: violated" of a property: nothing is said there of ${ids.join(", ")}.`,
    ];
  }
  const where = whereOf(scenario, choice);
  const rows = unrecorded.slice(0, WRITTEN).map(({ property: { id } }) =>
    rowText({
      property: id,
      ...(Object.keys(where).length === 0 ? {} : { where }),
      verdict: "violated",
      because: "...",
    }),
  );
  const more = unrecorded.length > WRITTEN ? `, and likewise for ${unrecorded.length - WRITTEN} more` : "";
  return [
    `A violation that is known is recorded in the "expected" of ${scenario.name}: ${rows.join(", ")}${more}.`,
  ];
};
