import type { Choice } from "#check";

/** A choice in a world of this model: one of its designs, one of its guests, and options. */
export interface KvmChoice extends Choice {
  readonly design: string | null;
  readonly guest: string | null;
}
