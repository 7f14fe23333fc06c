import type { CapturedPart, Tracepoint } from "#check";

/** Those of some events that were not recorded, as `trace-cmd record -e` takes them: `timer:hrtimer_start`. */
export const unrecorded = ({ recorded }: CapturedPart, events: readonly Tracepoint[]): readonly string[] =>
  events.filter(({ name }) => !recorded.has(name)).map(({ system, name }) => `${system}:${name}`);
