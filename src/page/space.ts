import type { Growth, PageAction, PageReport, PageSpace, PageStep } from "../report/page/page-report.ts";

/** A leaf that two states have different values of. */
export interface LeafChange {
  readonly leaf: string;
  readonly from: string;
  readonly to: string;
  readonly bookkeeping: boolean;
}

/** A step that is enabled in a state, and where it leads. */
export interface Choice {
  readonly id: number;
  readonly step: PageStep;
  readonly to: number;
  /** What it decides, in words: `breaks no-lost-wakeup`; nothing where it decides nothing. */
  readonly decides: readonly string[];
}

/** States of a world, read from what a report has of them; more may be added. */
export class Space {
  /** The paths of the leaves of a state, in the order of the schema. */
  readonly leaves: readonly string[];
  /** The steps of the model, by their ids. */
  readonly steps: readonly PageStep[];
  /** Which states these are, in words. */
  readonly said: string;
  readonly #first: readonly number[];
  readonly #actions: readonly PageAction[];
  readonly #own: ReadonlySet<number>;
  readonly #words: string[];
  readonly #states: (readonly [number, readonly number[]])[];
  readonly #edges: (readonly number[] | null)[];
  readonly #decided: PageSpace["decided"];
  /** The properties that a step decides, by the state that it is taken in and its id. */
  readonly #decides = new Map<string, readonly number[]>();
  readonly #values = new Map<number, readonly number[]>();

  /** Of a world, the states that `data` has. */
  constructor(data: PageSpace, { leaves, steps, actions }: Pick<PageReport, "leaves" | "steps" | "actions">) {
    this.leaves = leaves[data.leaves];
    this.steps = steps[data.steps];
    this.said = data.said;
    this.#actions = actions;
    this.#first = data.first;
    this.#own = new Set(data.bookkeeping);
    this.#words = [...data.words];
    this.#states = [...data.states];
    this.#edges = [...data.edges];
    this.#decided = data.decided;
    this.#noteDecides(data.decides);
  }

  #noteDecides(decides: PageSpace["decides"]): void {
    for (const [state, step, ...properties] of decides) this.#decides.set(`${state} ${step}`, properties);
  }

  /** What a step out of a state decides, in words: `breaks no-lost-wakeup`. */
  decidedBy(place: number, id: number): readonly string[] {
    return (this.#decides.get(`${place} ${id}`) ?? []).map((property) => {
      const [name, word] = this.#decided[property];
      return `${word} ${name}`;
    });
  }

  /** The action of a step, by its id. */
  actionOf(id: number): PageAction {
    return this.#actions[this.steps[id].action];
  }

  /** Whether a leaf is only the model's own, by its place. */
  isBookkeeping(leaf: number): boolean {
    return this.#own.has(leaf);
  }

  /** How many states there are. */
  get size(): number {
    return this.#edges.length;
  }

  /** How much there is, which is what more is added to. */
  get known(): { readonly words: number; readonly states: number; readonly decides: number } {
    return { words: this.#words.length, states: this.size, decides: this.#decides.size };
  }

  /** Adds states, and what they lead to. */
  add({ words, states, edges, decides }: Growth): void {
    for (const word of words) this.#words.push(word);
    for (const state of states) {
      this.#states.push(state);
      this.#edges.push(null);
    }
    for (const [place, out] of edges) this.#edges[place] = out;
    this.#noteDecides(decides);
  }

  /** The value of each leaf in a state, by its place among the words. */
  #valuesOf(place: number): readonly number[] {
    const way: number[] = [];
    let at = place;
    while (at !== 0 && !this.#values.has(at)) {
      way.push(at);
      at = this.#states[at - 1][0];
    }
    let values = at === 0 ? this.#first : this.#values.get(at)!;
    while (way.length > 0) {
      const next = way.pop()!;
      const made = [...values];
      const [, difference] = this.#states[next - 1];
      for (let i = 0; i < difference.length; i += 2) made[difference[i]] = difference[i + 1];
      values = made;
      // Of a long way the states in between are found again as fast.
      if (way.length % 16 === 0) this.#values.set(next, values);
    }
    return values;
  }

  /** Each leaf of a state with its value. */
  leavesOf(place: number): readonly (readonly [leaf: string, value: string])[] {
    const values = this.#valuesOf(place);
    return this.leaves.map((leaf, i) => [leaf, this.#words[values[i]]]);
  }

  /** The value of one leaf, by its place, in a state. */
  valueOf(place: number, leaf: number): string {
    return this.#words[this.#valuesOf(place)[leaf]];
  }

  /** In what two states differ, in the order of the schema. */
  changes(from: number, to: number): readonly LeafChange[] {
    const [before, after] = [this.#valuesOf(from), this.#valuesOf(to)];
    return this.leaves.flatMap((leaf, i) =>
      before[i] === after[i]
        ? []
        : [
            {
              leaf,
              from: this.#words[before[i]],
              to: this.#words[after[i]],
              bookkeeping: this.#own.has(i),
            },
          ],
    );
  }

  /** The steps that are enabled in a state, those of one actor together; undefined where nobody looked. */
  choices(place: number): readonly Choice[] | undefined {
    const edges = this.#edges[place];
    if (edges === null || edges === undefined) return undefined;
    const found: Choice[] = [];
    for (let i = 0; i < edges.length; i += 2)
      found.push({
        id: edges[i],
        step: this.steps[edges[i]],
        to: edges[i + 1],
        decides: this.decidedBy(place, edges[i]),
      });
    const actors = [...new Set(this.steps.map(({ actor }) => actor))];
    return found.toSorted((a, b) => actors.indexOf(a.step.actor) - actors.indexOf(b.step.actor));
  }

  /** Pairs of a step and the state that it leads to; nothing where nobody looked. */
  edges(place: number): readonly number[] {
    return this.#edges[place] ?? [];
  }

  /** Whether the steps out of a state are known. */
  isLookedAt(place: number): boolean {
    return (this.#edges[place] ?? null) !== null;
  }
}
