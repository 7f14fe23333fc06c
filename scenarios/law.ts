import type { Property } from "#check";
import type { State } from "../models/kvm/state.ts";

/**
 * What holds of the kernel wherever its part is in a world. None of it is argued about in the thread, so that a world expects
 * it without a word, under whatever is chosen.
 */
export const laws = (...all: readonly Property<State>[]): readonly Property<State>[] =>
  all.map((property) => ({ ...property, role: "law" }));
