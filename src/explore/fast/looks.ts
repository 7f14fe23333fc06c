import { judgeState } from "../../model/judge.ts";
import type { Invariant, Sometimes } from "../../model/property.ts";
import { instancesOf, type Instance, type Problem } from "../exploration.ts";
import type { Branch } from "./leaves.ts";
import { homeOf, Programs } from "./programs.ts";
import type { Recorder } from "./recorder.ts";
import type { Space } from "./space.ts";
import { Trie } from "./trie.ts";
import type { Verdicts } from "./verdicts.ts";

type Look<S> = Instance<S, Invariant<S> | Sometimes<S>>;

/**
 * What the invariants and `sometimes` properties say of a state, on the same mechanism as the steps: most are decided by
 * the id of the component that they read first.
 */
export class Looks<S> {
  readonly #trie: Trie;
  readonly #programs: Programs;
  readonly #looks: readonly Look<S>[];
  readonly #space: Space<S>;
  readonly #recorder: Recorder<S>;
  readonly #verdicts: Verdicts;
  #homes: readonly number[] | undefined;
  /** The components that are home to some property. */
  #members: readonly number[] = [];

  constructor(space: Space<S>, problem: Problem<S>, recorder: Recorder<S>, verdicts: Verdicts) {
    this.#trie = new Trie(space.columns);
    this.#programs = new Programs(this.#trie, space.interners.length);
    this.#looks = instancesOf(problem).filter(({ property }) => property.kind !== "step") as Look<S>[];
    this.#space = space;
    this.#recorder = recorder;
    this.#verdicts = verdicts;
  }

  /** The bytes of the tries. */
  get bytes(): number {
    return this.#trie.cells.byteLength;
  }

  /** The verdict of a state, given by its component ids. */
  verdict(ids: Int32Array): number {
    if (this.#homes === undefined) this.#settle(ids);
    const members = this.#members;
    let verdict = 0;
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      let program = this.#programs.of(member, ids[member]);
      if (program === 0) program = this.#program(member, ids);
      verdict = this.#verdicts.join(verdict, this.#trie.cells[program]);
      const end = program + 2 + this.#trie.cells[program + 1];
      for (let at = program + 2; at < end; at += 2) {
        let answer = this.#trie.follow(at + 1, ids);
        if (answer === 0) answer = this.#learn(at, member, ids);
        verdict = this.#verdicts.join(verdict, ~answer);
      }
    }
    return verdict;
  }

  #settle(ids: Int32Array): void {
    const { before } = this.#recorder;
    const memberOf = (leaf: number): number => this.#space.leaves[leaf].member;
    this.#homes = this.#looks.map(({ property, args }) =>
      homeOf(this.#recorder, ids, memberOf, () => judgeState(property, before, args)),
    );
    this.#members = [...new Set(this.#homes)].toSorted((a, b) => a - b);
  }

  #ask(look: number, home: number, ids: Int32Array): { answer: number; reads: readonly Branch[] } {
    const { place, property, args } = this.#looks[look];
    this.#recorder.begin(ids, home);
    const answer = this.#verdicts.of(place, judgeState(property, this.#recorder.before, args));
    return { answer, reads: this.#recorder.branches() };
  }

  #learn(at: number, home: number, ids: Int32Array): number {
    const { answer, reads } = this.#ask(this.#trie.cells[at], home, ids);
    return this.#trie.learn(at + 1, reads, ids, answer);
  }

  #program(member: number, ids: Int32Array): number {
    const asked = this.#looks
      .map((_, look) => look)
      .filter((look) => this.#homes![look] === member)
      .map((look) => ({ look, ...this.#ask(look, member, ids) }));
    const open = asked.filter(({ reads }) => reads.length > 0);
    const constant = asked
      .filter(({ reads }) => reads.length === 0)
      .reduce((all, { answer }) => this.#verdicts.join(all, answer), 0);
    const cells = open.flatMap(({ look }) => [look, 0]);
    const program = this.#programs.store(member, ids[member], constant, cells);
    open.forEach(({ answer, reads }, i) => this.#trie.learn(program + 3 + 2 * i, reads, ids, answer));
    return program;
  }
}
