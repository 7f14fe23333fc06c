import { codecOf } from "../../derive/codec.ts";
import { decidedAmong } from "../../check/decided.ts";
import { leavesOf, type Leaf } from "../../derive/component.ts";
import { formatOf } from "../../derive/format.ts";
import type { LeafValue } from "../../derive/leaf.ts";
import { pathText } from "../../errors.ts";
import { satisfies } from "../../problem/constrained.ts";
import type { Problem } from "../../problem/exploration.ts";
import { moverOf } from "../../problem/plain-step.ts";
import type { PathKey } from "../../state-path.ts";
import { isBookkeeping } from "../changes.ts";
import { labelling } from "../run/step-label.ts";
import type { Decides, Growth, PageAction, PageSpace, PageStep } from "./page-report.ts";

const valueAt = (state: unknown, path: readonly PathKey[]): LeafValue =>
  path.reduce<unknown>((here, key) => (here as Record<PathKey, unknown>)[key], state) as LeafValue;

/** Things, each once, by their places. */
class Once<T> {
  readonly all: T[] = [];
  readonly #places = new Map<string, number>();

  /** The place of one; two of the same JSON have the same. */
  place(one: T): number {
    const key = JSON.stringify(one);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    this.all.push(one);
    return this.all.length - 1;
  }
}

/** What worlds of a report have in common. */
export class Shared {
  readonly actions = new Once<PageAction>();
  readonly leaves = new Once<readonly string[]>();
  readonly steps = new Once<readonly PageStep[]>();
}

/** How many words, states, and steps that decide a property there are. */
export interface Known {
  readonly words: number;
  readonly states: number;
  readonly decides: number;
}

/** States of a world as a page shows them, which grow: those that a run passes, then those around them. */
export class Surroundings {
  readonly #problem: Problem<unknown>;
  readonly #leaves: readonly (Leaf & { readonly text: string })[];
  readonly #format: ReturnType<typeof formatOf<unknown>>;
  readonly #keyOf: (state: unknown) => string;
  readonly #move: ReturnType<typeof moverOf<unknown>>;
  readonly #words = new Once<string>();
  readonly #ids = new Map<string, number>();
  readonly #states: unknown[] = [];
  readonly #values: (readonly number[])[] = [];
  readonly #said: (readonly [number, readonly number[]])[] = [];
  readonly #edges: (readonly number[] | null)[] = [];
  readonly #decides: Decides[] = [];

  /** Of the world of a problem, none yet. */
  constructor(problem: Problem<unknown>) {
    const { model, scope } = problem;
    const { encode } = codecOf(model.state, scope);
    this.#problem = problem;
    this.#leaves = leavesOf(model.state.node, scope).map((leaf) => ({ ...leaf, text: pathText(leaf.path) }));
    this.#format = formatOf(model.state, scope);
    this.#keyOf = (state) => encode(state).join();
    this.#move = moverOf(problem);
  }

  /** The place of a leaf, by its path. */
  leaf(path: string): number {
    return this.#leaves.findIndex(({ text }) => text === path);
  }

  /** What the model calls it that a leaf, by its path, is set to a value; empty where it has no word for that. */
  signal(path: string, value: LeafValue): string {
    const leaf = this.#leaves.find(({ text }) => text === path);
    const { signal } = leaf?.node ?? {};
    if (leaf === undefined || signal === undefined) return "";
    const isSet = signal.value === undefined ? leaf.encode(value) !== 0 : value === signal.value;
    return isSet ? signal.kind : "";
  }

  /** How many there are. */
  get size(): number {
    return this.#states.length;
  }

  /** How much there is of each. */
  get known(): Known {
    return {
      words: this.#words.all.length,
      states: this.#states.length,
      decides: this.#decides.length,
    };
  }

  /** The place of a state, which is added where it is new; `before` is the place of one that is much like it. */
  add(state: unknown, before = 0): number {
    const key = this.#keyOf(state);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const place = this.#states.length;
    const values = this.#leaves.map(({ path, text }) =>
      this.#words.place(this.#format.value(text, valueAt(state, path))),
    );
    this.#ids.set(key, place);
    this.#states.push(state);
    this.#values.push(values);
    this.#edges.push(null);
    if (place > 0) {
      const old = this.#values[before];
      this.#said.push([before, values.flatMap((value, leaf) => (value === old[leaf] ? [] : [leaf, value]))]);
    }
    return place;
  }

  /** Takes every step that is enabled in a state, and adds where they lead: pairs of a step and a state. */
  look(place: number): readonly number[] {
    const known = this.#edges[place];
    if (known !== null && known !== undefined) return known;
    if (place >= this.#states.length) return [];
    const state = this.#states[place];
    const steps = satisfies(this.#problem, state) ? this.#problem.steps : [];
    const edges = steps.flatMap((step) => {
      const after = this.#move(step, state);
      if (after === undefined) return [];
      const decided = decidedAmong(this.#problem, { step, before: state, after });
      if (decided.length > 0) this.#decides.push([place, step.id, ...decided]);
      return [step.id, this.add(after, place)];
    });
    this.#edges[place] = edges;
    return edges;
  }

  /** Looks at one state after the other, those nearest to the first ones first, until there are `most`. */
  grow(most: number): void {
    for (let place = 0; place < this.#states.length && this.#states.length < most; place++) this.look(place);
  }

  /** What was found beyond what is known elsewhere, and what the states from `first` on, or those of `looked`, lead to. */
  beyond(known: Known, looked: readonly number[]): Growth {
    return {
      words: this.#words.all.slice(known.words),
      states: this.#said.slice(Math.max(0, known.states - 1)),
      edges: looked.flatMap((place) => {
        const edges = this.#edges[place];
        return edges === null || edges === undefined ? [] : [[place, edges] as const];
      }),
      decides: this.#decides.slice(known.decides),
    };
  }

  /** All of it, as data; `said` says which states these are. */
  data(said: string, shared: Shared): PageSpace {
    const { steps } = this.#problem;
    const label = labelling(steps);
    return {
      leaves: shared.leaves.place(this.#leaves.map(({ text }) => text)),
      bookkeeping: this.#leaves.flatMap(({ text }, i) =>
        isBookkeeping({ path: text, from: 0, to: 0 }) ? [i] : [],
      ),
      words: this.#words.all,
      steps: shared.steps.place(
        steps.map((step) => ({
          label: label(step),
          actor: step.actor,
          action: shared.actions.place({ name: step.action.name, facts: step.action.note?.facts ?? [] }),
        })),
      ),
      first: this.#values[0] ?? [],
      states: this.#said,
      edges: this.#edges,
      decided: this.#problem.properties.map(({ id, kind }) => [
        id,
        kind === "sometimes" ? "witnesses" : "breaks",
      ]),
      decides: this.#decides,
      said,
    };
  }
}
