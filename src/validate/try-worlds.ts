import type { Followed } from "../catalogue/followed.ts";
import type { ObservedGraph } from "../observed/observed-graph.ts";
import { allowedInSomeOrder, type Printed } from "./follow-in-any-order.ts";
import { follow, trackerOf, type Course, type Known, type KnownAt } from "./follow.ts";
import { widened, type Need } from "./widen.ts";

/** Gives the graph of a world, made once. */
export type GraphOf = (world: Followed["worlds"][number]) => Promise<ObservedGraph>;

/** How a part of a capture is judged. */
export interface Judging {
  /** Nothing rare happened unseen. */
  readonly strict: boolean;
  /** The line at which it is to be said what is known of the states. */
  readonly at?: number | undefined;
  /** By how many nanoseconds the clocks of CPUs may be apart, and where and when a line was printed. */
  readonly skew?:
    { readonly by: bigint; readonly printedAt: (at: number) => Printed | undefined } | undefined;
  /** Whether the graphs tell which runs have broken something; then every world that allows it counts. */
  readonly asked?: boolean;
  /** Up to which line it is to be said what is known behind each. */
  readonly trailTo?: number | undefined;
  /** Whether to look for what has to have happened unseen for all of it to be allowed. */
  readonly widen?: boolean;
}

/** How far a world allows a part, with rare acts or without. */
export interface Tried extends Course {
  readonly world: Followed["worlds"][number];
  readonly rare: boolean;
}

const isWhole = ({ refusal, gaps }: Course): boolean => refusal === undefined && gaps.length === 0;

/** The better of two courses comes first: one that is not refused, takes nothing rare for granted and has fewer gaps, else the longer. */
export const better = (one: Tried, other: Tried): number => {
  const [a, b] = [one, other].map(({ refusal, rare, gaps }) =>
    refusal === undefined ? (rare ? 1 : 0) + gaps.length * 2 : Infinity,
  );
  if (a !== b) return a < b ? -1 : 1;
  return (other.refusal?.at ?? 0) - (one.refusal?.at ?? 0);
};

/** Follows a part in its worlds: one that allows all of it is enough, unless something is asked of it. */
const tryAll = async (
  part: Followed,
  graphOf: GraphOf,
  { strict, asked = false }: Judging,
): Promise<readonly Tried[]> => {
  const tried: Tried[] = [];
  for (const rare of strict ? [false] : [false, true]) {
    if (tried.some(isWhole)) break;
    for (const world of part.worlds) {
      if (!asked && tried.some(isWhole)) break;
      tried.push({ world, rare, ...follow(await graphOf(world), part, rare, asked) });
    }
  }
  return tried;
};

/** How far each world allows a part; where clocks are apart, in another order of its lines too. Says what is to be said of that. */
export const tryWorlds = async (
  part: Followed,
  graphOf: GraphOf,
  judging: Judging,
): Promise<{ readonly tried: readonly Tried[]; readonly notes: readonly string[] }> => {
  const { skew } = judging;
  const tried = await tryAll(part, graphOf, judging);
  if (skew === undefined || tried.some(isWhole)) return { tried, notes: [] };
  const notes: string[] = [];
  for (const one of tried) {
    const tracker = trackerOf(await graphOf(one.world), part, one.rare);
    const allowed = allowedInSomeOrder(tracker, part.lines, skew.printedAt, skew.by);
    const { refusal: _, ...rest } = one;
    if (allowed === true)
      return {
        tried: [{ ...rest, gaps: [] }],
        notes: [`in another order of its lines, for clocks of CPUs that are up to ${skew.by} ns apart`],
      };
    if (allowed === undefined && notes.length === 0)
      notes.push("there are too many orders of its lines to try: allow for clocks that are less apart");
  }
  return { tried, notes };
};

/** What is known at a line of a part, in a world; nothing where it begins behind that line. */
export const knownAt = async (
  part: Followed,
  { world, rare }: Tried,
  graphOf: GraphOf,
  at: number,
): Promise<Known | undefined> => {
  const lines = part.lines.filter((line) => line.at <= at);
  return lines.length === 0 ? undefined : follow(await graphOf(world), { ...part, lines }, rare).known();
};

/** What is known behind each line of a part, in a world, up to a line of the capture. */
export const trailIn = async (
  part: Followed,
  { world, rare }: Tried,
  graphOf: GraphOf,
  to: number,
): Promise<readonly KnownAt[]> => {
  const trail: KnownAt[] = [];
  const lines = part.lines.filter(({ at }) => at <= to);
  follow(await graphOf(world), { ...part, lines }, rare, false, (known) => trail.push(known));
  return trail;
};

/** What a part needs that its worlds do not allow as it is, in the world where that is likeliest. */
export const widenedIn = async (
  part: Followed,
  graphOf: GraphOf,
): Promise<{ readonly world: string; readonly needs: readonly Need[] } | undefined> => {
  const ways = [];
  for (const world of part.worlds) {
    const way = widened(await graphOf(world), part);
    if (way !== undefined) ways.push({ world: world.name, ...way });
  }
  const [best] = ways.toSorted((a, b) => a.cost - b.cost);
  return best && { world: best.world, needs: best.needs };
};
