import type { Again } from "../../catalogue/varied.ts";
import { CheckError, nearest } from "../../errors.ts";
import type { Place, Written } from "./written.ts";

/** What is wrong with a scenario file or flag, and where it stands. */
export interface Fault {
  readonly at: Place | undefined;
  readonly message: string;
  /** The name that is not known, where that is what is wrong. */
  readonly unknown?: string;
}

/** The text that faults are found in, and what it is called. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** How a place in it is named; `FILE:LINE:COL` where left out. */
  readonly place?: (offset: number) => string;
  /** What a command line takes to ask of it again; `--file NAME` where left out. */
  readonly again?: Again;
}

/** Thrown where nothing can be made of a part; caught where the next part begins. */
export class FaultError extends CheckError {
  readonly at: Place | undefined;
  /** The name that is not known, where that is what is wrong. */
  readonly unknown: string | undefined;
  constructor(at: Place | undefined, message: string, why: { cause?: unknown; unknown?: string } = {}) {
    super("input", message, { cause: why.cause });
    this.at = at;
    this.unknown = why.unknown;
  }
}

/** Thrown where several things are wrong with one part. */
class FaultsError extends CheckError {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super("input", faults.map(({ message }) => message).join("\n"));
    this.faults = faults;
  }
}

/** Makes a part, `at` some place: where it cannot be made, the fault is noted and nothing comes of it, or it is thrown. */
export type Attempt = <T>(at: Place | undefined, make: () => T) => T | undefined;

/** The attempt that throws. */
export const atOnce: Attempt = (_, make) => make();

/** More names than these are not listed. */
const FEW = 10;

const NOT_ASCII = /[^\x20-\x7e]/u;

/** A character that looks like another is told apart by its number; undefined where all are ASCII. */
export const notAscii = (text: string): { readonly at: number; readonly message: string } | undefined => {
  const found = NOT_ASCII.exec(text);
  if (found === null) return undefined;
  const code = found[0].codePointAt(0)!;
  const number = code.toString(16).toUpperCase().padStart(4, "0");
  const shown = code < 0x20 || (code >= 0x7f && code < 0xa0) ? "" : ` "${found[0]}"`;
  return { at: found.index, message: `the character${shown} (U+${number}) is not ASCII` };
};

/** What is wrong with a name that is not known: the nearest one, or all where they are few. */
export const unknown = (kind: string, { text, at }: Written, known: readonly string[]): FaultError => {
  const odd = notAscii(text);
  if (odd !== undefined)
    return new FaultError(at && at.verbatim ? { ...at, offset: at.offset + odd.at } : at, odd.message);
  const near = nearest(text, known);
  const all = known.length === 0 || known.length > FEW ? "" : ` (known: ${known.join(", ")})`;
  return new FaultError(
    at,
    `unknown ${kind} "${text}"${near === undefined ? all : ` (did you mean "${near}"?)`}`,
    { unknown: text },
  );
};

/** Faults that are said of one text, at most. */
const MOST_SAID = 50;

/** Collects what is wrong, so that all is said at once. */
export class Faults {
  readonly #found: Fault[] = [];
  /** Words of parts that were refused. */
  readonly #doubted = new Set<string>();

  get some(): boolean {
    return this.#found.length > 0;
  }

  add(at: Place | undefined, message: string): void {
    this.#found.push({ at, message });
  }

  /** Takes down the words of a part that was refused: who does not know one of them later is not to blame. */
  doubt(text: string): void {
    for (const [word] of text.matchAll(/[\w-]+/g)) this.#doubted.add(word);
  }

  /** Whether a name may be unknown only because what would have declared it was refused. */
  doubts(name: string): boolean {
    return this.#doubted.has(name);
  }

  /** What is made, or undefined where that fails: then the fault is noted, at `at` where it does not say itself. */
  readonly try: Attempt = (at, make) => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof CheckError) || error.code === "internal") throw error;
      for (const fault of faultsOf(error))
        if (fault.unknown === undefined || !this.doubts(fault.unknown))
          this.#found.push({ ...fault, at: fault.at ?? at });
      return undefined;
    }
  };

  /** @throws CheckError with all that is wrong, for another collection to note. */
  pass(): void {
    if (this.some) throw new FaultsError(this.#found);
  }

  /** @throws CheckError with all that is wrong, in the order of the text. */
  refuse(source: Source): void {
    if (!this.some) return;
    const ordered = this.#found.toSorted((a, b) => (a.at?.offset ?? -1) - (b.at?.offset ?? -1));
    const texts = [...new Set(ordered.map((fault) => faultText(source, fault)))];
    const count = texts.length === 1 ? "1 error" : `${texts.length} errors`;
    const shown = texts.length > MOST_SAID ? `, of which the first ${MOST_SAID}` : "";
    throw new CheckError(
      "input",
      [`${count} in ${source.name}${shown}`, ...texts.slice(0, MOST_SAID)].join("\n"),
    );
  }
}

/** What is wrong, by an error that says so. */
const faultsOf = (error: CheckError): readonly Fault[] => {
  if (error instanceof FaultsError) return error.faults;
  if (!(error instanceof FaultError)) return [{ at: undefined, message: error.message }];
  const { at, message, unknown: name } = error;
  return [{ at, message, ...(name !== undefined && { unknown: name }) }];
};

const SHOWN = 120;

/** `FILE:LINE:COL: what is wrong`, the line, and a caret below the place. */
const faultText = ({ name, text, place }: Source, { at, message }: Fault): string => {
  if (at === undefined) return `${name}: ${message}`;
  const offset = Math.min(at.offset, text.length);
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const whole = text.slice(start, end < 0 ? undefined : end).replace(/\r$/, "");
  const line = text.slice(0, start).split("\n").length;
  const column = offset - start;
  // Of a long line the part around the place.
  const from = whole.length <= SHOWN ? 0 : Math.max(0, column - SHOWN / 2);
  const part = whole.slice(from, from + SHOWN).replaceAll("\t", " ");
  return [
    `${place?.(offset) ?? `${name}:${line}:${column + 1}`}: ${message}`,
    `  ${part}`,
    `  ${" ".repeat(Math.min(column - from, part.length))}^`,
  ].join("\n");
};
