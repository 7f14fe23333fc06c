import { plural } from "../../check/verdict.ts";
import type { ReportedEvidence } from "./reported.ts";
import { actorsOf, stepWords } from "./run-text.ts";

/** More steps a renderer may refuse: it takes 50,000 characters. */
const MOST_STEPS = 100;
/** No more of the changes of a step than can be read beside it. */
const MOST_CHANGES = 6;

/** A text inside a diagram: what has a meaning there is written by its number, `end` too, which would close a block. */
const text = (words: string): string =>
  words
    .replace(/[#;:]/g, (char) => `#${char.charCodeAt(0)};`)
    .replace(/\bend\b/gi, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`)
    .replace(/[\r\n]+/g, "<br/>");

/** A run as a sequence diagram in Mermaid, which code hosts draw: a lane for each actor, what a step changes as a note. */
export const mermaidOf = ({ world, verdict, run }: ReportedEvidence): string => {
  const all = stepWords(run);
  const steps = all.slice(0, MOST_STEPS);
  const actors = actorsOf(steps);
  const lane = (actor: string): string => `A${Math.max(0, actors.indexOf(actor))}`;
  const { loopAt } = run.trace;
  const noted = (changes: readonly string[]): readonly string[] =>
    changes.length <= MOST_CHANGES
      ? changes
      : [...changes.slice(0, MOST_CHANGES), `and ${changes.length - MOST_CHANGES} more`];
  const over = `${lane(actors[0] ?? "")}${actors.length > 1 ? `,${lane(actors.at(-1) ?? "")}` : ""}`;
  const note = (words: string): string => `    Note over ${over}: ${text(words)}`;
  return [
    "sequenceDiagram",
    "    autonumber",
    ...(actors.length === 0
      ? ["    participant A0 as start"]
      : actors.map((actor) => `    participant ${lane(actor)} as ${text(actor)}`)),
    note(`${verdict.name} in ${world.name}`),
    ...steps.flatMap((step) => [
      ...(step.number - 1 === loopAt ? [note("from here again and again")] : []),
      `    ${lane(step.actor)}->>${lane(step.actor)}: ${text(step.text)}`,
      ...(step.changes.length === 0
        ? []
        : [`    Note right of ${lane(step.actor)}: ${text(noted(step.changes).join("\n"))}`]),
    ]),
    ...(all.length > steps.length
      ? [note(`${plural(all.length - steps.length, "more step")} not drawn`)]
      : []),
    note(`${verdict.verdict}: ${verdict.name}`),
    "",
  ].join("\n");
};
