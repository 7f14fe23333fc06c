import { isUnrecorded, type PropertyResult } from "../catalogue/outcome.ts";
import type { CaseResult } from "../catalogue/gate.ts";
import { worldText } from "../catalogue/size.ts";
import { plural } from "../check/verdict.ts";
import { programName } from "../program-name.ts";
import { commandLines, worldFlags } from "./command-line.ts";
import { fingerprintOf } from "./formats/reported.ts";
import { howToRecord } from "./unrecorded.ts";
import { wrap } from "./wrap.ts";

const LINE = 79;
const INDENT = " ".repeat(6);
/** So many worlds of one failure are named; JSON has them all. */
const NAMED = 20;

/** The same failure in one world or several: of one property, and of runs in which the same actions take part. */
interface Failure {
  readonly first: CaseResult;
  readonly result: PropertyResult;
  readonly worlds: { readonly name: string; readonly fingerprint: string }[];
}

const failuresIn = (results: readonly CaseResult[]): readonly Failure[] => {
  const found = new Map<string, Failure>();
  for (const one of results)
    for (const result of one.properties.filter(({ asExpected }) => !asExpected)) {
      const { property, verdict, expected } = result;
      const key = [verdict, expected ?? "", fingerprintOf("", property.id, result.evidence)].join(" ");
      const failure = found.get(key) ?? { first: one, result, worlds: [] };
      found.set(key, failure);
      const name = worldText(one.scenario, one.choice);
      failure.worlds.push({ name, fingerprint: fingerprintOf(name, property.id, result.evidence) });
    }
  return [...found.values()];
};

/** In which worlds, each with what a baseline would accept it by. */
const where = ({ worlds, result: { verdict } }: Failure): readonly string[] => [
  ...worlds
    .slice(0, NAMED)
    .map(({ name, fingerprint }) => `in ${name}${verdict === "violated" ? ` (${fingerprint})` : ""}`),
  ...(worlds.length > NAMED ? [`and ${worlds.length - NAMED} more (all in --json)`] : []),
];

/** What failed, each failure once with the worlds in which it did, the command that shows the first, and how to record it. */
export const failureLines = (results: readonly CaseResult[]): readonly string[] =>
  failuresIn(results).flatMap((failure) => {
    const { first, result, worlds } = failure;
    const { property, verdict, because, expected } = result;
    const { scenario, choice } = first;
    const instead = expected === null ? "not recorded" : `but ${expected} was expected`;
    const many = worlds.length > 1 ? `, in ${plural(worlds.length, "case")}` : "";
    const record = isUnrecorded(result) ? howToRecord(scenario, choice, [result]) : [];
    return [
      ...wrap(`${INDENT}${property.id}: ${verdict} ${because}, ${instead}${many}`, LINE),
      ...where(failure).flatMap((text) => wrap(`${INDENT}  ${text}`, LINE)),
      ...commandLines(`${programName()} explore ${worldFlags(scenario, choice)} --property ${property.id}`),
      ...record.flatMap((text) => wrap(`${INDENT}${text}`, LINE)),
    ];
  });
