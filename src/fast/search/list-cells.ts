import type { WordSlots } from "../values/word-slots.ts";

/**
 * What a batch of states of one word is expanded with is side by side in one array, for the loop over it has room for few
 * arrays in registers. First of each component, by its number: where the numbers of its places begin; by how much its id in
 * a word is shifted, its mask, and how many bits it has; by how much what is asleep of it is shifted, and the mask of that.
 */
export const perHome = 8;
export const shiftOf = 1;
export const maskOf = 2;
export const widthOf = 3;
export const nibbleOf = 4;
export const sleepyOf = 5;
/** Components, at most: while a state is expanded each is a bit of one number. */
export const mostHomes = 32;

/** Then the successors, as an entry each with the number of the state in the batch before it, and what is asleep in each. */
export const entryBits = 20;
export const mostSuccessors = 2 ** 13;
export const queueAt = perHome * mostHomes;
export const asleepAt = queueAt + mostSuccessors;

/** Then of each state of the batch what is asleep in it, and the ranks of the first entries of each component. */
export const mostStates = 2 ** (32 - entryBits);
export const sleptAt = asleepAt + mostSuccessors;
export const perRanks = 8;
export const ranksAt = sleptAt + mostStates;

/**
 * Then for each place of an id: the head of its list, 0 where there is none yet; the ranks of its first entries; how many
 * states were expanded that have it, since they were last counted; and where its steps to be asked for are.
 */
export const slotsAt = ranksAt + perRanks * mostStates;
export const perSlot = 4;
export const ranksOf = 1;
export const seenOf = 2;
export const asksOf = 3;

/** Entries of a list, at most. */
export const mostEntries = 127;
/** Whether there are steps to be asked for: the first bit of a head. The next four say which of the first entries there are. */
export const hasAsks = 1;
export const entriesOf = (head: number): number => (head >>> 5) & mostEntries;
export const firstOf = (head: number): number => head >>> (32 - entryBits);

/**
 * The rest is in pieces of this length. An entry is one, and has its number: what is xor-ed into a word; its rank,
 * repeated; where its diamonds are; in eight bits each, by how much what is asleep of its component is shifted, which entries
 * of the list come before it, and whether nothing is asleep after it; its step; its verdict; and how many new states it led
 * to, since they were last counted.
 */
export const perEntry = 8;
export const rankOf = 1;
export const diamondsOf = 2;
export const placeOf = 3;
export const stepOf = 4;
export const verdictOf = 5;
export const foundOf = 6;

/** Of steps to be asked for there are: how many; then of each its step, the cell of its trie, and its decision tree. */
export const perAsked = 3;
export const trieOf = 1;
export const treeOf = 2;
/** How much of a branch of such a tree is before its cells. */
export const perBranch = 3;

/** Lists for the ids of some components. */
export interface ListCells {
  readonly slots: WordSlots;
  readonly cells: Int32Array;
  /** Reserves a number of cells in whole pieces, all 0; gives where they begin. */
  readonly reserve: (length: number) => number;
}
