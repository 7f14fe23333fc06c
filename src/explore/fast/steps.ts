import { judgeStep } from "../../model/judge.ts";
import type { Step } from "../../model/model.ts";
import type { StepProperty } from "../../model/property.ts";
import { instancesOf, type Instance, type Problem } from "../exploration.ts";
import type { Branch } from "./leaves.ts";
import { changed, Patches } from "./patches.ts";
import { homeOf, Programs } from "./programs.ts";
import type { Recorder } from "./recorder.ts";
import type { Space } from "./space.ts";
import { Trie } from "./trie.ts";
import type { Verdicts } from "./verdicts.ts";

/** The cells of an outcome: `home, its new id, verdict, patches, looks`, then `member, patch` pairs, then `look, cell` pairs. */
export const outcomeCells = 5;

/**
 * What each step does, learned from its recipe: a program for each home id lists the steps that may be enabled, and a trie
 * for each of them leads to its outcome (answer 0: not enabled), over the foreign leaves that its guard and recipe read.
 */
export class Steps<S> {
  readonly trie: Trie;
  readonly programs: Programs;
  readonly patches = new Patches();
  /** How many times a guard was asked because its answer was not known. */
  evaluations = 0;
  readonly #steps: readonly Step<S>[];
  readonly #looks: readonly Instance<S, StepProperty<S>>[];
  readonly #space: Space<S>;
  readonly #recorder: Recorder<S>;
  readonly verdicts: Verdicts;
  #homes: readonly number[] | undefined;

  constructor(space: Space<S>, problem: Problem<S>, recorder: Recorder<S>, verdicts: Verdicts) {
    this.trie = new Trie(space.columns);
    this.programs = new Programs(this.trie, space.interners.length);
    this.#steps = problem.steps;
    this.#looks = instancesOf(problem).filter(
      (instance): instance is Instance<S, StepProperty<S>> => instance.property.kind === "step",
    );
    this.#space = space;
    this.#recorder = recorder;
    this.verdicts = verdicts;
  }

  /** The bytes of the tries and patches. */
  get bytes(): number {
    return this.patches.tables.reduce((sum, { byteLength }) => sum + byteLength, this.trie.cells.byteLength);
  }

  /** The home of each step, found by asking its guard in some state. */
  homes(ids: Int32Array): readonly number[] {
    const memberOf = (leaf: number): number => this.#space.leaves[leaf].member;
    this.#homes ??= this.#steps.map(({ action, args }) =>
      homeOf(this.#recorder, ids, memberOf, () => action.guard(this.#recorder.before, args)),
    );
    return this.#homes;
  }

  /** Learns the program of a component's id from a state that has it. */
  program(member: number, ids: Int32Array): number {
    const homes = this.homes(ids);
    const learned = this.#steps
      .filter(({ id }) => homes[id] === member)
      .map(({ id }) => ({ id, ...this.#ask(id, ids) }))
      .filter(({ answer, reads }) => answer !== 0 || reads.length > 0);
    const cells = learned.flatMap(({ id, answer, reads }) => [id, reads.length === 0 ? ~answer : 0]);
    const program = this.programs.store(member, ids[member], 0, cells);
    learned.forEach(({ answer, reads }, i) => {
      if (reads.length > 0) this.trie.learn(program + 3 + 2 * i, reads, ids, answer);
    });
    return program;
  }

  /** Learns the outcome of a step in a state whose branch of the trie was not met before; gives `~outcome`. */
  outcome(step: number, cell: number, ids: Int32Array): number {
    const { answer, reads } = this.#ask(step, ids);
    return this.trie.learn(cell, reads, ids, answer);
  }

  /** Learns what a step property says of a transition; gives `~verdict`. */
  look(step: number, look: number, cell: number, ids: Int32Array): number {
    this.#take(this.#steps[step], ids);
    const { answer, reads } = this.#judge(look, this.#steps[step]);
    return this.trie.learn(cell, reads, ids, answer);
  }

  #take({ id, action, args }: Step<S>, ids: Int32Array): boolean {
    this.evaluations++;
    const recorder = this.#recorder;
    recorder.begin(ids, this.homes(ids)[id]);
    if (!action.guard(recorder.before, args)) return false;
    recorder.writable = true;
    try {
      action.effect(recorder.after as never, args);
    } finally {
      recorder.writable = false;
    }
    return true;
  }

  #judge(look: number, { action, args }: Step<S>): { answer: number; reads: readonly Branch[] } {
    const { place, property, args: of } = this.#looks[look];
    const { before, after } = this.#recorder;
    return this.#recorder.aside(() =>
      this.verdicts.of(place, judgeStep(property, before, after, { action: action.name, args }, of)),
    );
  }

  #ask(id: number, ids: Int32Array): { answer: number; reads: readonly Branch[] } {
    const step = this.#steps[id];
    if (!this.#take(step, ids)) return { answer: 0, reads: this.#recorder.branches() };
    const reads = this.#recorder.branches();
    const home = this.homes(ids)[id];
    const { interners } = this.#space;
    const writes = this.#recorder.writes();
    const to = interners[home].intern(changed(interners[home].codes(ids[home]), writes.get(home) ?? []));
    writes.delete(home);
    const patches = [...writes].map(([at, changes]) => [at, this.patches.number(interners[at], changes)]);
    const judged = this.#looks.map((_, look) => ({ look, ...this.#judge(look, step) }));
    const open = judged.filter((judged) => judged.reads.length > 0);
    const verdict = judged
      .filter((judged) => judged.reads.length === 0)
      .reduce((all, { answer }) => this.verdicts.join(all, answer), 0);
    const answer = this.trie.store([
      home,
      to,
      verdict,
      patches.length,
      open.length,
      ...patches.flat(),
      ...open.flatMap(({ look }) => [look, 0]),
    ]);
    const first = answer + outcomeCells + 2 * patches.length;
    open.forEach((look, i) => this.trie.learn(first + 2 * i + 1, look.reads, ids, look.answer));
    return { answer, reads };
  }
}
