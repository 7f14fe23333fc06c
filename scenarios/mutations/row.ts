import type { Patch } from "#check";
import type { KernelName } from "../../models/kvm/kernels.ts";
import type { GuestName } from "../../models/kvm/ops.ts";
import type { State } from "../../models/kvm/state.ts";
import type { World } from "../world.ts";

/**
 * A kernel that never was, where it is asked about, and what it breaks. Patches, and no scenario files: most of them replace
 * a vendor callback or half of an effect, which a file cannot name.
 */
export interface MutationRow {
  /** What people call it: `flip M1`. */
  readonly id: string;
  /** As docs/mutations.md has it. */
  readonly name: string;
  /** What is wrong, in a sentence. */
  readonly about: string;
  readonly patch: Patch<State>;
  readonly world: World;
  /** `upstream` where left out. */
  readonly design?: string;
  /** A TD where left out. */
  readonly guest?: GuestName;
  /** The newest where left out. */
  readonly kernel?: KernelName;
  readonly set?: readonly string[];
  /** The claims, or else the properties, that it breaks. */
  readonly breaks: readonly string[];
  /** The states of the whole search. */
  readonly states: number;
  /** The properties of those claims that are violated, each with the steps of its shortest run. */
  readonly shows: Readonly<Record<string, number>>;
  /** Those of them that are about what only the mutation lets happen. */
  readonly vacuousWithout?: readonly string[];
}
