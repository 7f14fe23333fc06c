import type { Decision } from "../export/decision.ts";
import { tablesOf, type StepEnd } from "../export/tables.ts";
import { isLiveness, type Property } from "../model/property.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import type { PathKey } from "../state-path.ts";

/** Adds the leaves on which it depends what is made of how a run ends, and gives what tells the answers apart. */
const dependsOn = (
  found: Set<number>,
  end: (number: number) => string,
): ((root: Decision | undefined) => void) => {
  const asText = (here: Decision | undefined): string => {
    if (here === undefined) return "";
    if (typeof here === "number") return end(here);
    const { leaf, next } = here;
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as what one run reads
    const below = Object.entries(next).map(([code, decision]) => [code, asText(decision)] as const);
    const [, first] = below[0];
    if (below.every(([, text]) => text === first)) return first;
    found.add(leaf);
    return `(${leaf} ${below.map((pair) => pair.join(":")).join(" ")})`;
  };
  return (root) => void asText(root);
};

/** What the properties of a world see: some leaves of its states, and all that there is to be seen of a search of it. */
export interface Seen {
  readonly paths: readonly (readonly PathKey[])[];
  readonly view: ReadonlySet<string>;
}

/** A property of runs as one that looks at the same of each state or step. */
const ofStates = (property: Property<unknown>): Property<unknown> => {
  if (!isLiveness(property)) return property;
  const { id, statement, args } = property;
  if (property.kind === "leadsTo") {
    const { from, to } = property;
    return { kind: "invariant", id, statement, args, antecedent: from, holds: (s, given) => !to(s, given) };
  }
  if (property.kind === "infinitelyOften" && property.step !== undefined)
    return { kind: "step", id, statement, args, holds: property.step };
  return { kind: "invariant", id, statement, args, holds: property.holds };
};

/** What the answers of the properties depend on: of one that asks about runs, what it asks of their states. */
export const seenBy = (problem: Problem<unknown>, found: Exploration<unknown>): Seen => {
  const asked = { ...problem, properties: problem.properties.map(ofStates) };
  const { leaves, looks, steps } = tablesOf(asked, found);
  const seen = new Set<number>();
  const look = dependsOn(seen, String);
  for (const { decision } of looks) look(decision);
  const saidAt = (end: StepEnd | undefined): string => (end?.said ?? []).join().replaceAll(/^[0,]*$/g, "");
  for (const { decision, ends } of steps) dependsOn(seen, (place) => saidAt(ends[place]))(decision);
  const paths = [...seen].toSorted((a, b) => a - b).map((leaf) => leaves[leaf].path);
  return { paths, view: viewOf(found, paths) };
};

const valueAt = (state: unknown, path: readonly PathKey[]): unknown =>
  path.reduce((here, key) => (here as Record<PathKey, unknown>)[key], state);

/** All that properties see of the states of a search, and of the steps that change what they see. */
const viewOf = ({ states, state, told }: Exploration<unknown>, paths: Seen["paths"]): ReadonlySet<string> => {
  const part = (of: unknown): string => paths.map((path) => String(valueAt(of, path))).join();
  const all = new Set<string>();
  for (let id = 0; id < states; id++) {
    const here = part(state(id));
    all.add(here);
    for (const { after } of told?.(id)?.moves ?? []) {
      const there = part(after);
      if (there !== here) all.add(`${here} ${there}`);
    }
  }
  return all;
};

/** Whether a search is the same as far as properties see. */
export const looksTheSame = (found: Exploration<unknown>, seen: Seen): boolean => {
  const there = viewOf(found, seen.paths);
  return there.size === seen.view.size && [...there].every((text) => seen.view.has(text));
};
