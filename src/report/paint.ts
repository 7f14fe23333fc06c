import { styleText } from "node:util";

/** What a line is painted for: it is as bad as nobody expected, or only known to be bad, or the head of what follows. */
export type Tone = "unexpected" | "known" | "head";

const FORMATS = { unexpected: ["bold", "red"], known: ["yellow"], head: ["bold"] } as const;

/** The lines in bold and colour where `colour` is set; what they say is the same without. */
export const painted = (
  lines: readonly string[],
  tone: Tone | undefined,
  colour: boolean | undefined,
): readonly string[] =>
  tone === undefined || colour !== true
    ? lines
    : lines.map((line) => {
        const text = line.trimStart();
        const indent = line.slice(0, line.length - text.length);
        // Whether it goes to a terminal was asked before.
        return text === "" ? line : indent + styleText([...FORMATS[tone]], text, { validateStream: false });
      });
