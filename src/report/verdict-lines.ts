import type { NoEffect } from "../catalogue/no-effect.ts";
import { isUnrecorded, type Outcome, type PropertyResult } from "../catalogue/outcome.ts";
import { vacuousIsGood } from "../model/property.ts";
import { columns, row } from "./columns.ts";
import { largest } from "./largest.ts";
import { noEffectText } from "./no-effect.ts";
import { painted, type Tone } from "./paint.ts";
import type { TraceStyle } from "./run/trace-style.ts";
import { ascii } from "./wrap.ts";

const LINE = 79;

/** The note on a verdict that nobody expected: another was recorded, or none. */
const surpriseText = ({ verdict, expected, asExpected }: Omit<PropertyResult, "property">): string => {
  if (isUnrecorded({ verdict, expected })) return ", not recorded: nothing is expected of it here";
  return asExpected ? "" : `, UNEXPECTED: ${expected} was expected`;
};

/** A verdict with what it rests on, and whether it was expected; nothing holds without a word of what had no effect. */
const verdictText = (result: PropertyResult, noEffect: readonly NoEffect[], isVaried: boolean): string => {
  const { verdict, because, reason, expected } = result;
  const known = verdict === "violated" && expected === "violated";
  // What is known is known of a model that ships.
  const word = isVaried ? "as expected" : "known";
  const words = [known ? `${verdict} (${word}${reason === null ? "" : `: ${reason}`})` : verdict, because];
  if (verdict !== "violated") words[0] += noEffectText(noEffect);
  if (verdict === "vacuous" && vacuousIsGood(result.property)) words[0] += ", which is good here";
  // "violated after 3 steps", but "violated: never reached".
  if (result.evidence === null) words[0] += ":";
  return `${words.join(" ")}${surpriseText(result)}`;
};

/** How a verdict stands: as expected, known to be bad, or worth a look first. */
const toneOf = ({ verdict, expected, asExpected }: PropertyResult): Tone | undefined => {
  if (!asExpected || isUnrecorded({ verdict, expected })) return "unexpected";
  return verdict === "violated" ? "known" : undefined;
};
const LAST: readonly (Tone | undefined)[] = [undefined, "known", "unexpected"];

/**
 * A line for each property: its verdict, what it rests on, and whether it was expected. What is violated comes last, and after it
 * what nobody expected: nearest to the prompt.
 */
export const verdicts = (
  { properties, noEffect, scenario }: Pick<Outcome, "properties" | "noEffect" | "scenario">,
  { colour }: TraceStyle = {},
): readonly string[] => {
  const ids = properties.map(({ property }) => ascii(property.id).length);
  const name = Math.min(40, largest(ids, 1));
  const layout = columns([name, LINE - 4 - name], 2);
  return properties
    .toSorted((a, b) => LAST.indexOf(toneOf(a)) - LAST.indexOf(toneOf(b)))
    .flatMap((result) => {
      const said = verdictText(result, noEffect, scenario.varied !== undefined);
      return painted(row([[result.property.id], [said]], layout, 2), toneOf(result), colour);
    });
};
