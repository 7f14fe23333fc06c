import type { PackedCanonical } from "../symmetry/packed-canonical.ts";
import { unpack } from "../values/layout.ts";
import type { StateVerdicts } from "../learn/state-verdicts.ts";
import type { Space } from "../values/space.ts";
import { outcomeCells, type StepOutcomes } from "../learn/step-outcomes.ts";
import type { StubbornSets } from "../por/stubborn-sets.ts";
import type { Successors } from "./successors.ts";

/** What `expand` gives of a state that does not satisfy the constraints. */
export const notExpanded = -2;

/** What successors have to pass, once counted. */
export interface Filter {
  /** Takes the last successor of a buffer, of several words, out again unless it may be new. */
  readonly sift: (out: Successors) => void;
  /** Whether a successor of one word, before it is in a buffer, may be new. */
  readonly passes: (word: number, step: number, verdict: number) => boolean;
}

/** What is left out; nothing where it is undefined. */
interface Reductions<S> {
  /** All steps from the states of which it says something: they are beyond a constraint. */
  readonly beyond?: StateVerdicts<S> | undefined;
  /** Of states that differ only in names, all but one. */
  readonly canonical?: PackedCanonical<S> | undefined;
  /** Steps beside a stubborn set. */
  readonly stubborn?: StubbornSets<S> | undefined;
  /** Successors that were let through before; they are counted. */
  readonly filter?: Filter | undefined;
}

/** Puts the successors of states into a buffer, in the order of the steps' ids. */
export class Expander<S> {
  /** Where the successors go. */
  out: Successors;
  /** The component ids of the state expanded last. */
  readonly ids: Int32Array;
  readonly #space: Space<S>;
  readonly #steps: StepOutcomes<S>;
  readonly #stubborn: StubbornSets<S> | undefined;
  /** The enabled steps of the state, in order, and the address of each one's outcome. */
  readonly #picked: Int32Array;
  readonly #outcomes: Int32Array;
  /** The components that are home to some step. */
  readonly #members: readonly number[];
  readonly #canonical: PackedCanonical<S> | undefined;
  readonly #filter: Filter | undefined;
  readonly #beyond: StateVerdicts<S> | undefined;

  constructor(
    space: Space<S>,
    steps: StepOutcomes<S>,
    out: Successors,
    stepCount: number,
    { canonical, stubborn, beyond, filter }: Reductions<S> = {},
  ) {
    this.#space = space;
    this.#steps = steps;
    this.out = out;
    this.#canonical = canonical;
    this.#stubborn = stubborn;
    this.#filter = filter;
    this.#beyond = beyond;
    this.#members = [...new Set(steps.effects.homes)];
    this.ids = new Int32Array(space.interners.length);
    this.#picked = new Int32Array(stepCount);
    this.#outcomes = new Int32Array(stepCount);
  }

  /**
   * Appends the successors of the packed state at `at` of `words` (with partial-order reduction, only some of them); gives the number of
   * steps taken, or `notExpanded`.
   */
  expand(words: Int32Array, at: number, parent: number): number {
    if (this.#beyond !== undefined && this.#beyond.verdict(words, at) !== 0) return notExpanded;
    const ids = this.ids;
    unpack(this.#space.layout, words, at, ids);
    const enabled = this.#pick(ids);
    const taken = this.#stubborn?.keep(ids, this.#picked, this.#outcomes, enabled) ?? enabled;
    if (this.#space.layout.words === 1) this.#emitWords(words[at], parent, taken);
    else for (let i = 0; i < taken; i++) this.#emit(words, at, parent, this.#picked[i], this.#outcomes[i]);
    return taken;
  }

  /** Appends the successors of a state of one word, the usual case: to change them in the buffer takes a tenth longer. */
  #emitWords(state: number, parent: number, taken: number): void {
    const { ids, out } = this;
    const { shift } = this.#space.layout;
    const { trie, learned } = this.#steps;
    const cells = trie.cells;
    const picked = this.#picked;
    const outcomes = this.#outcomes;
    const filter = this.#filter;
    const canonical = this.#canonical;
    const { words, parent: parents, step: steps, verdict } = out;
    for (let i = 0; i < taken; i++) {
      const step = picked[i];
      const outcome = outcomes[i];
      const home = cells[outcome];
      const first = outcome + outcomeCells;
      const patched = first + 2 * cells[outcome + 3];
      let after = state ^ ((ids[home] ^ cells[outcome + 1]) << shift[home]);
      for (let cell = first; cell < patched; cell += 2) {
        const member = cells[cell];
        const id = ids[member];
        after ^= (id ^ learned.patches.apply(cells[cell + 1], id)) << shift[member];
      }
      const n = out.count;
      if (canonical !== undefined) {
        words[n] = after;
        canonical.apply(words, n);
        after = words[n];
      }
      const said = cells[outcome + 4] === 0 ? cells[outcome + 2] : this.#steps.verdict(step, outcome, ids);
      if (filter !== undefined && !filter.passes(after, step, said)) continue;
      out.count = n + 1;
      words[n] = after;
      parents[n] = parent;
      steps[n] = step;
      verdict[n] = said;
    }
  }

  #pick(ids: Int32Array): number {
    const { trie, programs } = this.#steps;
    const members = this.#members;
    const picked = this.#picked;
    const outcomes = this.#outcomes;
    let enabled = 0;
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      let program = programs.of(member, ids[member]);
      if (program === 0) program = this.#steps.program(member, ids);
      let cells = trie.cells;
      const end = program + 1 + cells[program];
      for (let cell = program + 1; cell < end; cell += 2) {
        const step = cells[cell];
        let outcome = cells[cell + 1];
        if (outcome > 0) outcome = trie.follow(cell + 1, ids);
        if (outcome === 0) {
          outcome = this.#steps.outcome(step, cell + 1, ids);
          cells = trie.cells;
        }
        if (outcome === -1) continue;
        let place = enabled++;
        for (; place > 0 && picked[place - 1] > step; place--) {
          picked[place] = picked[place - 1];
          outcomes[place] = outcomes[place - 1];
        }
        picked[place] = step;
        outcomes[place] = ~outcome;
      }
    }
    return enabled;
  }

  #emit(words: Int32Array, at: number, parent: number, step: number, outcome: number): void {
    const ids = this.ids;
    const out = this.out;
    const { word, shift, words: length } = this.#space.layout;
    const { trie, learned } = this.#steps;
    const cells = trie.cells;
    const n = out.count++;
    const to = n * length;
    const target = out.words;
    for (let i = 0; i < length; i++) target[to + i] = words[at + i];
    const home = cells[outcome];
    target[to + word[home]] ^= (ids[home] ^ cells[outcome + 1]) << shift[home];
    const patched = outcome + outcomeCells + 2 * cells[outcome + 3];
    for (let cell = outcome + outcomeCells; cell < patched; cell += 2) {
      const member = cells[cell];
      const id = ids[member];
      target[to + word[member]] ^= (id ^ learned.patches.apply(cells[cell + 1], id)) << shift[member];
    }
    this.#canonical?.apply(target, to);
    out.parent[n] = parent;
    out.step[n] = step;
    out.verdict[n] = cells[outcome + 4] === 0 ? cells[outcome + 2] : this.#steps.verdict(step, outcome, ids);
    this.#filter?.sift(out);
  }
}
