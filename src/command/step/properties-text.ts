import { isLiveness, type Property } from "../../model/property.ts";
import { argsText } from "../../report/counterexample.ts";
import type { Mark } from "./marks.ts";
import { indented } from "./position-text.ts";
import { marksAfter, type Walk } from "./walk.ts";

/** Where a walk first said something of a property: the mark, and after how many steps. */
const firstSaid = (
  walk: Walk,
  property: Property<unknown>,
  says: Mark["says"],
): { readonly mark: Mark; readonly at: number } | undefined => {
  for (let at = 0; at <= walk.at; at++) {
    const mark = marksAfter(walk, at).find((one) => one.property === property && one.says === says);
    if (mark !== undefined) return { mark, at };
  }
  return undefined;
};

const whereText = (said: { readonly mark: Mark; readonly at: number }): string =>
  `${said.at === 0 ? "at the start" : `at step ${said.at}`}${argsText(said.mark.args)}`;

const saidText = (walk: Walk, property: Property<unknown>): string => {
  const decided = firstSaid(walk, property, property.kind === "sometimes" ? "reached" : "broken");
  if (decided !== undefined) return `${decided.mark.says} ${whereText(decided)}`;
  if (property.kind === "sometimes") return "not reached so far";
  const occurred = firstSaid(walk, property, "occurs");
  const antecedent = occurred === undefined ? undefined : `its antecedent occurred ${whereText(occurred)}`;
  if (isLiveness(property))
    return [
      "decided only by runs that go on for ever",
      ...(antecedent === undefined ? [] : [antecedent]),
    ].join("; ");
  const has = property.antecedent !== undefined;
  return ["not broken so far", ...(has ? [antecedent ?? "its antecedent has not occurred"] : [])].join("; ");
};

/** What a walk says so far of each property asked: a walk shows a violation, never that something holds. */
export const propertiesLines = (walk: Walk): readonly string[] => {
  const { properties } = walk.problem;
  return properties.length === 0
    ? indented("no property is asked here")
    : properties.flatMap((property) => indented(`${property.id}: ${saidText(walk, property)}`));
};
