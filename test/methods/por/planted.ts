import type { CodeOf, Dependence, StepDependence } from "../../../src/problem/dependence.ts";

/** A dependence that says something else of one step. */
export class Planted implements Dependence {
  readonly visible: readonly number[];
  readonly #sound: Dependence;
  readonly #step: number;
  readonly #plant: (move: StepDependence, code: CodeOf) => StepDependence;

  constructor(
    sound: Dependence,
    step: number,
    plant: (move: StepDependence, code: CodeOf) => StepDependence,
  ) {
    this.visible = sound.visible;
    this.#sound = sound;
    this.#step = step;
    this.#plant = plant;
  }

  move(step: number, code: CodeOf): StepDependence {
    const move = this.#sound.move(step, code);
    return step === this.#step ? this.#plant(move, code) : move;
  }
}
