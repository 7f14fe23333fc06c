import { HIT, SEEN } from "../model/judge.ts";
import type { Property } from "../model/property.ts";
import { instancesOf, type Finding, type Instance, type Path, type Problem } from "../problem/exploration.ts";

/** What the reference engine has found out about each property: how often it was seen, and a run to its first hit. */
export class Judgements<S> {
  readonly #problem: Problem<S>;
  readonly #instances: readonly (readonly Instance<S>[])[];
  readonly #antecedent: number[];
  readonly #paths: (Path | undefined)[];
  readonly #onHit: (property: Property<S>) => void;

  /** `onHit` is told of a property when it is first hit. */
  constructor(problem: Problem<S>, onHit: (property: Property<S>) => void) {
    const all = instancesOf(problem);
    this.#problem = problem;
    this.#instances = problem.properties.map((_, at) => all.filter(({ place }) => place === at));
    this.#antecedent = problem.properties.map(() => 0);
    this.#paths = problem.properties.map(() => undefined);
    this.#onHit = onHit;
  }

  /** Looks at a state or step through every instance; gives the bits of each property. `path` is the run to there. */
  judge(look: (instance: Instance<S>) => number, path: () => Path): readonly number[] {
    return this.#instances.map((instances, place) => {
      const bits = instances.reduce((all, instance) => all | look(instance), 0);
      if (bits & SEEN) this.#antecedent[place]++;
      if (bits & HIT && this.#paths[place] === undefined) {
        this.#paths[place] = path();
        this.#onHit(this.#problem.properties[place]);
      }
      return bits;
    });
  }

  get findings(): readonly Finding[] {
    return this.#antecedent.map((antecedent, place) => {
      const path = this.#paths[place];
      return path === undefined ? { antecedent } : { antecedent, path };
    });
  }
}
