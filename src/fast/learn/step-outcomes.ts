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
  /** For each component the steps that have it as their home. */
  readonly #stepsAt: readonly (readonly number[])[];
  /** The patches of each effect, as an outcome has them. */
  readonly #patches: EffectPatches[] = [];

  constructor(space: Space<S>, problem: Problem<S>, learned: LearningContext<S>, effects: StepEffects) {
    this.trie = new Trie(space);
    this.programs = new Programs(this.trie, space.interners.length);
    this.effects = effects;
    this.learned = learned;
    const stepsAt = space.interners.map((): number[] => []);
    for (const { id } of problem.steps) stepsAt[effects.homes[id]].push(id);
    this.#stepsAt = stepsAt;
  }

  /** The bytes of the tries and patches. */
  get bytes(): number {
    return this.trie.cells.byteLength + this.effects.bytes + this.learned.patches.bytes;
  }

  /** Makes the program of a component's id from a state that has it. */
  program(member: number, ids: Int32Array): number {
    const cells: number[] = [];
    const open: (Answer & { readonly place: number })[] = [];
    for (const step of this.#stepsAt[member]) {
      const { answer, reads } = this.#outcome(step, ids);
      if (reads.length > 0) open.push({ place: cells.push(step, 0) - 1, answer, reads });
      else if (answer !== 0) cells.push(step, ~answer);
    }
    const program = this.programs.store(member, ids[member], cells);
    for (const { place, answer, reads } of open) this.trie.learn(program + 1 + place, reads, ids, answer);
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
    const { answer: effect, reads } = this.effects.of(step, ids);
    if (effect === 0) return { answer: 0, reads };
    const home = this.effects.homes[step];
    const { atHome, foreign } = (this.#patches[effect] ??= this.#patchesOf(effect, home));
    const to = atHome === undefined ? ids[home] : this.learned.patches.result(atHome, ids[home]);
    const { looks } = this.effects.effect(effect);
    if (looks.length === 0)
      return { answer: this.trie.store([home, to, 0, foreign.length / 2, 0, ...foreign]), reads };
    return { answer: this.#judged(step, effect, looks.length, { home, to, foreign }, ids), reads };
  }

  /** The outcome of a step about which step properties say something. */
  #judged(
    step: number,
    effect: number,
    looks: number,
    { home, to, foreign }: { home: number; to: number; foreign: readonly number[] },
    ids: Int32Array,
  ): number {
    const said = Array.from({ length: looks }, (_, look) => ({
      look,
      ...this.effects.look(step, effect, look, ids),
    }));
    const open = said.filter(({ reads }) => reads.length > 0);
    const verdict = said
      .filter(({ reads }) => reads.length === 0)
      .reduce((all, { answer }) => this.learned.verdicts.join(all, answer), 0);
    const counts = [foreign.length / 2, open.length];
    const outcome = this.trie.store([
      home,
      to,
      verdict,
      ...counts,
      ...foreign,
      ...open.flatMap(({ look }) => [look, 0]),
    ]);
    const first = outcome + outcomeCells + foreign.length;
    open.forEach(({ answer, reads }, i) => this.trie.learn(first + 2 * i + 1, reads, ids, answer));
    return outcome;
  }

  #patchesOf(effect: number, home: number): EffectPatches {
    const { patches } = this.effects.effect(effect);
    return {
      atHome: patches.find(([member]) => member === home)?.[1],
      foreign: patches.filter(([member]) => member !== home).flat(),
    };
  }
}

/** The patches of an effect: to the home of its step, and to others as pairs of a component and a patch. */
interface EffectPatches {
  readonly atHome: number | undefined;
  readonly foreign: readonly number[];
}
