import type { Args } from "../model/action.ts";
import type { Node } from "../schema/domain.ts";
import type { PathKey } from "../state-path.ts";
import { inText, namesKnown, refuse, refuseName, type Context } from "./checked.ts";
import { checkWhole } from "./check-path.ts";
import { contextOf } from "./check-term.ts";
import type { Names } from "./names.ts";
import { parse } from "./syntax.ts";
import type { Term } from "./term.ts";

/** A key of a path, which may be the value of an argument. */
type Key = PathKey | { readonly argument: string };

/** A place in the state, named by fields, numbers and arguments: `vcpu[v].req.UNBLOCK`; a record stands for all below it. */
export interface StatePath {
  /** As it was written. */
  readonly text: string;
  /** What the schema has there. */
  readonly node: Node;
  /** The same with `[]` for any member: `vcpu[].req.UNBLOCK`. */
  readonly pattern: string;
  /** The keys that lead there, for the arguments of a step. */
  readonly keys: (args: Args) => readonly PathKey[];
  /** Whether a place is this one or below it, for the arguments of a step. */
  readonly covers: (place: readonly PathKey[], args: Args) => boolean;
  /** What stands there, in a state or a draft. */
  readonly read: (state: unknown, args: Args) => unknown;
  /** Writes a leaf of a draft. */
  readonly write: (draft: unknown, args: Args, value: boolean | number | string) => void;
}

/** The terms of a path from its root. @throws ExpressionError where it is no path. */
const steps = (term: Term, context: Context): readonly Term[] => {
  const found: Term[] = [];
  let here = term;
  while (here.kind === "field" || here.kind === "member") {
    found.unshift(here);
    here = here.of;
  }
  if (here.kind !== "name")
    refuse(
      context,
      here,
      `${inText(context, { term: here })} is no place in the state: write FIELD, FIELD[NUMBER].FIELD or FIELD[ARGUMENT].FIELD`,
    );
  return [here, ...found];
};

const keyOf = (term: Term, context: Context): Key => {
  if (term.kind === "name") return term.name;
  if (term.kind === "field") return term.name;
  const at = term.kind === "member" ? term.at : term;
  if (at.kind === "number") return at.value;
  if (at.kind === "name" && Object.hasOwn(context.names.args ?? {}, at.name)) return { argument: at.name };
  if (at.kind === "name" && !namesKnown(context).includes(at.name)) return refuseName(context, at, at.name);
  return refuse(
    context,
    at,
    `a place has a number or an argument in brackets, not ${inText(context, { term: at })}`,
  );
};

/** The node where a path leads: what was checked says that it is there. */
const nodeAt = (root: Node, keys: readonly Key[]): Node =>
  keys.reduce<Node>((node, key) => {
    if (node.kind === "record") return node.fields[key as string];
    return node.kind === "vector" ? node.item : node;
  }, root);

const patternOf = (keys: readonly Key[]): string =>
  keys.map((key, i) => (typeof key !== "string" ? "[]" : i === 0 ? key : `.${key}`)).join("");

/**
 * Reads and checks a place in the state. The names of arguments may stand in its brackets, and nothing else that varies.
 * @throws ExpressionError with what is wrong and where.
 */
export const pathOf = (text: string, names: Pick<Names, "state" | "scope" | "args">): StatePath => {
  const { state, scope } = names;
  const term = parse(text);
  const [root] = steps(term, contextOf(text, names));
  // In a condition an argument hides the field of its name; the first name of a place is always a field's.
  const args = Object.fromEntries(
    Object.entries(names.args ?? {}).filter(([name]) => root.kind !== "name" || name !== root.name),
  );
  const context = contextOf(text, { state, scope, args });
  const keys = steps(term, context).map((step) => keyOf(step, context));
  checkWhole(context.check(term, context), context);
  const keysFor = (given: Args): readonly PathKey[] =>
    keys.map((key) => (typeof key === "object" ? (given[key.argument] as number) : key));
  const below = (from: unknown, chosen: readonly PathKey[]): unknown =>
    chosen.reduce<unknown>((here, key) => (here as Readonly<Record<PathKey, unknown>>)[key], from);
  return {
    text,
    node: nodeAt(state.node, keys),
    pattern: patternOf(keys),
    keys: keysFor,
    covers: (place, given) => keysFor(given).every((key, i) => place[i] === key),
    read: (from, given) => below(from, keysFor(given)),
    write: (draft, given, value) => {
      const chosen = keysFor(given);
      (below(draft, chosen.slice(0, -1)) as Record<PathKey, unknown>)[chosen[chosen.length - 1]] = value;
    },
  };
};
