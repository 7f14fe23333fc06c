import { CheckError, unknownName } from "../../errors.ts";
import { constraintsText } from "../../model/constraint.ts";
import { confirm } from "../../check/confirm.ts";
import type { Args } from "../../model/action.ts";
import type { Trace } from "../../check/trace.ts";
import { grouped, plural } from "../../check/verdict.ts";
import { isLiveness, type Property } from "../../model/property.ts";
import { problemOf, type Exploration, type Problem } from "../../problem/exploration.ts";

/** Searches a problem breadth first, within a number of states, up to the first violation. */
export type Search = (problem: Problem<unknown>, states: number) => Promise<Exploration<unknown>>;

/** A search for `shortest` looks at no more states, unless told how many. */
export const STATES = 1_000_000;

/** The nearest run to what was looked for, or why there is none to show. */
export type Nearest =
  | {
      readonly property: Property<unknown>;
      readonly args: Args;
      readonly trace: Trace<unknown>;
      readonly path: readonly number[];
    }
  | { readonly none: string };

/** A run to a witness is found as a run to a violation of the contrary: the search then stops there. */
const sought = (property: Property<unknown>): Property<unknown> => {
  if (property.kind !== "sometimes") return property;
  const { holds, ...described } = property;
  return { ...described, kind: "invariant", holds: (state, args) => !holds(state, args) };
};

/** The properties that are looked for: the one named, or all that some run could break. */
const soughtIn = (
  properties: readonly Property<unknown>[],
  id: string | undefined,
): readonly Property<unknown>[] => {
  const named = id === undefined ? undefined : properties.find((property) => property.id === id);
  const known = properties.map((property) => property.id);
  if (id !== undefined && named === undefined)
    throw unknownName("property", id, known, `asked are: ${known.join(", ")}`);
  if (named !== undefined && isLiveness(named))
    throw new CheckError(
      "usage",
      `${named.id} is a liveness property (${named.kind}): only a run that goes on for ever breaks it, which explore finds`,
    );
  if (named !== undefined) return [named];
  const breakable = properties.filter(({ kind }) => kind === "invariant" || kind === "step");
  if (breakable.length > 0) return breakable;
  throw new CheckError(
    "usage",
    "no property asked is an invariant or a step property: name one, shortest ID",
  );
};

/** Why nothing was found: `none` is said only of a search that saw all that can be reached. */
const noneText = (
  { stop, states, levels }: Exploration<unknown>,
  problem: Problem<unknown>,
  what: string,
): string => {
  const seen = plural(states, "state");
  if (stop === "exhausted") return `none: no run from here leads to ${what} (complete search, ${seen})`;
  if (stop === "constraint")
    return `none within ${constraintsText(problem.constraints ?? [])}: no run from here leads to ${what} (${seen})`;
  // The states of the last level but one were all found; those of the last may not be.
  const steps = plural(Math.max(0, levels.length - 2), "step");
  const why =
    stop === "states"
      ? `the bound of ${grouped(states)} states`
      : stop === "interrupted"
        ? "an interrupt"
        : `the ${stop} limit`;
  return `not found: no run of at most ${steps} leads from here to ${what}; the search was stopped by ${why}, so longer ones were not looked at`;
};

/**
 * The nearest run from a state to a violation (of a `sometimes`: to a witness) of the property named, or of any. What a
 * search finds is replayed before it is believed.
 * @throws CheckError when the property is not asked, or is one that no run decides that ends.
 */
export const nearestFrom = async (
  problem: Problem<unknown>,
  state: unknown,
  id: string | undefined,
  states: number,
  search: Search,
): Promise<Nearest> => {
  const wanted = soughtIn(problem.properties, id);
  const posed = problemOf(problem.model, problem.scope, wanted.map(sought), [state]);
  const found = await search(posed, states);
  const nearest = found.findings
    .flatMap(({ path }, place) => (path === undefined ? [] : [{ path, place }]))
    .toSorted((a, b) => a.path.steps.length - b.path.steps.length)[0];
  const [first] = wanted;
  const what =
    wanted.length > 1
      ? "a violation"
      : `a ${first.kind === "sometimes" ? "witness" : "violation"} of ${first.id}`;
  if (nearest === undefined) return { none: noneText(found, problem, what) };
  const { args, trace } = confirm(posed, posed.properties[nearest.place], nearest.path);
  return { property: wanted[nearest.place], args, trace, path: nearest.path.steps };
};
