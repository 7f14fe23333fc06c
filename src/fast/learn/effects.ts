import type { Args } from "../../model/action.ts";
import { guardHolds } from "../../model/ask.ts";
import { judgeStep } from "../../model/judge.ts";
import type { Step } from "../../model/model.ts";
import type { StepProperty } from "../../model/property.ts";
import type { Problem } from "../../problem/exploration.ts";
import { groupsOf, type Group } from "../../methods/symmetry/property-groups.ts";
import { homeOf, Memo } from "./memo.ts";
import type { Answer } from "./answer.ts";
import type { Patches } from "./patches.ts";
import type { Recorder } from "./recorder.ts";
import type { Space } from "../values/space.ts";
import type { Verdicts } from "./verdicts.ts";

/** Step properties that are judged together. */
export type StepPropertyGroup<S> = Group<S, StepProperty<S>>;

/** What a step does wherever it reads the same: the patches it makes, and a question for each step property. */
export interface Effect {
  readonly patches: readonly (readonly [member: number, patch: number])[];
  readonly looks: readonly number[];
}

/** What is shared by all that learns from a model. */
export interface LearningContext<S> {
  readonly recorder: Recorder<S>;
  readonly patches: Patches;
  readonly verdicts: Verdicts;
}

/** What the steps of a model do, wherever they read the same. */
export interface StepEffects {
  readonly homes: readonly number[];
  readonly evaluations: number;
  readonly bytes: number;
  readonly of: (step: number, ids: Int32Array) => Answer;
  readonly effect: (number: number) => Effect;
  readonly look: (step: number, effect: number, look: number, ids: Int32Array) => Answer;
}

/** What the steps of a model do, learned by running their guards and recipes on a recorder. */
export class Effects<S> implements StepEffects {
  /** The component that each step's guard reads first. */
  readonly homes: readonly number[];
  /** The step properties, by the number of their look. */
  readonly looks: readonly StepPropertyGroup<S>[];
  readonly #memo: Memo;
  readonly #steps: readonly Step<S>[];
  readonly #questions: readonly number[];
  readonly #space: Space<S>;
  readonly #learned: LearningContext<S>;
  /** Effects by number; 0 is none, that of a step that is not enabled. */
  readonly #effects: Effect[] = [{ patches: [], looks: [] }];
  /** How often a guard, and the recipe where it was enabled, was run. */
  evaluations = 0;

  /** Takes the ids of some state, to see what each guard reads first. */
  constructor(space: Space<S>, problem: Problem<S>, learned: LearningContext<S>, ids: Int32Array) {
    this.#memo = new Memo(space);
    this.#steps = problem.steps;
    this.#questions = problem.steps.map(() => this.#memo.question());
    this.looks = groupsOf(problem).filter(
      (group): group is StepPropertyGroup<S> => group.property.kind === "step",
    );
    this.#space = space;
    this.#learned = learned;
    const { recorder } = learned;
    this.homes = problem.steps.map((step) => homeOf(recorder, ids, () => guardHolds(step, recorder.before)));
  }

  /** The bytes of the tries. */
  get bytes(): number {
    return this.#memo.bytes;
  }

  /** The number of a step's effect in a state, 0 if it is not enabled, and what it read outside of its home. */
  of(step: number, ids: Int32Array, home = this.homes[step]): Answer {
    return this.#memo.answer(this.#questions[step], ids, home, () => {
      const { recorder, patches } = this.#learned;
      if (!this.#take(step, ids)) return { answer: 0, reads: recorder.branches() };
      const reads = recorder.branches();
      const effect = {
        patches: [...recorder.writes()].map(
          ([member, changes]) => [member, patches.number(this.#space.interners[member], changes)] as const,
        ),
        looks: this.looks.map(() => this.#memo.question()),
      };
      effect.looks.forEach((question, look) => this.#memo.learn(question, this.#judge(look, step), ids));
      return { answer: this.#effects.push(effect) - 1, reads };
    });
  }

  /** The effect with a number. */
  effect(number: number): Effect {
    return this.#effects[number];
  }

  /** What a step property answers about a step, and what it read beyond what the step did, outside of its home. */
  look(step: number, effect: number, look: number, ids: Int32Array, home = this.homes[step]): Answer {
    return this.#memo.answer(this.#effects[effect].looks[look], ids, home, () => {
      this.#take(step, ids);
      return this.#judge(look, step);
    });
  }

  #take(step: number, ids: Int32Array): boolean {
    this.evaluations++;
    const { recorder } = this.#learned;
    recorder.begin(ids);
    return recorder.take(this.#steps[step]);
  }

  #judge(look: number, step: number): Answer {
    const { place, property, args: all } = this.looks[look];
    const { action, args } = this.#steps[step];
    const { recorder, verdicts } = this.#learned;
    const taken = { action: action.name, args };
    const judge = (bits: number, of: Args): number =>
      bits | judgeStep(property, recorder.before, recorder.after, taken, of);
    return recorder.readingApart(() => verdicts.of(place, all.reduce(judge, 0)));
  }
}
