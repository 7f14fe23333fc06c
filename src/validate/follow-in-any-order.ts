import type { FollowedLine } from "../catalogue/followed.ts";
import { isMark } from "../observed/labels.ts";
import { NOWHERE, type Standing, type Tracker } from "../observed/tracker.ts";

/** Where and when a line was printed, as far as that is known: the clocks of CPUs may be apart. */
export interface Printed {
  readonly thread?: string | undefined;
  readonly cpu?: number | undefined;
  /** Nanoseconds. */
  readonly ticks: bigint;
}

/** So many orders are kept at the same time. */
const MOST = 4096;

/** Some of the lines, and where a run can be that prints them: all before `from`, and those of `beyond`. */
interface Taken {
  readonly from: number;
  readonly beyond: readonly number[];
  readonly standing: Standing;
}

const same = <T>(one: T | undefined, other: T | undefined): boolean => one !== undefined && one === other;

/** The lines after one more of them was taken, which is written down in one way. */
const withLine = ({ from, beyond }: Taken, place: number, standing: Standing): Taken => {
  const all = new Set([...beyond, place]);
  let next = from;
  while (all.delete(next)) next++;
  return { from: next, beyond: [...all].toSorted((a, b) => a - b), standing };
};

/**
 * Whether lines are allowed in some order that keeps that of each thread and of each CPU, and that of lines whose stamps are more
 * than `skew` nanoseconds apart; undefined where there are too many orders to tell. Marks say nothing here, for they were
 * made of the order in the file. Stamps that are not known keep the order.
 */
export const allowedInSomeOrder = (
  tracker: Tracker,
  lines: readonly FollowedLine[],
  printedAt: (at: number) => Printed | undefined,
  skew: bigint,
): boolean | undefined => {
  const printed = lines.map(({ at }) => printedAt(at));
  const seen = lines.map(({ labels }) => (labels === "lost" ? labels : labels.filter((one) => !isMark(one))));
  /** Two lines keep their order whoever printed them. */
  const isFar = (one: number, other: number): boolean => {
    const [a, b] = [printed[one], printed[other]];
    return (
      a === undefined ||
      b === undefined ||
      seen[one] === "lost" ||
      seen[other] === "lost" ||
      a.ticks + skew < b.ticks
    );
  };
  /** The line at `one` comes before that at `other`, which is further down in the file. */
  const precedes = (one: number, other: number): boolean =>
    isFar(one, other) ||
    same(printed[one]?.thread, printed[other]?.thread) ||
    same(printed[one]?.cpu, printed[other]?.cpu);
  const after = (from: Standing, place: number): Standing => {
    const labels = seen[place];
    return labels === "lost"
      ? tracker.anywhere
      : labels.reduce((standing, label) => tracker.step(standing, label), from);
  };
  const nextOf = (taken: Taken): readonly Taken[] => {
    const found: Taken[] = [];
    const waiting: number[] = [];
    for (let place = taken.from; place < lines.length; place++) {
      // All that is behind waits for the first as well.
      if (place > taken.from && isFar(taken.from, place)) break;
      if (taken.beyond.includes(place)) continue;
      if (!waiting.some((one) => precedes(one, place))) {
        const standing = after(taken.standing, place);
        if (standing !== NOWHERE) found.push(withLine(taken, place, standing));
      }
      waiting.push(place);
    }
    return found;
  };

  let all: readonly Taken[] = [{ from: 0, beyond: [], standing: tracker.anywhere }];
  for (let count = 0; count < lines.length; count++) {
    const next = new Map<string, Taken>();
    for (const taken of all)
      for (const one of nextOf(taken)) next.set(`${one.from} ${one.beyond.join()} ${one.standing}`, one);
    if (next.size === 0) return false;
    if (next.size > MOST) return undefined;
    all = [...next.values()];
  }
  return true;
};
