import { largest } from "./largest.ts";
import { wrap } from "./wrap.ts";

/** No line of a counterexample is wider: what checkpatch allows in a commit log. */
const WIDTH = 75;
/** A commit log shows quoted output indented by four. */
export const INDENT = 4;
/** The columns that are left beside the indent. */
export const ROOM = WIDTH - INDENT;

/** Where each column begins, counted from the indentation, and how wide its text may be. */
export interface Column {
  readonly at: number;
  readonly width: number;
}

/** Columns of these widths, `gap` apart. */
export const columns = (widths: readonly number[], gap: number): readonly Column[] => {
  let next = 0;
  return widths.map((width) => {
    const at = next;
    next += width + gap;
    return { at, width };
  });
};

/** One row of a table: each cell is wrapped inside its column; no line ends in a blank. */
export const row = (
  cells: readonly (readonly string[])[],
  layout: readonly Column[],
  indent = 0,
): readonly string[] => {
  const wrapped = cells.map((cell, i) => cell.flatMap((text) => wrap(text, layout[i].width)));
  const height = largest(
    wrapped.map((lines) => lines.length),
    0,
  );
  return Array.from({ length: height }, (_, place) => {
    const line = wrapped.reduce((left, lines, i) => left.padEnd(layout[i].at) + (lines[place] ?? ""), "");
    return `${" ".repeat(indent)}${line}`.trimEnd();
  });
};

const GAP = 2;

/** Narrower columns are hard to read: such a text reaches under the header to its right instead. */
const LEAST = 34;

/**
 * Columns for texts of which only one stands in each line. Where the `natural` widths do not fit side by side the
 * columns begin at equal distances, at least `names` wide, and a text may reach under the header to its right.
 */
export const staggered = (natural: readonly number[], names: readonly number[]): readonly Column[] => {
  const side = columns(natural, GAP);
  const last = side.at(-1);
  if (last === undefined || last.at + last.width <= ROOM) return side;
  const least = columns(names, GAP);
  const far = Math.max(least.at(-1)!.at, LEAST + GAP, ROOM - natural.at(-1)!);
  const starts = least.map(({ at }, i) =>
    natural.length === 1 ? 0 : Math.max(at, Math.floor((i * far) / (natural.length - 1))),
  );
  return starts.map((at, i) => ({
    at,
    width: Math.min(ROOM - at, Math.max(LEAST, (starts[i + 1] ?? ROOM) - GAP - at)),
  }));
};
