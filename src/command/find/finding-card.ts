import type { Finding } from "../../catalogue/finding.ts";
import { commandLines } from "../../report/command-line.ts";
import { commandOf } from "../../report/finding-text.ts";
import { card } from "./cards.ts";

/** What was found, what mends it, and what should be known before anybody is told. */
export const explainFinding = (finding: Finding): readonly string[] => {
  const { id, rating, because, statement, affects, source, property, steps, fixes, doubt, mail } = finding;
  return [
    ...card(`finding ${id}: ${rating}`, [
      ["is", statement],
      ["rated so", because],
      ["affects", affects],
      ["source", source],
      ["told by", `${property}, after ${steps} steps`],
      ...fixes.map(({ about }) => ["mended", about] as const),
      ["doubt", doubt],
      ["mail", `"${mail.subject}" ${mail.text.join(" ")}`],
      ["reproducer", finding.reproducer],
    ]),
    "  show it",
    ...commandLines(commandOf(finding)),
    ...fixes.flatMap((fix, i) => [
      fixes.length === 1 ? "  mended" : `  mended, way ${i + 1}`,
      ...commandLines(commandOf(finding, fix)),
    ]),
  ];
};
