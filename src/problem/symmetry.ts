import type { Renaming } from "../derive/renaming.ts";

/** New names for members of symmetric families, and which step each step becomes under them, by id. */
export interface Renamed extends Renaming {
  readonly steps: Int32Array;
}

/** A family whose members are told apart, and by what. */
export interface Unused {
  readonly family: string;
  readonly because: string;
}

/** Families whose members only differ in name: states that differ only in these names count as one. */
export interface Symmetry {
  readonly families: readonly string[];
  /** The other families of the state with more than one member. */
  readonly unused: readonly Unused[];
  /** Every way to rename the members, but the one that changes nothing. */
  readonly renamings: readonly Renamed[];
  /** Places of the properties that are the same under new names only when all their instances are taken together. */
  readonly joint: ReadonlySet<number>;
  /** The start states under other names are start states too, not merely reached: then what counts as one is equally deep. */
  readonly startClosed: boolean;
}
