import { fairnessText, type Fairness, type StepsOfModel } from "../model/fairness.ts";
import type { Liveness } from "../model/property.ts";
import type { Instance } from "../problem/exploration.ts";
import { Conditions } from "./conditions.ts";
import { fairComponents } from "./fair-components.ts";
import type { StateGraph, Work } from "../problem/state-graph.ts";
import { restIn } from "./lasso.ts";
import type { Question } from "./live-question.ts";
import { regionOf, type Region } from "./region.ts";

/** What is assumed of behaviours, and of which behaviours. */
interface Assumed<S> {
  readonly graph: StateGraph<S>;
  readonly problem: StepsOfModel<S>;
  readonly fairness: readonly Fairness<S>[];
  /** Where the behaviours of interest pass; absent where all are. */
  readonly source: ((id: number) => boolean) | undefined;
  /** Whether the graph is all of what can be reached. */
  readonly whole: boolean;
}

/** Whether some behaviour within a region meets all conditions. */
const isMet = function* <S>(
  graph: StateGraph<S>,
  region: Region,
  question: Question,
  conditions: Conditions<S>,
): Work<boolean> {
  if ((yield* restIn(region, question, conditions)) !== undefined) return true;
  const { fair } = yield* fairComponents(graph, region, question, conditions);
  return fair.size > 0;
};

/** Whether a state of a region is one that a recurrence is about. */
const occurs = <S>(graph: StateGraph<S>, { order }: Region, fairness: Fairness<S>): boolean =>
  fairness.strength !== "recurrent" || order.some(graph.ask(fairness.holds));

/**
 * Fairness conditions, in words, that no behaviour meets together, none of which could be left out; empty where some
 * behaviour meets all, undefined where there is no behaviour of those asked about. Weak and strong conditions alone can always be met: whoever goes on among the states that he cannot leave for
 * good, by every step there is, meets them. Of a graph that was cut short it is said only where no state that a recurrence
 * is about was found.
 */
const unmetOf = function* <S>({
  graph,
  problem,
  fairness,
  source,
  whole,
}: Assumed<S>): Work<readonly string[] | undefined> {
  const question: Question = { inside: () => true, ...(source === undefined ? {} : { source }) };
  const region = yield* regionOf(graph, question);
  if (region.order.length === 0) return undefined;
  if (!fairness.some(({ strength }) => strength === "recurrent")) return [];
  if (!whole) return fairness.filter((one) => !occurs(graph, region, one)).map(fairnessText);
  const meets = (some: readonly Fairness<S>[]): Work<boolean> =>
    isMet(graph, region, question, new Conditions(graph, some, problem));
  if (yield* meets(fairness)) return [];
  // What recurs is the odder assumption of the two: steps are left out first.
  const odd = ({ strength }: Fairness<S>): number => (strength === "recurrent" ? 1 : 0);
  let unmet = fairness;
  for (const one of fairness.toSorted((a, b) => odd(a) - odd(b))) {
    const without = unmet.filter((other) => other !== one);
    if (!(yield* meets(without))) unmet = without;
  }
  return unmet.map(fairnessText);
};

/**
 * Looks, for properties that no behaviour breaks, whether there is a behaviour as they assume at all. Of several choices of
 * a property's arguments one for which there is one is enough.
 */
export class Doubts<S> {
  readonly #graph: StateGraph<S>;
  readonly #problem: StepsOfModel<S>;
  readonly #whole: boolean;
  /** The places of the properties for which there is one, and for the others looked at the conditions. */
  readonly #met = new Set<number>();
  readonly #unmet = new Map<number, readonly string[]>();

  constructor(graph: StateGraph<S>, problem: StepsOfModel<S>, whole: boolean) {
    this.#graph = graph;
    this.#problem = problem;
    this.#whole = whole;
  }

  *look({ place, property }: Instance<S, Liveness<S>>, question: Question): Work<void> {
    if (this.#met.has(place)) return;
    const { fairness, kind } = property;
    const unmet = yield* unmetOf({
      graph: this.#graph,
      problem: this.#problem,
      fairness,
      source: kind === "leadsTo" ? question.source : undefined,
      whole: this.#whole,
    });
    if (unmet?.length === 0) this.#met.add(place);
    else if (unmet !== undefined) this.#unmet.set(place, unmet);
  }

  /** The conditions that no behaviour meets together, of the property at a place; none where there is such a behaviour. */
  unmet(place: number): readonly string[] | undefined {
    return this.#met.has(place) ? undefined : this.#unmet.get(place);
  }
}
