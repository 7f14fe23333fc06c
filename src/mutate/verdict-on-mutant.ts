import { createHash, type Hash } from "node:crypto";
import { CheckError } from "../errors.ts";
import type { Property } from "../model/property.ts";
import {
  problemOf,
  type Exploration,
  type Explore,
  type Problem,
  type Pulse,
} from "../problem/exploration.ts";
import type { Mutant } from "./mutants.ts";

/** What a world says of a mutant. */
export type MutantVerdict =
  /** A property says something else of it: with the steps to where it is violated, if that is what it says. */
  | { readonly kind: "killed"; readonly by: string; readonly steps: number | null }
  /** Its states and steps are those of the model. */
  | { readonly kind: "equivalent" }
  | { readonly kind: "survived" }
  /** The search was ended by a limit. */
  | { readonly kind: "open" };

/** A world and what its own search found. */
export interface Original {
  readonly problem: Problem<unknown>;
  readonly found: Exploration<unknown>;
}

/** How mutants are searched. */
export interface Searching {
  readonly explore: Explore;
  readonly pulse: Pulse;
  /** A search that finds more states is left open. */
  readonly most: number;
}

/** A text that is the same for searches of the same states and steps. */
const graphOf = ({ states, codes, fired, newStates }: Exploration<unknown>): string => {
  const hash: Hash = createHash("sha256");
  for (let id = 0; id < states; id++) hash.update(Int32Array.from(codes(id)));
  return `${hash.digest("hex")} ${fired.join()} ${newStates.join()}`;
};

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
  { problem, found }: Original,
  { action: name, mutated }: Mutant,
  { explore, pulse, most }: Searching,
): Promise<MutantVerdict> => {
  const { model, scope, start, properties } = problem;
  const actions = model.actions.map((action) => (action.name === name ? mutated(action) : action));
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
    if (first.stop !== "exhausted" && first.stop !== "constraint") return { kind: "open" };
    if (graphOf(first) === graphOf(found)) return { kind: "equivalent" };
    const whole = await explore(posed(properties), { states: most }, pulse);
    const other = properties.findIndex(
      (property, place) => saying(property, whole.findings[place]) !== before[place],
    );
    if (other < 0) return { kind: "survived" };
    const said = saying(properties[other], whole.findings[other]);
    return { kind: "killed", by: `${properties[other].id} (${said})`, steps: null };
  } catch (error) {
    // Nobody can overlook a model that writes what no field can hold.
    if (error instanceof CheckError && error.code !== "internal")
      return { kind: "killed", by: `an error (${error.code})`, steps: null };
    throw error;
  }
};
