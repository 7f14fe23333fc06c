/** How the states of a search are packed, and what their components' numbers mean. */
export interface Packing {
  /** 32-bit words of a state. */
  readonly words: number;
  /** How many ids of each component have room. */
  readonly sizes: readonly number[];
  /** For each component type the leaf codes of its values, one after the other in the order of their ids. */
  readonly values: readonly Int32Array[];
}
