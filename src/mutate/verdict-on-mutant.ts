import { CheckError } from "../errors.ts";
import type { Property } from "../model/property.ts";
import {
  problemOf,
  type Exploration,
  type Explore,
  type Problem,
  type Pulse,
} from "../problem/exploration.ts";
import type { Mutant } from "./mutant.ts";
import { looksTheSame, type Seen } from "./seen.ts";

/** What a world says of a mutant. */
export type MutantVerdict =
  /** A property is violated that was not, after so many steps; or there is an error, which has no steps. */
  | { readonly kind: "killed"; readonly by: string; readonly steps: number | null }
  /** No more is violated, but a property says something else: in a word, as `vacuous`. */
  | { readonly kind: "changed"; readonly by: string; readonly says: string }
  /** Its states and steps are those of the model, up to what properties see. */
  | { readonly kind: "equivalent" }
  | { readonly kind: "survived" }
  /** The search was ended by a limit. */
  | { readonly kind: "open" };

/** A world and what its own search found. */
export interface Original {
  readonly problem: Problem<unknown>;
  readonly found: Exploration<unknown>;
  /** What its properties see. */
  readonly seen: () => Seen;
}

/** How mutants are searched. */
export interface Searching {
  readonly explore: Explore;
  readonly pulse: Pulse;
  /** A search that finds more states is left open. */
  readonly most: number;
}

/** Whether two searches found the same states and steps, and no step leads elsewhere. */
const sameGraph = (one: Exploration<unknown>, other: Exploration<unknown>): boolean => {
  const [these, those] = [one, other].map(({ states, fired, newStates }) =>
    [states, fired, newStates].join(),
  );
  if (these !== those) return false;
  for (let id = 0; id < one.states; id++) {
    const [here, there] = [one.codes(id), other.codes(id)];
    for (let leaf = 0; leaf < here.length; leaf++) if (here[leaf] !== there[leaf]) return false;
  }
  const moves = ({ told }: Exploration<unknown>, id: number): string =>
    JSON.stringify(told?.(id)?.moves.map(({ step, after }) => [step, after]));
  for (let id = 0; id < one.states; id++) if (moves(one, id) !== moves(other, id)) return false;
  return true;
};

/** Whether a search saw all that the model can reach. */
const isWhole = ({ stop }: Exploration<unknown>): boolean => stop === "exhausted" || stop === "constraint";

/** What a property says, in a word that another verdict has not. */
const saying = (
  property: Property<unknown>,
  { antecedent, path }: Exploration<unknown>["findings"][number],
): string => {
  if (path !== undefined) return property.kind === "sometimes" ? "witnessed" : "violated";
  if (property.kind === "sometimes") return "not witnessed";
  return antecedent > 0 ? "holds" : "vacuous";
};

/** Searches a world in which one action is mutated, and compares what its properties say. */
export const verdictOn = async (
  { problem, found, seen }: Original,
  { mutated }: Mutant,
  { explore, pulse, most }: Searching,
): Promise<MutantVerdict> => {
  const { model, scope, start, properties } = problem;
  const actions = model.actions.map((action) => mutated(action));
  const posed = (asked: readonly Property<unknown>[]): Problem<unknown> =>
    problemOf({ ...model, actions }, scope, asked, start);
  const before = properties.map((property, place) => saying(property, found.findings[place]));
  const unbroken = properties.filter(
    ({ kind }, place) => before[place] !== "violated" && kind !== "sometimes",
  );
  try {
    // What is broken ends the search, however large the mutant is; what was broken before must not.
    const first = await explore(posed(unbroken), { states: most, failFast: true }, pulse);
    for (const [place, { path }] of first.findings.entries())
      if (path !== undefined) return { kind: "killed", by: unbroken[place].id, steps: path.steps.length };
    if (!isWhole(first)) return { kind: "open" };
    if (sameGraph(first, found)) return { kind: "equivalent" };
    const whole = await explore(posed(properties), { states: most }, pulse);
    if (!isWhole(whole)) return { kind: "open" };
    const other = properties.findIndex(
      (property, place) => saying(property, whole.findings[place]) !== before[place],
    );
    if (other < 0) return looksTheSame(whole, seen()) ? { kind: "equivalent" } : { kind: "survived" };
    const says = saying(properties[other], whole.findings[other]);
    return { kind: "changed", by: properties[other].id, says };
  } catch (error) {
    // Nobody can overlook a model that writes what no field can hold.
    if (error instanceof CheckError && error.code !== "internal")
      return { kind: "killed", by: `an error (${error.code})`, steps: null };
    throw error;
  }
};
