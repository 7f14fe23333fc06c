import { codecOf } from "../derive/codec.ts";
import { CheckError, pathText } from "../errors.ts";
import { threadPlaces, type ThreadPlace } from "../model/left-out.ts";
import { stepsOf, type Step } from "../model/model.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Exploration, Path, Problem } from "../problem/exploration.ts";
import { moverOf } from "../problem/plain-step.ts";
import type { PathKey } from "../state-path.ts";

/** A thread that stands still for ever at a value where an action goes on that the model leaves out. */
export interface Stranded {
  /** The leaf that says where it stands: `vcpu[0].pc`. */
  readonly thread: string;
  readonly at: string;
  /** The actions left out that would go on, in the order of the model. */
  readonly actions: readonly string[];
  /** A run to the nearest such state that was looked at. */
  readonly path: Path;
}

/** At most this many states are looked at, evenly spread over all. */
const MOST_STATES = 2 ** 11;
/** To find out whether a thread ever goes on, at most this many states are followed from where it stands. */
const FOLLOWED = 2000;

/** One thread in one state. */
interface Standing<S> {
  readonly thread: ThreadPlace;
  readonly value: string;
  readonly id: number;
  readonly state: S;
}

const valueAt = (state: unknown, path: readonly PathKey[]): unknown =>
  path.reduce((here, key) => (here as Record<PathKey, unknown>)[key], state);

/**
 * The threads that stand still for ever only since the model leaves actions out (`leftOut`): nobody else has to begin
 * anything, but what would go on from there takes no part. None where the model says nothing of what it leaves out.
 *
 * What is named is so: from that state the thread does not move whatever is taken, as far as it was followed, and an action
 * that was left out moves it, or the same actor's next step does after it. What is asked is a sample: the first and the last state for each
 * value of the thread's leaf and of those beside it that say what it does there, out of at most 2,048.
 */
export const strandedIn = <S>(problem: Problem<S>, found: Exploration<S>): readonly Stranded[] => {
  if (problem.model.leftOut === undefined) return [];
  const known = looked.get(found.state);
  if (known !== undefined) return known;
  const stranded = new StrandedThreads(problem, found).all();
  looked.set(found.state, stranded);
  return stranded;
};

/** One search answers several questions: it is looked at once. */
const looked = new WeakMap<object, readonly Stranded[]>();

class StrandedThreads<S> {
  readonly #problem: Problem<S>;
  readonly #found: Exploration<S>;
  readonly #leftOut: readonly Step<S>[];
  readonly #take: (step: Step<S>, before: S) => S | undefined;
  readonly #encode: (state: S) => Int32Array;
  /** For each thread and value the step that has moved it from there, the first to be tried again. */
  readonly #moved = new Map<string, Step<S>>();

  constructor(problem: Problem<S>, found: Exploration<S>) {
    const { model, scope } = problem;
    this.#problem = problem;
    this.#found = found;
    this.#leftOut = stepsOf({ ...model, actions: model.leftOut?.actions ?? [] }, scope);
    this.#take = moverOf(problem);
    this.#encode = codecOf(model.state, scope).encode;
  }

  all(): readonly Stranded[] {
    const still = this.#standings().filter((one) => !this.#moves(one, one.state));
    const named = new Map<string, Stranded & { readonly id: number }>();
    for (const one of still) {
      const would = this.#wouldMove(one);
      if (would.length === 0 || this.#movesLater(one)) continue;
      const known = named.get(keyOf(one));
      const actions = new Set([...(known?.actions ?? []), ...would]);
      const nearest = known !== undefined && known.id < one.id ? known : one;
      named.set(keyOf(one), {
        thread: pathText(one.thread.path),
        at: one.value,
        actions: [...new Set(this.#leftOut.map(({ action }) => action.name))].filter((name) =>
          actions.has(name),
        ),
        path: this.#found.path(nearest.id),
        id: nearest.id,
      });
    }
    return [...named.values()]
      .toSorted((a, b) => a.id - b.id)
      .map(({ thread, at, actions, path }) => ({ thread, at, actions, path }));
  }

  /** The states to ask, for each thread and what it does. */
  #standings(): readonly Standing<S>[] {
    const { model, scope } = this.#problem;
    const threads = threadPlaces(model.leftOut?.threads ?? [], model.state, scope);
    const { states, codes } = this.#found;
    const alike = threads.map(() => new Map<number, number[]>());
    for (let i = 0; i < Math.min(states, MOST_STATES); i++) {
      const id = Math.floor((i * states) / Math.min(states, MOST_STATES));
      const here = codes(id);
      threads.forEach(({ at, rest, by }, place) => {
        if (rest.has(here[at])) return;
        const key = by.reduce((sum, leaf) => sum * leaf.size + here[leaf.at], here[at]);
        const ids = alike[place].get(key);
        if (ids === undefined) alike[place].set(key, [id]);
        else ids.push(id);
      });
    }
    const known = new Map<number, S>();
    const stateOf = (id: number): S => {
      const state = known.get(id) ?? this.#found.state(id);
      known.set(id, state);
      return state;
    };
    return threads.flatMap((thread, place) =>
      [...alike[place].values()].flatMap(ends).map((id) => {
        const state = stateOf(id);
        return { thread, value: String(valueAt(state, thread.path)), id, state };
      }),
    );
  }

  /** Whether a step that takes part moves the thread in a state. */
  #moves(one: Pick<Standing<S>, "thread" | "value">, state: S): boolean {
    if (!satisfies(this.#problem, state)) return true;
    const usual = this.#moved.get(keyOf(one));
    if (usual !== undefined && this.#isMovedBy(one, usual, state)) return true;
    const mover = this.#problem.steps.find((step) => this.#isMovedBy(one, step, state));
    if (mover === undefined) return false;
    this.#moved.set(keyOf(one), mover);
    return true;
  }

  #isMovedBy({ thread, value }: Pick<Standing<S>, "thread" | "value">, step: Step<S>, state: S): boolean {
    const after = this.#take(step, state);
    return after !== undefined && String(valueAt(after, thread.path)) !== value;
  }

  /** The actions left out that move the thread, or after which a step of the same actor does. */
  #wouldMove(one: Standing<S>): readonly string[] {
    return this.#leftOut.flatMap((step) => {
      const after = this.#tried(step, one.state);
      if (after === undefined) return [];
      const moved =
        String(valueAt(after, one.thread.path)) !== one.value ||
        this.#problem.steps.some((next) => next.actor === step.actor && this.#isMovedBy(one, next, after));
      return moved ? [step.action.name] : [];
    });
  }

  /** Takes a step that was left out: what it would do beyond the domains of the state is no way to go on. */
  #tried(step: Step<S>, state: S): S | undefined {
    try {
      return this.#take(step, state);
    } catch (error) {
      if (error instanceof CheckError) return undefined;
      throw error;
    }
  }

  /** Whether the thread moves in some state that steps lead to which take part. */
  #movesLater(one: Standing<S>): boolean {
    const met = new Set<string>([this.#keyOf(one.state)]);
    const states = [one.state];
    for (let next = 0; next < states.length; next++) {
      const here = states[next];
      if (this.#moves(one, here)) return true;
      for (const step of this.#problem.steps) {
        const after = this.#take(step, here);
        if (after === undefined || met.size >= FOLLOWED) continue;
        const key = this.#keyOf(after);
        if (met.has(key)) continue;
        met.add(key);
        states.push(after);
      }
    }
    return met.size >= FOLLOWED && this.#moved.has(keyOf(one));
  }

  #keyOf(state: S): string {
    return Buffer.from(this.#encode(state).buffer).toString("latin1");
  }
}

const keyOf = ({ thread, value }: Pick<Standing<never>, "thread" | "value">): string =>
  `${thread.at} ${value}`;

const ends = <T>(all: readonly T[]): readonly T[] => (all.length === 1 ? all : [all[0], all[all.length - 1]]);

/** The most threads and actions that are named in one sentence; JSON has them all. */
const NAMED = 2;

const some = (all: readonly string[], and: string): string =>
  all.length <= NAMED
    ? all.join(` ${and} `)
    : `${all.slice(0, NAMED).join(", ")} and ${all.length - NAMED} more`;

/** Where threads stand and what would go on, in words; null where none stands still. */
export const strandedText = (stranded: readonly Stranded[]): string | null =>
  stranded.length === 0
    ? null
    : some(
        stranded.map(
          ({ thread, at, actions }) =>
            `${thread} stands at ${at} for ever: ${some(actions, "or")} would go on`,
        ),
        "and",
      );
