import type { Args } from "../../model/action.ts";
import { judgeState } from "../../model/judge.ts";
import type { Property, StepProperty } from "../../model/property.ts";
import type { Problem } from "../../problem/exploration.ts";
import { groupsOf, renamedGroups, type Group } from "../../methods/symmetry/property-groups.ts";
import type { LearningContext } from "./effects.ts";
import { homeOf, Memo } from "./memo.ts";
import { noHome, type Answer } from "./answer.ts";
import { unpack } from "../values/layout.ts";
import { Programs } from "./programs.ts";
import type { Space } from "../values/space.ts";
import { Trie } from "./trie.ts";
import type { UnderAllNames } from "./renamed-question.ts";

/** Stands for the looks that need no more than the home's id, taken together. */
const none = -1;

type StatePropertyGroup<S> = Group<S, Exclude<Property<S>, StepProperty<S>>>;

/**
 * What the invariants and `sometimes` properties say of a state, on the same mechanism as the steps: most are decided by
 * the id of the component that they read first.
 */
export class StateVerdicts<S> {
  readonly #space: Space<S>;
  /** The component ids of the current state, where they are needed. */
  readonly #ids: Int32Array;
  readonly #trie: Trie;
  readonly #programs: Programs;
  readonly #memo: Memo;
  readonly #looks: readonly StatePropertyGroup<S>[];
  readonly #questions: readonly number[];
  readonly #learned: LearningContext<S>;
  readonly #homes: readonly number[];
  /** Answers found to be symmetric. */
  readonly #agreed: Memo;
  readonly #agreedQuestions: readonly number[];
  readonly #equivariance: UnderAllNames | undefined;
  /** For each renaming, which look each look becomes. */
  readonly #renamed: readonly (readonly number[])[];
  /** The components that are home to some property. */
  readonly members: readonly number[];

  /** Takes the ids of some state, to see what each property reads first. */
  constructor(
    space: Space<S>,
    problem: Problem<S>,
    learned: LearningContext<S>,
    ids: Int32Array,
    equivariance?: UnderAllNames,
  ) {
    this.#space = space;
    this.#ids = new Int32Array(space.interners.length);
    this.#trie = new Trie(space);
    this.#programs = new Programs(this.#trie, space.interners.length);
    this.#looks = groupsOf(problem).filter(
      ({ property }) => property.kind !== "step",
    ) as StatePropertyGroup<S>[];
    this.#memo = new Memo(space);
    this.#agreed = new Memo(space);
    this.#questions = this.#looks.map(() => this.#memo.question());
    this.#agreedQuestions = this.#looks.map(() => this.#agreed.question());
    this.#learned = learned;
    const { recorder } = learned;
    this.#homes = this.#looks.map(({ property, args }) =>
      homeOf(recorder, ids, () => judgeState(property, recorder.before, args[0])),
    );
    this.members = [...new Set(this.#homes)];
    this.#equivariance = equivariance;
    this.#renamed = problem.symmetry?.renamings.map((renamed) => renamedGroups(this.#looks, renamed)) ?? [];
  }

  /** The bytes of the tries. */
  get bytes(): number {
    return this.#trie.cells.byteLength + this.#memo.bytes + this.#agreed.bytes;
  }

  /** What all states with an id of a component say by its program, -1 where that is not known or not the same in all. */
  constant(member: number, id: number): number {
    const program = this.#programs.of(member, id);
    return program < 0 ? ~program : -1;
  }

  /** The verdict of the packed state at `at` of `words`. */
  verdict(words: Int32Array, at: number): number {
    const members = this.members;
    const programs = this.#programs;
    const { verdicts } = this.#learned;
    const { layout } = this.#space;
    const { word, shift, mask, flip } = layout;
    let isUnpacked = false;
    let verdict = 0;
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      const id = ((words[at + word[member]] >>> shift[member]) & mask[member]) ^ flip[member];
      const program = programs.of(member, id);
      if (program < 0) verdict = verdicts.join(verdict, ~program);
      else {
        if (!isUnpacked) unpack(layout, words, at, this.#ids);
        isUnpacked = true;
        verdict = verdicts.join(verdict, this.#said(program, member));
      }
    }
    return verdict;
  }

  /** What the current state has to say by a component's program, which is made where there is none. */
  #said(known: number, member: number): number {
    const ids = this.#ids;
    const { verdicts } = this.#learned;
    const program = known === 0 ? this.#program(member, ids) : known;
    if (program < 0) return ~program;
    let verdict = 0;
    const end = program + 1 + this.#trie.cells[program];
    for (let at = program + 1; at < end; at += 2) {
      let answer = this.#trie.follow(at + 1, ids);
      if (answer === 0) answer = this.#learn(at, member, ids);
      verdict = verdicts.join(verdict, ~answer);
    }
    return verdict;
  }

  #ask(look: number, home: number, ids: Int32Array): Answer {
    return this.#memo.answer(this.#questions[look], ids, home, () => {
      const { place, property, args } = this.#looks[look];
      const { recorder, verdicts } = this.#learned;
      recorder.begin(ids);
      const judge = (bits: number, of: Args): number => bits | judgeState(property, recorder.before, of);
      return { answer: verdicts.of(place, args.reduce(judge, 0)), reads: recorder.branches() };
    });
  }

  /** The same, insisting that it is symmetric where it should be. */
  #askUnderAllNames(look: number, home: number, ids: Int32Array): Answer {
    const equivariance = this.#equivariance;
    if (equivariance === undefined) return this.#ask(look, home, ids);
    return this.#agreed.answer(this.#agreedQuestions[look], ids, home, () =>
      equivariance.ask(ids, {
        own: () => this.#ask(look, noHome, ids),
        renamed: (i, there) => this.#ask(this.#renamed[i][look], noHome, there),
        agree: (_, own, renamed) => own === renamed,
      }),
    );
  }

  #learn(at: number, home: number, ids: Int32Array): number {
    const { answer, reads } = this.#askUnderAllNames(this.#trie.cells[at], home, ids);
    return this.#trie.learn(at + 1, reads, ids, answer);
  }

  #program(member: number, ids: Int32Array): number {
    const asked = this.#looks
      .map((_, look) => look)
      .filter((look) => this.#homes[look] === member)
      .map((look) => ({ look, ...this.#askUnderAllNames(look, member, ids) }));
    const open = asked.filter(({ reads }) => reads.length > 0);
    const constant = asked
      .filter(({ reads }) => reads.length === 0)
      .reduce((all, { answer }) => this.#learned.verdicts.join(all, answer), 0);
    if (open.length === 0) return this.#programs.answer(member, ids[member], constant);
    const cells = [...open.flatMap(({ look }) => [look, 0]), none, ~constant];
    const program = this.#programs.store(member, ids[member], cells);
    open.forEach(({ answer, reads }, i) => this.#trie.learn(program + 2 + 2 * i, reads, ids, answer));
    return program;
  }
}
