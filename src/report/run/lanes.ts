import { largest } from "../largest.ts";

/** More actors than this share the last lane, each step with its actor's name before it. */
export const MOST_LANES = 4;
const GAP = 2;
/** Longer names of actors are wrapped. */
const LONGEST_NAME = 16;
/** What changed has at least this much room, and wants no more where there is more. */
const LEAST_CHANGES = 22;
const ENOUGH_CHANGES = 32;

/** What stands in a lane: its name, and the longest of its steps. */
export interface Lane {
  readonly name: string;
  readonly longest: number;
}

/** Where each lane begins, how wide its name may be, and where what changed begins. */
export interface Lanes {
  readonly starts: readonly number[];
  readonly name: number;
  readonly changesAt: number;
}

/**
 * Places lanes side by side in `room` columns, what changed at their right, at most `changes` wide. As one line holds one
 * step, lanes that do not fit stand closer, and a step reaches below the names to its right.
 */
export const placed = (lanes: readonly Lane[], changes: number, room: number): Lanes => {
  const name = Math.min(LONGEST_NAME, Math.floor((room - LEAST_CHANGES) / lanes.length) - GAP);
  const names = lanes.map((lane) => Math.min(name, lane.name.length));
  const widths = lanes.map(({ longest }, i) => Math.max(names[i], longest));
  const beside = (parts: readonly number[]): readonly number[] =>
    parts.map((_, i) => parts.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const natural = beside(widths);
  const closest = beside(names);
  const wanted = largest(
    natural.map((start, i) => start + widths[i]),
    0,
  );
  const needed = largest(
    closest.map((start, i) => start + widths[i]),
    0,
  );
  const most = room - GAP - Math.min(ENOUGH_CHANGES, Math.max(changes, LEAST_CHANGES));
  const area = Math.min(wanted, Math.max(most, needed), room - GAP - LEAST_CHANGES);
  const starts: number[] = [];
  for (let i = lanes.length - 1; i >= 0; i--) {
    const next = starts[0] === undefined ? Infinity : starts[0] - GAP - names[i];
    starts.unshift(Math.max(closest[i], Math.min(natural[i], area - widths[i], next)));
  }
  return { starts, name, changesAt: area + GAP };
};
