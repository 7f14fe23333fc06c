import { during } from "../errors.ts";
import { answered } from "../model/ask.ts";
import { partText, propertyText } from "../model/judge.ts";
import type { Liveness } from "../model/property.ts";
import type { Instance } from "../problem/exploration.ts";
import type { StateGraph } from "../problem/state-graph.ts";

/**
 * What a behaviour must do to break a liveness property: from some state on, a source, it stays among the states that
 * are `inside` and takes only `allowed` steps, for ever, and visits `must` states again and again.
 */
export interface Question {
  readonly inside: (id: number) => boolean;
  /** Where it may enter; absent where it may anywhere. */
  readonly source?: (id: number) => boolean;
  readonly allowed?: (from: number, step: number) => boolean;
  readonly must?: (id: number) => boolean;
}

const always = (): boolean => true;
const not =
  (asked: (id: number) => boolean): ((id: number) => boolean) =>
  (id) =>
    !asked(id);

/** The question whether a property, its arguments fixed, is broken by some behaviour. */
export const questionOf = <S>(
  graph: StateGraph<S>,
  { property, args }: Instance<S, Liveness<S>>,
): Question => {
  const guard = (part: string, look: () => boolean): boolean => {
    try {
      return answered(look, () => partText(property, args, part));
    } catch (error) {
      throw during(`property ${propertyText(property, args)}`, error);
    }
  };
  const ask = (
    part: string,
    question: (state: S, args: Instance<S>["args"]) => boolean,
  ): ((id: number) => boolean) => graph.ask((state) => guard(part, () => question(state, args)));
  switch (property.kind) {
    case "leadsTo":
      return { inside: not(ask("to", property.to)), source: ask("from", property.from) };
    case "eventually": {
      const [starts = 0] = graph.levels;
      return { inside: not(ask("holds", property.holds)), source: (id) => id < starts };
    }
    case "infinitelyOften": {
      const { step, holds } = property;
      if (step === undefined) return { inside: not(ask("holds", holds)) };
      const asked = graph.askStep((before, after, taken) =>
        guard("step", () => step(before, after, taken, args)),
      );
      return { inside: always, allowed: (from, taken) => !asked(from, taken) };
    }
    case "eventuallyAlways":
      return { inside: always, must: not(ask("holds", property.holds)) };
  }
};
