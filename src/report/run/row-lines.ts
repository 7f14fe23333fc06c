import { INDENT } from "../columns.ts";
import { wrap } from "../wrap.ts";
import type { Lanes } from "./lanes.ts";

/** A step, or several that are told as one, before it is laid out. */
export interface Row {
  readonly number: string;
  /** Two characters before the number: a bracket of the loop, the mark of a step that decides. */
  readonly mark: string;
  readonly lane: number;
  readonly label: string;
  /** What changed, in lines of a width. */
  readonly changes: (width: number) => readonly string[];
  /** Whether it tells several steps. */
  readonly isFold?: true;
}

/** No narrower than this, however far to the right the lane is. */
const LEAST_LABEL = 8;

/**
 * A row as text: number and step, and at the right what changed, or below that where the step is too long. Numbers have
 * `digits` digits, and `room` columns are left beside them.
 */
export const rowLines = (
  { number, mark, lane, label, changes }: Row,
  { starts, changesAt }: Pick<Lanes, "starts" | "changesAt">,
  digits: number,
  room: number,
): readonly string[] => {
  const at = starts[lane];
  const left = wrap(label, Math.max(LEAST_LABEL, room - at)).map((text) => " ".repeat(at) + text);
  const last = left.at(-1) ?? "";
  const changed = changes(room - changesAt);
  const beside = last.length < changesAt;
  const lines = [
    ...left.slice(0, -1),
    beside ? last.padEnd(changesAt) + (changed[0] ?? "") : last,
    ...(beside ? changed.slice(1) : changed).map((text) => " ".repeat(changesAt) + text),
  ];
  const before = `${mark.padStart(INDENT - 1)} ${number.padStart(digits)} `;
  const below = ` ${mark[0]}`.padEnd(before.length);
  return lines.map((text, i) => `${i === 0 ? before : below}${text}`.trimEnd());
};
