import { beyond } from "../../problem/constrained.ts";
import type { Problem } from "../../problem/exploration.ts";
import { canonicalOf } from "../../methods/symmetry/canonical-state.ts";
import { PackedCanonical } from "../symmetry/packed-canonical.ts";
import { Effects } from "../learn/effects.ts";
import { Expander, type Filter } from "./expander.ts";
import { StateVerdicts } from "../learn/state-verdicts.ts";
import { Patches } from "../learn/patches.ts";
import { Recorder } from "../learn/recorder.ts";
import { Space } from "../values/space.ts";
import { StepOutcomes } from "../learn/step-outcomes.ts";
import { SymmetricEffects } from "../symmetry/symmetric-effects.ts";
import { StubbornSets } from "../por/stubborn-sets.ts";
import type { Successors } from "./successors.ts";
import { EquivarianceCheck } from "../symmetry/equivariance-check.ts";
import type { ValueLog } from "../values/value-log.ts";
import { Verdicts } from "../learn/verdicts.ts";

/** What one thread has learned of a model: the numbers of its values, what its steps do and what its properties say. */
export class LearnedModel<S> {
  readonly space: Space<S>;
  readonly steps: StepOutcomes<S>;
  readonly looks: StateVerdicts<S>;
  readonly verdicts = new Verdicts();
  /** The component ids of the start states. */
  readonly starts: readonly Int32Array[];
  /** Finds the state that stands for others, with symmetry. */
  readonly canonical: PackedCanonical<S> | undefined;
  readonly #problem: Problem<S>;
  /** Says something of the states that are not expanded; nothing where there are no constraints. */
  readonly #beyond: StateVerdicts<S> | undefined;
  readonly #stubborn: StubbornSets<S> | undefined;

  /** @throws CheckError when a start state is outside its domain. */
  constructor(problem: Problem<S>, log?: ValueLog) {
    this.#problem = problem;
    this.space = new Space(problem, log);
    const canonical = canonicalOf(problem);
    this.starts = problem.start.map((state) => this.space.intern(canonical(state)));
    this.space.widen();
    const recorder = new Recorder(this.space, problem);
    const learned = { recorder, patches: new Patches(), verdicts: this.verdicts };
    const some = this.starts[0] ?? new Int32Array(this.space.interners.length);
    const { symmetry } = problem;
    this.canonical = symmetry && new PackedCanonical(this.space, problem, symmetry.families);
    const equivariance = symmetry && new EquivarianceCheck(this.space, symmetry);
    const plain = new Effects(this.space, problem, learned, some);
    const effects =
      symmetry === undefined || equivariance === undefined
        ? plain
        : new SymmetricEffects(this.space, plain, learned.patches, equivariance, symmetry);
    this.steps = new StepOutcomes(this.space, problem, learned, effects);
    this.looks = new StateVerdicts(this.space, problem, learned, some, equivariance);
    const unexpanded = beyond(problem);
    this.#beyond =
      unexpanded &&
      new StateVerdicts(
        this.space,
        { ...problem, properties: [unexpanded] },
        { ...learned, verdicts: new Verdicts() },
        some,
        equivariance,
      );
    const { dependence } = problem;
    this.#stubborn = dependence && new StubbornSets(this.space, dependence, problem.steps.length);
  }

  /** The bytes of the numbers, tries and patches. */
  get bytes(): number {
    const { space, steps, looks } = this;
    return (
      space.bytes + steps.bytes + looks.bytes + (this.#beyond?.bytes ?? 0) + (this.#stubborn?.bytes ?? 0)
    );
  }

  /** Whether every state is expanded, by all its steps, and stands for no other. */
  get isPlain(): boolean {
    return this.#problem.symmetry === undefined && this.#beyond === undefined && this.#stubborn === undefined;
  }

  /** Puts successors into a buffer, except those that a filter drops; with symmetry, each is replaced by the one that stands for it. */
  expander(out: Successors, filter?: Filter): Expander<S> {
    return new Expander(this.space, this.steps, out, this.#problem.steps.length, {
      canonical: this.canonical,
      stubborn: this.#stubborn,
      beyond: this.#beyond,
      filter,
    });
  }
}
