import { pack, unpack } from "../values/layout.ts";
import type { Space } from "../values/space.ts";
import type { Store } from "../visited/store.ts";
import type { Visited } from "../visited/visited.ts";

/** What is rewritten where a component has outgrown its width. */
interface Parts<S> {
  readonly space: Space<S>;
  readonly store: Store;
  readonly visited: Visited;
}

/** The bytes to be allocated before the states are rewritten, and the visited set is rebuilt. */
export const bytesToWiden = <S>({ space, store, visited }: Parts<S>): number => {
  const { wider } = space;
  return store.bytesToRepack(wider.words) + visited.bytesToRebuild(wider, store.count);
};

/** Rewrites all stored states with room for all component values; the visited set has to be rebuilt then. */
export const widen = <S>({ space, store }: Omit<Parts<S>, "visited">): void => {
  const old = space.layout;
  const ids = new Int32Array(space.interners.length);
  space.widen();
  store.repack(space.layout.words, (from, at, to, place) => {
    unpack(old, from, at, ids);
    pack(space.layout, ids, to, place);
  });
};
