import { CheckError, during, returnedError } from "../errors.ts";
import { evaluated } from "../derive/evaluated.ts";
import { plainCopies } from "../derive/plain-copy.ts";
import type { Args } from "../model/action.ts";
import { choices } from "../model/action.ts";
import { checkPosed } from "../model/check-model.ts";
import type { Constraint } from "../model/constraint.ts";
import { stepsOf, type Model, type Step } from "../model/model.ts";
import { isLiveness, type Property, type Safety } from "../model/property.ts";
import type { Scope } from "../schema/domain.ts";
import type { Dependence } from "./dependence.ts";
import type { Symmetry } from "./symmetry.ts";

/** One question for an explorer: a model in a scope, where it starts, and what to check on the way. */
export interface Problem<S> {
  readonly model: Model<S>;
  readonly scope: Scope;
  /** The states the search starts from, at depth 0. */
  readonly start: readonly S[];
  readonly steps: readonly Step<S>[];
  readonly properties: readonly Property<S>[];
  /** States that do not satisfy all of these are kept and judged, and not expanded; none where it is absent. */
  readonly constraints?: readonly Constraint<S>[];
  /** Where it is given, only a stubborn set of the enabled steps is taken in each state: partial-order reduction. */
  readonly dependence?: Dependence;
  /** Why no steps are left out, though that was asked for. */
  readonly notReduced?: string;
  /** States that differ only in the names of these members count as one; none where it is absent. */
  readonly symmetry?: Symmetry;
}

/** Bounds that are part of the question: the same bounds give the same answer on every machine. */
export interface Bounds {
  /** Atomic steps: states further than this from the start are not looked at. */
  readonly depth?: number;
  /** Distinct states kept, at most. */
  readonly states?: number;
  /** Stop at the first violation instead of answering for every property. */
  readonly failFast?: boolean;
}

/**
 * Why a search ended. Only `exhausted` means that every reachable state was seen; `constraint`, that all were that can be
 * reached by way of states that satisfy the constraints. No engine says `left-out`: it is what an exhausted search is worth
 * where a thread stands still for ever for want of an action that the model leaves out.
 */
export type Stop =
  | "exhausted"
  | "constraint"
  | "left-out"
  | "depth"
  | "switches"
  | "states"
  | "memory"
  | "time"
  | "violation"
  | "interrupted";

/** How far a search has come. */
export interface Progress {
  readonly depth: number;
  readonly states: number;
  readonly transitions: number;
  /** States found but not yet expanded. */
  readonly frontier: number;
  /** Whether no level before had more states than the current one. */
  readonly widest?: boolean;
  /** Bytes that the search is about to allocate at once, 0 if none. */
  readonly wantsBytes: number;
  /** Whether all states were found and liveness is being looked at. */
  readonly liveness?: boolean;
}

/**
 * Called every few thousand transitions and before every large allocation. An answer stops the search; but where one wants
 * bytes, `memory` refuses them, and it may ask for less and go on.
 */
export type Pulse = (progress: Progress) => Promise<Stop | undefined> | Stop | undefined;

/** A run of the model: a start state and the ids of the steps taken from it. */
export interface Path {
  readonly start: number;
  readonly steps: readonly number[];
  /**
   * In a run that goes on for ever, after how many steps it reaches the state to which it returns at its end: the steps
   * from there on are taken again and again. Where there are none, it stops there for ever.
   */
  readonly loopAt?: number;
}

/** What a search found out about one property. */
export interface Finding {
  /** States (for a step property: transitions) in which the antecedent was true; for `sometimes`, in which it held. */
  readonly antecedent: number;
  /**
   * A run to a violation, for `sometimes` to a witness, the shortest unless steps were left out; for a liveness property a run
   * that goes on for ever.
   */
  readonly path?: Path;
  /** Whether no run as short has fewer switches between actors; nothing where that was not looked at. */
  readonly calm?: boolean;
  /**
   * Of a liveness property, fairness conditions that it assumes and that no behaviour meets together, of those in which its
   * antecedent occurs: nothing was shown of it.
   */
  readonly unmet?: readonly string[];
  /** Why the search that decides it ended, where that is not why the exploration ended. */
  readonly stop?: Stop;
}

/** What a search took one state to say, and to lead to. */
export interface Told<S> {
  /** For each property the bits of its answer about the state, 0 for a step property. */
  readonly said: readonly number[];
  /** The steps taken from it, in the order of their ids: the state after each, and for each property its answer about the step. */
  readonly moves: readonly { readonly step: number; readonly after: S; readonly bits: readonly number[] }[];
}

/** What was looked at a second time after a search, all of it with the same result. */
export interface Doubted {
  readonly states: number;
  readonly transitions: number;
  /** Pairs of steps, each in some state, of which it was verified that they commute where they are said to; null where the states were too many. */
  readonly pairs: number | null;
}

/** How many states and transitions those of a search up to symmetry stand for. */
export interface FullCounts {
  readonly states: number;
  readonly transitions: number;
}

/** Everything that a search found, states numbered in the order found and so by depth. */
export interface Exploration<S> {
  readonly stop: Stop;
  readonly states: number;
  /** Where a search tells states apart by more than the model does: how many it found. */
  readonly nodes?: number;
  readonly transitions: number;
  /**
   * With symmetry: what the states found and the transitions taken stand for. A complete search without symmetry finds as
   * many, and so does one to the same depth where the start is symmetric.
   */
  readonly full?: FullCounts;
  /** States first reached at distance 0, 1, 2, ... from the start. */
  readonly levels: readonly number[];
  /** Where the problem has constraints: states found that do not satisfy all of them. */
  readonly constrained?: number;
  /** States (or nodes) found whose steps were not taken, except those beyond a constraint: none where the search is exhausted. */
  readonly frontier: number;
  /** Expanded states in which no step is enabled; null where they were not counted. */
  readonly deadlocks: number | null;
  /** One for each property of the problem, in its order. */
  readonly findings: readonly Finding[];
  /** For each step id: how often it was taken, and how many states were first reached by it. */
  readonly fired: readonly number[];
  readonly newStates: readonly number[];
  /** The state numbered `id`, from 0. */
  readonly state: (id: number) => S;
  /**
   * The state numbered `id` as numbers, field by field in the order of the schema: two states agree in a field exactly
   * where they agree in its numbers. Good until the next call.
   */
  readonly row: (id: number) => ArrayLike<number>;
  /** The codes of the leaves of the state numbered `id`, in the order of the schema. Good until the next call. */
  readonly codes: (id: number) => ArrayLike<number>;
  /** A shortest run to the state numbered `id`, of those that were explored. */
  readonly path: (id: number) => Path;
  /** What the state numbered `id` was taken to say and to lead to; nothing where its steps were not taken, or it is not kept. */
  readonly told?: (id: number) => Told<S> | undefined;
  /** Bytes held by the engine's own tables at their largest, 0 where the engine does not count them. */
  readonly tableBytes: number;
  /** Where nothing of the search was taken on trust: what was looked at again. */
  readonly doubted?: Doubted;
  /** Where a step does not end, which ended the search: a shortest run to where it is taken. */
  readonly endless?: Path;
  /** The changes of a varied model that made no difference, in words, where that was watched. */
  readonly idleChanges?: readonly string[];
}

/** Finds every state that `problem` can reach within `bounds`, breadth first. */
export type Explore = <S>(problem: Problem<S>, bounds?: Bounds, pulse?: Pulse) => Promise<Exploration<S>>;

/** The initial states of a model. @throws CheckError where it throws, or does not end. */
export const initialStates = <S>({ name, init }: Model<S>, scope: Scope): readonly S[] => {
  try {
    return evaluated(() => init(scope));
  } catch (error) {
    throw during(`the start of the model "${name}"`, error);
  }
};

/** The start states as a list and plain values of our own. */
const listOf = <S>({ name, state }: Model<S>, start: unknown): readonly S[] => {
  if (Array.isArray(start)) return Array.from(start as readonly S[], plainCopies(state));
  throw returnedError(`the start of the model "${name}"`, start, "a list of states");
};

/**
 * Poses the question whether `properties` hold of `model` in `scope`.
 * @throws CheckError when a name, a size of the scope or a range of arguments is not as it must be.
 */
export const problemOf = <S>(
  model: Model<S>,
  scope: Scope,
  properties: readonly Property<S>[] = [],
  start?: readonly S[],
): Problem<S> => {
  checkPosed({ model, scope, properties });
  const { constraints = [] } = model;
  const given: unknown = start ?? initialStates(model, scope);
  return {
    model,
    // What the caller does with its own objects afterwards changes no question that was posed.
    scope: Object.freeze({ ...scope }),
    start: listOf(model, given),
    steps: stepsOf(model, scope),
    properties,
    ...(constraints.length === 0 ? {} : { constraints }),
  };
};

/** A property with its arguments fixed. */
export interface Instance<S, P extends Property<S> = Property<S>> {
  /** The property's place in the problem. */
  readonly place: number;
  readonly property: P;
  readonly args: Args;
}

/** Every property for every choice of its arguments. */
export const instancesOf = <S>({ properties, scope }: Problem<S>): readonly Instance<S>[] =>
  properties.flatMap((property, place) =>
    choices(property.args, scope).map((args) => ({ place, property, args })),
  );

/**
 * Refuses what is asked of a search that sees no whole behaviours; gives the properties, now known to be of another kind.
 * @throws CheckError `usage` when one of them is a liveness property; `how` says what cannot check it.
 */
export const refuseLiveness = <S>(properties: readonly Property<S>[], how: string): readonly Safety<S>[] =>
  properties.map((property) => {
    if (!isLiveness(property)) return property;
    throw new CheckError(
      "usage",
      `${property.id} is a liveness property (${property.kind}), which ${how} cannot check: leave out one of the two`,
    );
  });
