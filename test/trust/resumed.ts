import { exploreFast, type Problem } from "#check";
import type { FastExploration } from "../../src/explore.ts";
import type { Snapshot, Stored } from "../../src/fast/checkpoint/snapshot.ts";

/** A snapshot kept in memory. @public */
export const stored = <S>({ standing, packing, segments }: Snapshot<S>): Stored<S> => {
  const copies = segments.map(({ states, parents }) => [states.slice(), parents.slice()] as const);
  return {
    ...structuredClone({ standing, packing }),
    load: (segment, states, parents) => {
      states.set(copies[segment][0].subarray(0, states.length));
      parents.set(copies[segment][1].subarray(0, parents.length));
    },
    verify: () => undefined,
  };
};

/** Explores, is stopped at the look after some, and goes on from there in another search. */
export const resumed = async <S>(problem: Problem<S>, looks: number): Promise<FastExploration<S>> => {
  const kept: Stored<S>[] = [];
  let seen = 0;
  const pulse = () => (++seen > looks ? "interrupted" : undefined);
  const put = async (snapshot: Snapshot<S>): Promise<void> => {
    kept.push(stored(snapshot));
  };
  await exploreFast(problem, {}, pulse, undefined, { to: { due: () => false, put } });
  const from = kept.at(-1);
  return exploreFast(problem, {}, undefined, undefined, from === undefined ? {} : { from });
};
