import type { CaptureLine } from "../events/capture-line.ts";
import type { Event } from "../events/tracepoint.ts";
import type { Property } from "../model/property.ts";
import type { Observing } from "../observed/observing.ts";
import type { Problem } from "../problem/exploration.ts";

/** A world in which a part of a capture is followed, and how it is seen. */
export interface FollowedWorld {
  readonly name: string;
  /** The states of it; where properties are asked, nothing that they may look at is left out. */
  readonly problem: (asked?: readonly Property<unknown>[]) => Problem<unknown>;
  readonly observing: Observing<unknown>;
  /** What it is of, by which it can be chosen among others: for each name a value. */
  readonly of: Readonly<Record<string, string>>;
  /** The smallest graph of it as it was written down, of whatever version; nothing where it was not. */
  readonly kept?: () => string | undefined;
}

/** An event of a capture, with the number of its line. */
export interface CapturedEvent {
  readonly at: number;
  readonly line: Pick<CaptureLine, "task" | "cpu">;
  readonly event: Event;
}

/** A line of a capture as a part sees it: labels, the marks first, or that something was lost before it. */
export interface FollowedLine {
  readonly at: number;
  readonly labels: readonly string[] | "lost";
}

/** A part of a capture that is followed by itself, such as a timer or a pin, in worlds of which one has to allow it. */
export interface Followed {
  readonly kind: "followed";
  readonly title: string;
  /** What it is of, by which it can be chosen: for each name a number. */
  readonly of: Readonly<Record<string, number>>;
  readonly worlds: readonly FollowedWorld[];
  /** May be made anew whenever they are asked for: of a long capture they are many. */
  readonly lines: readonly FollowedLine[];
  /** The labels of what was recorded, and can be told to be of this part. */
  readonly sees: (label: string) => boolean;
  /** Labels that say that the line before is missing rather than that something is wrong, if only they mend it. */
  readonly gaps: readonly string[];
  /** Of labels that begin something, the events that would show its end: of an interrupt that is accepted, its injection. */
  readonly ends: Readonly<Record<string, readonly string[]>>;
  /** Events that would tell more, as they are recorded: `timer:hrtimer_start`. */
  readonly telling: readonly string[];
  /** What else is to be said of it. */
  readonly notes: readonly string[];
}

/** A part of a capture that arithmetic decides. */
export interface Reckoned {
  readonly kind: "reckoned";
  readonly title: string;
  /** What it is of, by which it can be chosen: for each name a number. */
  readonly of: Readonly<Record<string, number>>;
  /** How many of its lines could have been wrong. */
  readonly decided: number;
  readonly wrong: readonly { readonly at: number; readonly because: string }[];
  readonly telling: readonly string[];
  /** What else is to be said of it. */
  readonly notes: readonly string[];
}

/** A capture, or what of it is of one virtual machine. */
export interface CapturedPart {
  readonly events: readonly (CapturedEvent | { readonly at: number; readonly lost: true })[];
  /** The names of the events that were recorded. */
  readonly recorded: ReadonlySet<string>;
}
