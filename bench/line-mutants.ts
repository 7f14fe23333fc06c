import { eventsOf } from "./printed-runs.ts";

/** What may go wrong with the lines of a capture, each with all captures that it makes of one. */
export const lineMutants: Readonly<
  Record<string, (lines: readonly string[]) => readonly (readonly string[])[]>
> = {
  "a line dropped": (lines) => lines.map((_, i) => lines.toSpliced(i, 1)),
  "two of a thread swapped": (lines) => swapped(lines, true),
  "two of different threads swapped": (lines) => swapped(lines, false),
  "an accept twice": (lines) =>
    lines.flatMap((line, i) => (line.includes("_accept_irq:") ? [lines.toSpliced(i, 0, line)] : [])),
};

const threadOf = (line: string): string => {
  const task = eventsOf([line]).at(0)?.line.task;
  return `${task?.comm} ${task?.pid}`;
};

/** Neighbours that differ, of one thread or of two. */
const swapped = (lines: readonly string[], ofOne: boolean): readonly (readonly string[])[] => {
  const threads = lines.map(threadOf);
  return lines.slice(1).flatMap((line, i) => {
    if (line === lines[i] || (threads[i] === threads[i + 1]) !== ofOne) return [];
    return [lines.toSpliced(i, 2, line, lines[i])];
  });
};

/** As many of some things as are asked for, evenly spread over them. */
export const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]);
