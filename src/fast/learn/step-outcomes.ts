import type { Problem } from "../../problem/exploration.ts";
import type { LearningContext, StepEffects } from "./effects.ts";
import type { Answer } from "./answer.ts";
import { Programs } from "./programs.ts";
import type { Space } from "../values/space.ts";
import { Trie } from "./trie.ts";

/** The cells of an outcome: `home, its new id, verdict, patches, looks`, then `member, patch` pairs, then `look, cell` pairs. */
export const outcomeCells = 5;

/**
 * What each step does, ready for use: a program for each home id lists the steps that may be enabled, and a trie for each
 * of them leads to its outcome (answer 0: not enabled), over the leaves of other components that it reads.
 */
export class StepOutcomes<S> {
  readonly trie: Trie;
  readonly programs: Programs;
  readonly effects: StepEffects;
  readonly learned: LearningContext<S>;
  readonly #steps: readonly number[];

  constructor(space: Space<S>, problem: Problem<S>, learned: LearningContext<S>, effects: StepEffects) {
    this.trie = new Trie(space);
    this.programs = new Programs(this.trie, space.interners.length);
    this.effects = effects;
    this.learned = learned;
    this.#steps = problem.steps.map(({ id }) => id);
  }

  /** The bytes of the tries and patches. */
  get bytes(): number {
    return this.trie.cells.byteLength + this.effects.bytes + this.learned.patches.bytes;
  }

  /** Makes the program of a component's id from a state that has it. */
  program(member: number, ids: Int32Array): number {
    const listed = this.#steps
      .filter((step) => this.effects.homes[step] === member)
      .map((step) => ({ step, ...this.#outcome(step, ids) }))
      .filter(({ answer, reads }) => answer !== 0 || reads.length > 0);
    const cells = listed.flatMap(({ step, answer, reads }) => [step, reads.length === 0 ? ~answer : 0]);
    const program = this.programs.store(member, ids[member], cells);
    listed.forEach(({ answer, reads }, i) => {
      if (reads.length > 0) this.trie.learn(program + 2 + 2 * i, reads, ids, answer);
    });
    return program;
  }

  /** Finds the outcome of a step in a state whose branch of the trie was not met before; gives `~outcome`. */
  outcome(step: number, cell: number, ids: Int32Array): number {
    const { answer, reads } = this.#outcome(step, ids);
    return this.trie.learn(cell, reads, ids, answer);
  }

  /** Finds what a step property answers about a transition; gives `~verdict`. */
  #look(step: number, look: number, cell: number, ids: Int32Array): number {
    const effect = this.effects.of(step, ids).answer;
    const { answer, reads } = this.effects.look(step, effect, look, ids);
    return this.trie.learn(cell, reads, ids, answer);
  }

  /** The verdict on a step that has an outcome: what is known with the outcome, and what properties see that look at more. */
  verdict(step: number, outcome: number, ids: Int32Array): number {
    const { trie } = this;
    const first = outcome + outcomeCells + 2 * trie.cells[outcome + 3];
    const end = first + 2 * trie.cells[outcome + 4];
    let verdict = trie.cells[outcome + 2];
    for (let cell = first; cell < end; cell += 2) {
      let said = trie.follow(cell + 1, ids);
      if (said === 0) said = this.#look(step, trie.cells[cell], cell + 1, ids);
      verdict = this.learned.verdicts.join(verdict, ~said);
    }
    return verdict;
  }

  #outcome(step: number, ids: Int32Array): Answer {
    const { patches, verdicts } = this.learned;
    const { answer: effect, reads } = this.effects.of(step, ids);
    if (effect === 0) return { answer: 0, reads };
    const home = this.effects.homes[step];
    const made = this.effects.effect(effect);
    const atHome = made.patches.find(([member]) => member === home);
    const foreign = made.patches.filter(([member]) => member !== home);
    const said = made.looks.map((_, look) => ({ look, ...this.effects.look(step, effect, look, ids) }));
    const open = said.filter((look) => look.reads.length > 0);
    const answer = this.trie.store([
      home,
      atHome === undefined ? ids[home] : patches.result(atHome[1], ids[home]),
      said
        .filter((look) => look.reads.length === 0)
        .reduce((verdict, look) => verdicts.join(verdict, look.answer), 0),
      foreign.length,
      open.length,
      ...foreign.flat(),
      ...open.flatMap(({ look }) => [look, 0]),
    ]);
    const first = answer + outcomeCells + 2 * foreign.length;
    open.forEach((look, i) => this.trie.learn(first + 2 * i + 1, look.reads, ids, look.answer));
    return { answer, reads };
  }
}
