import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The page as it is. */
export const page = readFileSync(join(import.meta.dirname, "../../docs/asking.md"), "utf8");

/** A question of the page's table. */
export interface Row {
  readonly words: readonly string[];
  readonly property: string;
  readonly verdict: string;
  readonly steps: number | null;
  readonly states: number;
}

/** The words of a command, what is in quotes being one. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

const rowIn = (line: string): Row | undefined => {
  const found =
    /^\| .* \| `(explore [^`]*)` +\| `([\w-]+)` (\w+)(?: after (\d+) steps)? +\| ([\d,]+) +\| \d+ +\|$/.exec(
      line,
    );
  if (found === null) return undefined;
  const [, command, property, verdict, steps, states] = found;
  return {
    words: wordsOf(command),
    property,
    verdict,
    steps: steps === undefined ? null : Number(steps),
    states: Number(states.replaceAll(",", "")),
  };
};

/** The questions of the page's table. */
export const rows: readonly Row[] = page.split("\n").flatMap((line) => rowIn(line) ?? []);

interface Result {
  readonly states: number;
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly trace: { readonly length: number } | null;
  }[];
}

/** What a report in JSON answers, as a row of the table does. */
export const answerIn = (json: string): readonly unknown[] => {
  const { states, properties } = JSON.parse(json) as Result;
  return [states, ...properties.flatMap(({ id, verdict, trace }) => [id, verdict, trace?.length ?? null])];
};
