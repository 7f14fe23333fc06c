import { restartable } from "../../derive/evaluated.ts";
import type { Answer } from "./answer.ts";
import type { Recorder } from "./recorder.ts";
import { Trie } from "./trie.ts";
import type { Columns } from "../values/leaves.ts";

/**
 * Answers of questions by everything that they read, of whatever component. A program is made from it for each home id
 * without asking again what was asked of another home id that has the same in all leaves that count.
 */
export class Memo {
  readonly #trie: Trie;

  constructor(columns: Columns) {
    this.#trie = new Trie(columns);
  }

  /** The bytes of the tries. */
  get bytes(): number {
    return this.#trie.cells.byteLength;
  }

  /** A place for the answers of a new question. */
  question(): number {
    return this.#trie.reserve(1);
  }

  /** The answer to a question in a state, found by `ask` where it is not known, and its reads outside of `home`. */
  answer(question: number, ids: Int32Array, home: number, ask: () => Answer): Answer {
    const known = this.#trie.follow(question, ids);
    if (known !== 0) return { answer: ~known, reads: this.#trie.branches(question, ids, home) };
    const { answer, reads } = restartable(ask);
    this.learn(question, { answer, reads }, ids);
    return { answer, reads: reads.filter(({ member }) => member !== home) };
  }

  /** Keeps the answer to a question in a state. */
  learn(question: number, { answer, reads }: Answer, ids: Int32Array): void {
    this.#trie.learn(question, reads, ids, answer);
  }
}

/**
 * The component that a question always reads first, and so its home: a guard or property is deterministic, so what it
 * reads before it has read anything is the same in all states. Component 0 where it reads nothing.
 */
export const homeOf = <S>(recorder: Recorder<S>, ids: Int32Array, ask: () => unknown): number => {
  const first = (): number => {
    recorder.begin(ids);
    try {
      ask();
    } catch {
      // It will throw again where its answer is wanted, and is reported there.
    }
    return recorder.branches()[0]?.member ?? 0;
  };
  return restartable(first);
};
