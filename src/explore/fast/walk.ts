import type { Bounds, Pulse, Stop } from "../exploration.ts";
import type { Search } from "./search.ts";
import type { Team } from "./team.ts";

/**
 * Expands the states level by level until none is left or something stops the search; gives the levels. Where a team has
 * joined, it takes the large chunks, and the search those whose order matters.
 */
export const walk = async <S>(
  search: Search<S>,
  bounds: Bounds,
  pulse: Pulse,
  team?: Team<S>,
): Promise<readonly number[]> => {
  const { store, space } = search;
  const levels: number[] = [];
  const ask = async (next: number, wantsBytes: number): Promise<Stop | undefined> => {
    const { transitions } = search;
    const [depth, states] = [levels.length - 1, store.count];
    return pulse({ depth, states, transitions, frontier: states - next, wantsBytes });
  };
  /** Expands a batch in order. */
  const alone = async (from: number, end: number): Promise<number> => {
    const next = search.fill(from, end);
    const together = team?.joined === true ? team : undefined;
    const wants = (together ?? search).wantsBytes;
    if (wants > 0) search.stop ??= await ask(from, wants);
    if (search.stop !== undefined) return from;
    if (together === undefined) search.look();
    else await together.look();
    search.take();
    together?.told(next);
    return next;
  };
  const advance = async (from: number, end: number): Promise<number> => {
    await team?.join();
    if (team?.joined !== true || end - from < team.worthwhile) return alone(from, end);
    const next = await team.advance(from, end, async (wants) => ask(from, wants));
    return next === from && search.stop === undefined ? alone(from, end) : next;
  };
  for (let next = 0; search.stop === undefined && next < store.count;) {
    levels.push(store.count - next);
    if (levels.length - 1 === bounds.depth) {
      search.stop = "depth";
      break;
    }
    for (const end = store.count; search.stop === undefined && next < end;) {
      next = await advance(next, end);
      if (search.stop === undefined && space.outgrown) {
        search.widen();
        if (team?.joined === true) await team.rebuild();
        else search.revisit();
      }
      search.stop ??= await ask(next, 0);
    }
  }
  const counted = levels.reduce((sum, level) => sum + level, 0);
  if (store.count > counted) levels.push(store.count - counted);
  return levels;
};
