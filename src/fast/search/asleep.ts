/**
 * Steps that need not be taken, because the states they lead to were found before: they are asleep, as in the sleep sets of
 * partial-order reduction, but no state and no transition is left out, for they are counted all the same.
 *
 * Let `t` be found first from `s`, by an entry `e` of a list. An entry `f` of `s` that comes before `e`, or is asleep in `s`,
 * leads to a state `w` with a smaller number than `t`: found from `s` before, or earlier still. If `f` is of another
 * component it is an entry of `t` as well, and leads to where `e` leads from `w`, since entries depend on their component
 * and the context alone and change their component only. If it is of the same component, then any entry of `t` that leads
 * to where some entry of `w` leads. Either way the state was found from `w` before `t` is expanded, or earlier still: the
 * entry is asleep in `t`.
 *
 * Four entries of each of eight components can be asleep, each a bit of one number.
 */
export const mostAsleep = 4;
/** Components whose entries can be asleep, at most. */
export const mostSleepy = 8;

/** As many ranks as can be compared at a time, all the last one: nothing comes after it. */
const lastRank = 127;
const each = 0x01010101;
const signs = each << 7;
/** Brings the first bit of each byte, shifted to its last, into the first four bits. */
const gather = 0x10204080;

/** How far steps are shifted to be ranks: a smaller rank is a smaller step, the reverse need not be so. */
export const rankShift = (steps: number): number => Math.max(0, 25 - Math.clz32(steps));

/** A rank as it is compared with others. */
export const repeated = (rank: number): number => Math.imul(rank, each);

/** The ranks of the first entries of a list, side by side. */
export const sideBySide = (ranks: readonly number[]): number =>
  Array.from({ length: mostAsleep }, (_, i) => (ranks[i] ?? lastRank) << (8 * i)).reduce(
    (all, rank) => all | rank,
  );

/** Which of the first entries of a list come before an entry with a repeated rank, a bit each. */
export const before = (ranks: number, rank: number): number =>
  Math.imul((~((ranks | signs) - rank) & signs) >>> 7, gather) >>> 28;
