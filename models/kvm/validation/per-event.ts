import type { CapturedEvent, CapturedPart, Event, FollowedLine } from "#check";

/** Remembers what is answered of each event of each thread: a capture has many lines, and few that differ. */
export const perEvent = <T>(
  vcpuOfEvent: (one: CapturedEvent) => number | undefined,
  ask: (event: Event, thread: number | undefined, one: CapturedEvent) => T,
): ((one: CapturedEvent) => T) => {
  const known = new Map<number | undefined, WeakMap<Event, { readonly answer: T }>>();
  return (one) => {
    const thread = vcpuOfEvent(one);
    const ofThread = known.get(thread) ?? new WeakMap<Event, { readonly answer: T }>();
    known.set(thread, ofThread);
    const found = ofThread.get(one.event) ?? { answer: ask(one.event, thread, one) };
    ofThread.set(one.event, found);
    return found.answer;
  };
};

/** The lines of a capture of which something is seen, and where something was lost. */
export const labelledLines = (
  { events }: CapturedPart,
  labelsOf: (one: CapturedEvent) => readonly string[],
): readonly FollowedLine[] => {
  const lines: FollowedLine[] = [];
  for (const one of events) {
    const labels = "lost" in one ? "lost" : labelsOf(one);
    if (labels.length > 0) lines.push({ at: one.at, labels });
  }
  return lines;
};
