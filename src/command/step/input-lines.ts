import { readFileSync } from "node:fs";
import { CheckError, systemReason } from "../../errors.ts";
import type { Io } from "../terminal/io.ts";

/** What a terminal shows before a line is typed, and a transcript before a line that was read. */
export const PROMPT = "> ";

/** Where a session's lines come from. */
export interface Input {
  readonly lines: AsyncIterable<string>;
  /** Whether they were written beforehand: each is shown as it is read, and the first that is wrong ends all. */
  readonly isScript: boolean;
}

const readWhole = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CheckError(
      "input",
      `cannot read the script ${file}: ${systemReason(error, "there is no such file")}`,
      {
        cause: error,
      },
    );
  }
};

const linesOf = async function* (text: string): AsyncIterable<string> {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  yield* lines.at(-1) === "" ? lines.slice(0, -1) : lines;
};

/** The lines of a script, of stdin where it is `-`, or what is typed. @throws CheckError when the script cannot be read. */
export const inputOf = ({ stdin }: Io, script: string | undefined, signal: AbortSignal): Input =>
  script === undefined || script === "-"
    ? { lines: stdin.lines(PROMPT, signal), isScript: script === "-" || !stdin.isTTY }
    : { lines: linesOf(readWhole(script)), isScript: true };
