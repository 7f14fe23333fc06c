import type { Args } from "../model/action.ts";
import { isLiveness } from "../model/property.ts";
import type { Problem } from "../problem/exploration.ts";

/** What was asked in every order over some objects, by identity: it goes with each of them. */
class Asked {
  readonly #over = new WeakMap<object, Asked>();
  /** For each action and property, by all else that its answers follow from. */
  readonly #ways = new WeakMap<object, Set<string>>();

  /** The same over some more objects. */
  over(objects: readonly object[]): Asked {
    const [first, ...others] = objects;
    if (first === undefined) return this;
    const more = this.#over.get(first) ?? new Asked();
    this.#over.set(first, more);
    return more.over(others);
  }

  has(of: object, way: string): boolean {
    return this.#ways.get(of)?.has(way) === true;
  }

  add(of: object, way: string): void {
    const ways = this.#ways.get(of) ?? new Set();
    this.#ways.set(of, ways);
    ways.add(way);
  }
}

const asked = new Asked();

/** What was asked in every order before, in this problem or another that has the same action or property, by identity. */
export interface AskedBefore {
  /** For each question of a problem, in their order, whether it was. */
  readonly was: readonly boolean[];
  /** Keeps that all of them have been now. */
  readonly keep: () => void;
}

/** Which of the questions of a problem about its properties, and then its steps, were asked before. */
export const askedBefore = <S>({ model, scope, properties, steps, symmetry }: Problem<S>): AskedBefore => {
  const over = asked.over([model.state]);
  // These are asked with each step, or have its states share no objects.
  const beside = over.over(properties.filter((property) => property.kind === "step" || isLiveness(property)));
  const way = (args?: Args): string => JSON.stringify([scope, model.mostAccesses, symmetry?.families, args]);
  const ofProperties = way();
  const questions: readonly (readonly [among: Asked, of: object, way: string])[] = [
    ...properties.map((property) => [over, property, ofProperties] as const),
    ...steps.map(({ action, args }) => [beside, action, way(args)] as const),
  ];
  return {
    was: questions.map(([among, of, way]) => among.has(of, way)),
    keep: () => {
      for (const [among, of, way] of questions) among.add(of, way);
    },
  };
};
