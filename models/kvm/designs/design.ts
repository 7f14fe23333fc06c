import type { Patch } from "#check";
import type { State } from "../state.ts";

/** A design of the thread: what it is, who proposed it, and what it changes of a TD as upstream runs it. */
export interface Design {
  readonly about: string;
  readonly source: string;
  readonly patch: Patch<State>;
}
