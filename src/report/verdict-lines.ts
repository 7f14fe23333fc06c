import type { NoEffect } from "../catalogue/no-effect.ts";
import { isUnrecorded, type Outcome, type PropertyResult } from "../catalogue/outcome.ts";
import { vacuousIsGood } from "../model/property.ts";
import { columns, row } from "./columns.ts";
import { largest } from "./largest.ts";
import { noEffectText } from "./no-effect.ts";
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
  if (verdict !== "violated" && verdict !== "witnessed") words[0] += ":";
  return `${words.join(" ")}${surpriseText(result)}`;
};

/** A line for each property: its verdict, what it rests on, and whether it was expected. */
export const verdicts = ({
  properties,
  noEffect,
  scenario,
}: Pick<Outcome, "properties" | "noEffect" | "scenario">): readonly string[] => {
  const ids = properties.map(({ property }) => ascii(property.id).length);
  const name = Math.min(40, largest(ids, 1));
  const layout = columns([name, LINE - 4 - name], 2);
  return properties.flatMap((result) =>
    row([[result.property.id], [verdictText(result, noEffect, scenario.varied !== undefined)]], layout, 2),
  );
};
