import { choices, type Args } from "../model/action.ts";
import { leavesOf } from "../derive/component.ts";
import { Views } from "../derive/view.ts";
import type { Domain, Scope } from "../schema/domain.ts";
import type { Names } from "./names.ts";

/** Looks at more situations than these are not taken: what has given one answer so far is believed to have two. */
const MOST_LOOKS = 10_000;

/** Which values were chosen so far in this look, each from how many; and in which order. */
class Chooser {
  readonly #trail: { readonly of: number; at: number }[] = [];
  #next = 0;
  #chosen = new Map<string, number>();

  /** The value of `key` in this look, as a number below `of`. */
  choose(key: string, of: number): number {
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const choice = (this.#trail[this.#next++] ??= { of, at: 0 });
    this.#chosen.set(key, choice.at);
    return choice.at;
  }

  /** Begins another look, in which the last thing chosen that has another value takes it; false when there is none. */
  again(): boolean {
    this.#trail.length = this.#next;
    while (this.#trail.length > 0) {
      const last = this.#trail[this.#trail.length - 1];
      if (++last.at < last.of) break;
      this.#trail.pop();
    }
    this.#next = 0;
    this.#chosen = new Map();
    return this.#trail.length > 0;
  }
}

/** A state whose leaves are chosen as they are read. */
const chosenState = (domain: Domain<unknown>, scope: Scope, key: string, chooser: Chooser): unknown => {
  const leaves = leavesOf(domain.node, scope);
  const get = (leaf: number): boolean | number | string => {
    const { decode, size } = leaves[leaf];
    return decode(chooser.choose(`${key}${leaf}`, size));
  };
  return new Views(domain, scope, { get, set: () => undefined }).view;
};

/** What a condition is asked in: any states of the schema, reachable or not. */
export interface Looked {
  readonly state: unknown;
  readonly after: unknown;
  readonly action: string;
  readonly args: Args;
}

/**
 * The one answer that a condition gives in every state of the schema, with every step and all arguments; undefined where it
 * gives two, where a predicate cannot be asked of a state that does not occur, or where there are too many to look at.
 */
export const sameAnswer = (holds: (looked: Looked) => boolean, names: Names): boolean | undefined => {
  const { state, scope, step, args } = names;
  const chooser = new Chooser();
  const everyArgs = choices(args ?? {}, scope);
  const actions = step?.actions ?? [];
  const looked: Looked = {
    state: chosenState(state, scope, "s", chooser),
    after: chosenState(state, scope, "a", chooser),
    get action() {
      return actions[chooser.choose("action", actions.length)];
    },
    get args() {
      return everyArgs[chooser.choose("args", everyArgs.length)];
    },
  };
  let first: boolean | undefined;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    let answer: boolean;
    try {
      answer = holds(looked);
    } catch {
      return undefined;
    }
    if (answer !== (first ??= answer)) return undefined;
    if (!chooser.again()) return first;
  }
  return undefined;
};
