import type { Event, Tracepoints } from "../events/tracepoint.ts";
import type { Step } from "../model/model.ts";

/** A predicate on states that somebody who reads a capture may come to know without an event. */
export type Mark<S> = (state: S) => boolean;

/** A step that prints an event, and the state before it. */
export interface PrintedBy<S> {
  readonly step: Step<S>;
  readonly before: S;
}

/** A property that a run may break, by a state that it comes to or by a step. */
export interface Breaks<S> {
  readonly state: (state: S) => boolean;
  readonly step: (step: Step<S>, before: S, after: S) => boolean;
}

/** How the runs of a model are seen from outside: by what tracepoints print of its steps, and by nothing else. */
export interface Observing<S> {
  readonly tracepoints: Tracepoints;
  /** What is told apart of an event, and of the step that prints it; undefined where nobody looks at it. */
  readonly label: (event: Event, by: PrintedBy<S>) => string | undefined;
  /** Who takes a step: a context prints all of one step before it takes the next one. */
  readonly context: (step: Step<S>) => string;
  /**
   * The state with those locks free for which a step waits that has been announced: an event that is printed before its
   * effect may be printed where the step is enabled in this one.
   */
  readonly unlocked: (state: S) => S;
  /** The name of something rare that a step is, which is not taken for granted; undefined of all else. */
  readonly rare: (step: Step<S>) => string | undefined;
  /** Facts that may be learned of a state in other ways than by an event, by name. */
  readonly marks: Readonly<Record<string, Mark<S>>>;
  /** What is said of states to people: a value for each name. */
  readonly facts: Readonly<Record<string, (state: S) => string>>;
  /** What is asked of the runs that agree with a capture; nothing where nothing is. */
  readonly breaks?: Breaks<S>;
}

/** What is seen of one step: what is printed before it has its effect, and what is owed after it. */
export interface Seen {
  readonly announced: readonly string[];
  readonly owed: readonly string[];
}

/**
 * What is seen of the events of a step, in their order. The first that is seen announces the step, if it is printed before its
 * effect: others may act before that. What comes after the first is printed by a thread that has all it waited for.
 */
export const seenOf = <S>(
  { tracepoints, label }: Pick<Observing<S>, "tracepoints" | "label">,
  events: readonly Event[],
  by: PrintedBy<S>,
): Seen => {
  const seen = events.flatMap((event, place) => {
    const one = label(event, by);
    const early = events.slice(0, place + 1).every(({ name }) => tracepoints.get(name)?.when === "before");
    return one === undefined ? [] : [{ one, early }];
  });
  const labels = seen.map(({ one }) => one);
  const announced = seen.at(0)?.early === true ? 1 : 0;
  return { announced: labels.slice(0, announced), owed: labels.slice(announced) };
};
