import type { Choice } from "#check";

/** A choice in a world of this model: one of its designs, one of its guests, the kernel that options follow, and options. */
export type KvmChoice = Choice & {
  readonly design: string | null;
  readonly guest: string | null;
  /** The newest where left out. */
  readonly kernel?: string | null;
};
