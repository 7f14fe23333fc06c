import { outcomeCells, type StepOutcomes } from "../learn/step-outcomes.ts";
import { unpack } from "../values/layout.ts";
import type { Space } from "../values/space.ts";
import { DecisionTrees } from "./decision-trees.ts";
import type { DeltaLists } from "./delta-lists.ts";
import { treeOf, trieOf } from "./list-cells.ts";

/** The steps that are in no list: each is asked for in every state that has its id, and what they do is taken down. */
export class AskedSteps<S> {
  /** Those that were taken, and the verdicts on them that say something. */
  readonly taken: Int32Array;
  count = 0;
  readonly said: number[] = [];
  /** What went wrong in the present state. */
  failure: { readonly error: unknown } | undefined;
  /** The successor by the last one that was taken. */
  after = 0;
  readonly #space: Space<S>;
  readonly #outcomes: StepOutcomes<S>;
  readonly #lists: DeltaLists<S>;
  readonly #ids: Int32Array;
  #words: Int32Array = new Int32Array(1);
  #at = 0;
  #isUnpacked = false;

  constructor(space: Space<S>, outcomes: StepOutcomes<S>, lists: DeltaLists<S>, room: number) {
    this.#space = space;
    this.#outcomes = outcomes;
    this.#lists = lists;
    this.#ids = new Int32Array(space.interners.length);
    this.taken = new Int32Array(room);
  }

  /** Forgets what was taken. */
  clear(): void {
    this.count = 0;
    this.said.length = 0;
    this.failure = undefined;
  }

  /** Goes on with the state at a place of some words. */
  begin(words: Int32Array, at: number): void {
    this.#words = words;
    this.#at = at;
    this.#isUnpacked = false;
  }

  /** The component ids of the state. */
  ids(): Int32Array {
    if (!this.#isUnpacked) unpack(this.#space.layout, this.#words, this.#at, this.#ids);
    this.#isUnpacked = true;
    return this.#ids;
  }

  /** Makes the list of a component in the state, to be at `slot`; gives its head, 0 where it cannot. */
  makeList(number: number, slot: number): number {
    try {
      const head = this.#lists.make(number, slot, this.ids());
      return this.#space.outgrown ? 0 : head;
    } catch (error) {
      this.failure = { error };
      return 0;
    }
  }

  /** Takes the step that is asked for at some cells, where it is enabled; gives 1 if it is, 0 if not, -1 where it cannot be taken here. */
  take(step: number, asked: number): number {
    const known = DecisionTrees.follow(this.#lists.cells, asked + treeOf, this.#words[this.#at]);
    const outcome = known === 0 ? this.#learn(step, asked) : known;
    if (outcome === -1) return 0;
    if (outcome === 0 || !this.#apply(step, ~outcome)) return -1;
    this.taken[this.count++] = step;
    return 1;
  }

  /** Takes back all but the first that were taken, and but the first verdicts. */
  keep(count: number, said: number): void {
    this.count = count;
    this.said.length = said;
  }

  /** Finds what a step does in the state; gives `~outcome`, 0 where it cannot. */
  #learn(step: number, asked: number): number {
    const { cells, trees } = this.#lists;
    const { trie } = this.#outcomes;
    const trieCell = cells[asked + trieOf];
    const ids = this.ids();
    try {
      const known = trie.follow(trieCell, ids);
      const outcome = known === 0 ? this.#outcomes.outcome(step, trieCell, ids) : known;
      trees.learn(asked + treeOf, trieCell, ids);
      return outcome;
    } catch (error) {
      this.failure = { error };
      return 0;
    }
  }

  /** Finds the successor by an outcome, and what is said of it; whether it could, and nothing is hit for the first time. */
  #apply(step: number, outcome: number): boolean {
    const ids = this.ids();
    const { shift } = this.#space.layout;
    const { trie, learned } = this.#outcomes;
    const { cells } = trie;
    const home = cells[outcome];
    const first = outcome + outcomeCells;
    const patched = first + 2 * cells[outcome + 3];
    let after = this.#words[this.#at] ^ ((ids[home] ^ cells[outcome + 1]) << shift[home]);
    for (let at = first; at < patched; at += 2) {
      const member = cells[at];
      after ^= (ids[member] ^ learned.patches.apply(cells[at + 1], ids[member])) << shift[member];
    }
    if (this.#space.outgrown) return false;
    this.after = after;
    const verdict = cells[outcome + 4] === 0 ? cells[outcome + 2] : this.#judge(step, outcome);
    if (verdict === 0) return true;
    if (verdict < 0 || learned.verdicts.news[verdict] === 1) return false;
    this.said.push(verdict);
    return true;
  }

  /** The verdict on a step whose properties look at more than the step, -1 where one fails. */
  #judge(step: number, outcome: number): number {
    try {
      return this.#outcomes.verdict(step, outcome, this.#ids);
    } catch (error) {
      this.failure = { error };
      return -1;
    }
  }
}
