import type { Bounds, Pulse, Stop } from "../problem/exploration.ts";
import { SnapshotWriter } from "./checkpoint/snapshot-writer.ts";
import type { Search } from "./search/search.ts";
import type { Keeping } from "./checkpoint/snapshot.ts";
import type { Standing } from "./search/standing.ts";
import { bytesToWiden, widen } from "./search/widening.ts";
import type { Team } from "./threads/team.ts";
import { negotiateMemory } from "./visited/tightness.ts";

/** What a search does not need to be right. */
interface Helpers<S> {
  readonly team?: Team<S> | undefined;
  readonly keeping?: Keeping<S> | undefined;
}

/** Up to this many bytes are allocated without asking while states are rewritten. */
const little = 2 ** 16;

const sum = (levels: readonly number[]): number => levels.reduce((all, level) => all + level, 0);

/** The first state that was not expanded before, and the levels that were known. */
const begunAt = <S>(keeping: Keeping<S> | undefined): Pick<Standing, "next" | "levels"> =>
  keeping?.from?.standing ?? { next: 0, levels: [] };

/**
 * Expands the states level by level until none is left or something stops the search; gives the levels. Where a team has
 * joined, it takes the large chunks, and the search those whose order matters.
 */
export const exploreLevels = async <S>(
  search: Search<S>,
  bounds: Bounds,
  pulse: Pulse,
  { team, keeping }: Helpers<S> = {},
): Promise<readonly number[]> => {
  const { store, space } = search;
  const begun = begunAt(keeping);
  const levels: number[] = [...begun.levels];
  const writer = keeping?.to && new SnapshotWriter(search, keeping.to, { next: begun.next, levels }, team);
  let widest = levels.reduce((most, level) => Math.max(most, level), 0);
  let widening = levels.at(-1) === widest;
  const ask = async (next: number, wantsBytes: number): Promise<Stop | undefined> => {
    const { transitions } = search.counted;
    const [depth, states] = [levels.length - 1, store.count];
    return pulse({ depth, states, transitions, frontier: states - next, widest: widening, wantsBytes });
  };
  /** Expands a batch in order. */
  const alone = async (from: number, end: number): Promise<number> => {
    const next = search.fill(from, end);
    const states = store.count + search.out.count;
    if (search.stop === undefined)
      search.end(await negotiateMemory(search.visited, states, (wants) => ask(from, wants)));
    if (search.stop !== undefined) return from;
    search.look();
    search.take();
    team?.told(next);
    return next;
  };
  const advance = async (from: number, end: number): Promise<number> => {
    await team?.join();
    if (team?.takes(from, end) !== true) return alone(from, end);
    const next = await team.advance(from, end);
    return next === from ? alone(from, end) : next;
  };
  const makeRoom = async (next: number): Promise<void> => {
    const wants = bytesToWiden(search);
    if (wants > little) search.end(await ask(next, wants));
    if (search.stop !== undefined) return;
    widen(search);
    search.revisit();
  };
  /** What is done between batches. */
  const pause = async (next: number): Promise<void> => {
    if (search.stop === undefined) {
      writer?.mark(next);
      if (space.outgrown) await makeRoom(next);
    }
    if (search.stop === undefined) search.end(await ask(next, 0));
    if (search.stop === undefined) await writer?.keep();
  };
  let end = sum(levels);
  /** Begins the level of the states from `next` on; whether it is too deep to be expanded. */
  const descend = (next: number): boolean => {
    levels.push(store.count - next);
    widening = store.count - next >= widest;
    widest = Math.max(widest, store.count - next);
    end = store.count;
    if (levels.length - 1 !== bounds.depth) return false;
    search.end("depth");
    return true;
  };
  for (let next = begun.next; search.stop === undefined && next < store.count;) {
    if (next === end && descend(next)) break;
    next = await advance(next, end);
    await pause(next);
  }
  await writer?.end();
  const counted = sum(levels);
  if (store.count > counted) levels.push(store.count - counted);
  return levels;
};
