import { codecOf, type Codec } from "../derive/codec.ts";
import { leavesOf, type Leaf } from "../derive/component.ts";
import { evaluatedTogether } from "../derive/evaluated.ts";
import { CheckError, pathText } from "../errors.ts";
import { threadPlaces, type ThreadPlace } from "../model/left-out.ts";
import { stepsOf, type Step } from "../model/model.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Exploration, Path, Problem } from "../problem/exploration.ts";
import { KeptSteps } from "./kept-steps.ts";

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

/** One thread in one state, which is known by the codes of its leaves. */
interface Standing {
  readonly thread: ThreadPlace;
  readonly id: number;
  readonly row: Int32Array;
}

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

/** Says of a search what another thread found in its states. */
export const asFoundStranded = <S>(
  found: Pick<Exploration<S>, "state">,
  stranded: readonly Stranded[],
): void => void looked.set(found.state, stranded);

class StrandedThreads<S> {
  readonly #problem: Problem<S>;
  readonly #found: Exploration<S>;
  readonly #leftOut: readonly Step<S>[];
  readonly #codec: Codec<S>;
  readonly #steps: KeptSteps<S>;
  readonly #leaves: readonly Leaf[];
  /** For each thread and value the step that has moved it from there, the first to be tried again. */
  readonly #moved = new Map<string, Step<S>>();

  constructor(problem: Problem<S>, found: Exploration<S>) {
    const { model, scope } = problem;
    this.#problem = problem;
    this.#found = found;
    this.#leftOut = stepsOf({ ...model, actions: model.leftOut?.actions ?? [] }, scope);
    this.#codec = codecOf(model.state, scope);
    this.#steps = new KeptSteps(problem);
    this.#leaves = leavesOf(model.state.node, scope);
  }

  all(): readonly Stranded[] {
    const standings = this.#standings();
    const still = this.#together(() => standings.filter((one) => !this.#moves(one, one.row)));
    const stuck = this.#together(() =>
      still.flatMap((one) => {
        const would = this.#wouldMove(one);
        return would.length === 0 || this.#movesLater(one) ? [] : [{ one, would }];
      }),
    );
    const named = new Map<string, Stranded & { readonly id: number }>();
    for (const { one, would } of stuck) {
      const known = named.get(keyOf(one));
      const actions = new Set([...(known?.actions ?? []), ...would]);
      const nearest = known !== undefined && known.id < one.id ? known : one;
      const { path, at } = one.thread;
      named.set(keyOf(one), {
        thread: pathText(path),
        at: String(this.#leaves[at].decode(one.row[at])),
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

  /** Does what takes many steps; what was broken off is forgotten before it is done once more. */
  #together<T>(work: () => T): T {
    let again = false;
    return evaluatedTogether(() => {
      if (again) this.#steps.forget([...this.#problem.steps, ...this.#leftOut]);
      again = true;
      return work();
    });
  }

  /** The states to ask, for each thread and what it does. */
  #standings(): readonly Standing[] {
    const { model, scope } = this.#problem;
    const threads = threadPlaces(model.leftOut?.threads ?? [], model.state, scope);
    const { states, codes } = this.#found;
    const alike = threads.map(() => new Map<number, { readonly first: number; last: number }>());
    for (let i = 0; i < Math.min(states, MOST_STATES); i++) {
      const id = Math.floor((i * states) / Math.min(states, MOST_STATES));
      const here = codes(id);
      for (let place = 0; place < threads.length; place++) {
        const { at, rest, by } = threads[place];
        if (rest.has(here[at])) continue;
        let key = here[at];
        for (const leaf of by) key = key * leaf.size + here[leaf.at];
        const ends = alike[place].get(key);
        if (ends === undefined) alike[place].set(key, { first: id, last: id });
        else ends.last = id;
      }
    }
    return threads.flatMap((thread, place) =>
      [...alike[place].values()]
        .flatMap(({ first, last }) => (first === last ? [first] : [first, last]))
        .map((id) => ({ thread, id, row: Int32Array.from(codes(id)) })),
    );
  }

  /** Whether a step that takes part moves the thread in a state. */
  #moves(one: Standing, row: Int32Array): boolean {
    if (this.#problem.constraints !== undefined && !satisfies(this.#problem, this.#codec.decode(row)))
      return true;
    const usual = this.#moved.get(keyOf(one));
    if (usual !== undefined && this.#isMovedBy(one, usual, row)) return true;
    const mover = this.#problem.steps.find((step) => this.#isMovedBy(one, step, row));
    if (mover === undefined) return false;
    this.#moved.set(keyOf(one), mover);
    return true;
  }

  #isMovedBy({ thread: { at }, row: { [at]: from } }: Standing, step: Step<S>, row: Int32Array): boolean {
    const { enabled, writes } = this.#steps.run(step, row);
    return enabled && (writes.get(at) ?? row[at]) !== from;
  }

  /** The actions left out that move the thread, or after which a step of the same actor does. */
  #wouldMove(one: Standing): readonly string[] {
    const { at } = one.thread;
    return this.#leftOut.flatMap((step) => {
      const after = this.#tried(step, one.row);
      if (after === undefined) return [];
      const moved =
        after[at] !== one.row[at] ||
        this.#problem.steps.some((next) => next.actor === step.actor && this.#isMovedBy(one, next, after));
      return moved ? [step.action.name] : [];
    });
  }

  /** Takes a step that was left out: what it would do beyond the domains of the state is no way to go on. */
  #tried(step: Step<S>, row: Int32Array): Int32Array | undefined {
    try {
      return this.#steps.after(step, row);
    } catch (error) {
      if (error instanceof CheckError) return undefined;
      throw error;
    }
  }

  /** Whether the thread moves in some state that steps lead to which take part. */
  #movesLater(one: Standing): boolean {
    const met = new Set<string>([textOf(one.row)]);
    const rows = [one.row];
    for (let next = 0; next < rows.length; next++) {
      const here = rows[next];
      if (this.#moves(one, here)) return true;
      for (const step of this.#problem.steps) {
        const after = this.#steps.after(step, here);
        if (after === undefined || met.size >= FOLLOWED) continue;
        const key = textOf(after);
        if (met.has(key)) continue;
        met.add(key);
        rows.push(after);
      }
    }
    return met.size >= FOLLOWED && this.#moved.has(keyOf(one));
  }
}

const textOf = (row: Int32Array): string => Buffer.from(row.buffer).toString("latin1");

const keyOf = ({ thread: { at }, row }: Standing): string => `${at} ${row[at]}`;

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
