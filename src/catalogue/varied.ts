import type { Action } from "../model/action.ts";
import type { Choice } from "./instantiated.ts";

/** Who takes part in a model besides, and who does not any more, each with the change that says so, in words. */
export interface TakingPart {
  readonly added: readonly { readonly change: string; readonly names: readonly string[] }[];
  readonly dropped: readonly { readonly change: string; readonly actions: readonly Action<unknown>[] }[];
}

/** Memory that threads share, in which each notes which changes of a model make a difference. */
export interface Marks {
  /** Each in words, at its place. */
  readonly changes: readonly string[];
  /** Not 0 at the place of a change that some thread saw make a difference. */
  readonly made: Uint8Array;
}

/** What a command line takes to ask of a varied scenario again. */
export interface Again {
  /** Where it is explored. */
  readonly world: string;
  /** Where a run of it is replayed: the run names its world. */
  readonly run: string;
  /** Whether it is flags that say how the scenario is varied, and not a file. */
  readonly byFlags: boolean;
}

/** How a scenario differs from the one that it is a variation of. */
export interface Varied {
  /** The file that says so, or what else does, as reports name it. */
  readonly by: string;
  /** The first twelve hex digits of the SHA-256 of its text. */
  readonly hash: string;
  /** The scenario that it is a variation of; null where it is none, but in a file by itself. */
  readonly from: string | null;
  /** The value that an option has where nobody says one in that scenario; nothing where it is an option of the variation's own. */
  readonly usual?: (option: string, choice: Choice) => string | undefined;
  /** What is changed of the model, a line each; none where only another question is asked of it. */
  readonly changes: readonly string[];
  readonly again: Again;
  /** Who changed the model, where it is not `by` alone: what is varied is a variation itself. */
  readonly changedIn?: string;
  /** Set where the start is booted with the changes, too. */
  readonly changesStart?: true;
  /** The changes of some actions that made no difference since `watch`, in words. */
  readonly idle: (actions: readonly object[]) => readonly string[];
  /** Who takes part besides and who does not in a model, known by its actions; nothing where nobody says. */
  readonly partIn?: (actions: readonly object[]) => TakingPart | undefined;
  /** Begins to watch which changes of some actions make a difference. */
  readonly watch: (actions: readonly object[]) => void;
  /** Where other threads are to note which of the changes that are watched make a difference. */
  readonly marks?: () => Marks;
  /** Notes from here on what another thread watches. */
  readonly noteIn?: (marks: Marks) => void;
}
