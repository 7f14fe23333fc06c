import type { GraphPart } from "../../graph/state-diagram.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import type { CheckpointFlags } from "./checkpoint-flags.ts";
import type { Reductions, WorldFlags } from "../flags/world-question.ts";
import type { TraceFlags } from "../flags/trace-flags.ts";
import type { SwitchBounds } from "../flags/values.ts";

/** The options of `explore`, as parsed. */
export interface ExploreFlags extends WorldFlags, Reductions, CheckpointFlags, TraceFlags {
  readonly depth?: number;
  readonly traceOrder?: "shortest" | "calm";
  readonly switches?: SwitchBounds;
  readonly paranoid?: boolean;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly workers?: number;
  readonly reference?: boolean;
  readonly failFast?: boolean;
  readonly requireComplete?: boolean;
  readonly graph?: string;
  readonly graphOf?: GraphPart;
  readonly export?: readonly string[];
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly allowUnrecorded?: boolean;
  readonly quiet?: boolean;
  readonly watch?: boolean;
}

/** The bounds and limits that the options ask for. */
export const askedBy = (flags: ExploreFlags): Asked => ({
  depth: flags.depth ?? null,
  switches: flags.switches?.to ?? null,
  states: flags.maxStates ?? null,
  memoryBytes: flags.maxMemory ?? null,
  seconds: flags.timeLimit ?? null,
});
