import type { Dependence } from "../../problem/dependence.ts";
import type { Space } from "../values/space.ts";
import { Trie } from "../learn/trie.ts";

/** What is known of a step in a state, its sets of steps as bits. */
interface Known {
  readonly enabled: boolean;
  readonly advances: boolean;
  /** For an enabled step the steps that depend on it; for a disabled one the sets it must wait for. */
  readonly sets: readonly Int32Array[];
}

/** Chooses a stubborn set in each state, as `stubborn` does, on bit sets and tries. */
export class StubbornSets<S> {
  readonly #dependence: Dependence;
  readonly #space: Space<S>;
  readonly #trie: Trie;
  readonly #questions: Int32Array;
  readonly #known: Known[] = [];
  readonly #words: number;
  readonly #visible: Int32Array;
  /** What is known of each step in the current state, and the state in which it was found. */
  readonly #at: Int32Array;
  readonly #foundIn: Int32Array;
  #state = 0;
  readonly #enabled: Int32Array;
  readonly #set: Int32Array;
  readonly #done: Int32Array;
  readonly #best: Int32Array;

  constructor(space: Space<S>, dependence: Dependence, steps: number) {
    this.#dependence = dependence;
    this.#space = space;
    this.#trie = new Trie(space);
    this.#questions = Int32Array.from({ length: steps }, () => this.#trie.reserve(1));
    this.#words = (steps + 31) >>> 5;
    this.#visible = this.#bits(dependence.visible);
    this.#at = new Int32Array(steps);
    this.#foundIn = new Int32Array(steps);
    this.#enabled = new Int32Array(this.#words);
    this.#set = new Int32Array(this.#words);
    this.#done = new Int32Array(this.#words);
    this.#best = new Int32Array(this.#words);
  }

  /** The bytes of the tries. */
  get bytes(): number {
    return this.#trie.cells.byteLength;
  }

  /**
   * Keeps of the `count` enabled steps of a state, in ascending order, those that are to be taken, each with its outcome;
   * gives their number.
   */
  keep(ids: Int32Array, steps: Int32Array, outcomes: Int32Array, count: number): number {
    if (count < 2) return count;
    this.#state++;
    this.#enabled.fill(0);
    for (let i = 0; i < count; i++) add(this.#enabled, steps[i]);
    let fewest = count;
    for (let i = 0; i < count && fewest > 1; i++) {
      const taken = this.#close(steps[i], fewest, ids);
      if (taken >= fewest || !this.#mayDo(ids)) continue;
      fewest = taken;
      this.#best.set(this.#set);
    }
    if (fewest === count) return count;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (!has(this.#best, steps[i])) continue;
      steps[kept] = steps[i];
      outcomes[kept++] = outcomes[i];
    }
    return kept;
  }

  /** Grows the stubborn set of one step; gives how many enabled steps it holds, or gives up at `most` of them. */
  #close(seed: number, most: number, ids: Int32Array): number {
    const set = this.#set.fill(0);
    const done = this.#done.fill(0);
    let taken = 1;
    add(set, seed);
    for (let step = seed; step >= 0 && taken < most; step = this.#next()) {
      add(done, step);
      const { enabled, sets } = this.#of(step, ids);
      const more = enabled || sets.length === 1 ? sets[0] : this.#cheapest(sets);
      taken = 0;
      for (let word = 0; word < set.length; word++) {
        set[word] |= more[word];
        taken += bitsIn(set[word] & this.#enabled[word]);
      }
    }
    return taken;
  }

  /** The first step of the set that was not looked at, an enabled one if there is one; -1 if all were. */
  #next(): number {
    let disabled = -1;
    for (let word = 0; word < this.#words; word++) {
      const open = this.#set[word] & ~this.#done[word];
      if ((open & this.#enabled[word]) !== 0) return word * 32 + lowest(open & this.#enabled[word]);
      if (open !== 0 && disabled < 0) disabled = word * 32 + lowest(open);
    }
    return disabled;
  }

  #cheapest(sets: readonly Int32Array[]): Int32Array {
    let best = sets[0];
    let least = Infinity;
    for (const set of sets) {
      let cost = 0;
      for (let word = 0; word < set.length; word++) {
        const added = set[word] & ~this.#set[word];
        cost += bitsIn(added & this.#enabled[word]) * 65_536 + bitsIn(added);
      }
      if (cost >= least) continue;
      least = cost;
      best = set;
    }
    return best;
  }

  /** Whether steps may be left out beside the current set. */
  #mayDo(ids: Int32Array): boolean {
    let seesAll = true;
    for (let word = 0; word < this.#words; word++) {
      if ((this.#visible[word] & ~this.#set[word]) !== 0) seesAll = false;
      for (let left = this.#set[word] & this.#enabled[word]; left !== 0; left &= left - 1)
        if (this.#of(word * 32 + lowest(left), ids).advances) return true;
    }
    return seesAll;
  }

  #of(step: number, ids: Int32Array): Known {
    if (this.#foundIn[step] !== this.#state) {
      this.#foundIn[step] = this.#state;
      let answer = this.#trie.follow(this.#questions[step], ids);
      if (answer === 0) answer = this.#learn(step, ids);
      this.#at[step] = ~answer;
    }
    return this.#known[this.#at[step]];
  }

  #learn(step: number, ids: Int32Array): number {
    const { leaves, interners } = this.#space;
    const move = this.#dependence.move(step, (leaf) => {
      const { member, place } = leaves[leaf];
      return interners[member].code(ids[member], place);
    });
    const sets = move.enabled ? [move.dependent] : move.enabling;
    const known = {
      enabled: move.enabled,
      advances: move.enabled && move.advances,
      sets: sets.map((set) => this.#bits(set)),
    };
    const branches = move.leaves.flatMap((leaf) => leaves[leaf].branches);
    return this.#trie.learn(this.#questions[step], branches, ids, this.#known.push(known) - 1);
  }

  #bits(steps: readonly number[]): Int32Array {
    const bits = new Int32Array(this.#words);
    for (const step of steps) add(bits, step);
    return bits;
  }
}

const add = (set: Int32Array, step: number): void => {
  set[step >>> 5] |= 1 << (step & 31);
};
const has = (set: Int32Array, step: number): boolean => ((set[step >>> 5] >>> (step & 31)) & 1) === 1;
const lowest = (word: number): number => 31 - Math.clz32(word & -word);
const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
