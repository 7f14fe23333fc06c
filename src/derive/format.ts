import { pathText } from "../errors.ts";
import type { Domain, LeafNode, Scope } from "../schema/domain.ts";
import { leavesOf } from "./component.ts";
import type { PathKey } from "../state-path.ts";
import type { LeafValue } from "./leaf.ts";

/** One leaf that a step changed. */
export interface Change {
  readonly path: readonly PathKey[];
  readonly from: LeafValue;
  readonly to: LeafValue;
}

/** A leaf value as a report prints it: a bool as 0 or 1, a set as `{0,2}`. */
const leafText = (node: LeafNode, value: LeafValue): string => {
  if (node.kind === "bool") return value === true ? "1" : "0";
  if (node.kind === "set") {
    const members = Array.from({ length: 31 }, (_, i) => i).filter((i) => ((Number(value) >>> i) & 1) === 1);
    return `{${members.join(",")}}`;
  }
  return String(value);
};

/** Reading and printing the leaves of a state. */
export interface Format<S> {
  /** Every leaf as `path = value`, in the order of the schema. */
  readonly state: (state: S) => readonly string[];
  /** The leaves in which `after` differs from `before`, in the order of the schema. */
  readonly diff: (before: S, after: S) => readonly Change[];
  /** One change as `vcpu[0].mode: OUT -> IN`. */
  readonly change: (change: Change) => string;
  /** The value of the leaf at `path`, itself in printed form: `vcpu[0].mode`. */
  readonly value: (path: string, value: LeafValue) => string;
}

const valueAt = (state: unknown, path: readonly PathKey[]): LeafValue =>
  path.reduce<unknown>((here, key) => (here as Record<PathKey, unknown>)[key], state) as LeafValue;

/** The printed forms that a schema gives its states. */
export const formatOf = <S>(domain: Domain<S>, scope: Scope): Format<S> => {
  const leaves = leavesOf(domain.node, scope);
  const nodes = new Map(leaves.map((leaf) => [pathText(leaf.path), leaf.node]));
  const text = (path: string, value: LeafValue): string => {
    const node = nodes.get(path);
    return node === undefined ? String(value) : leafText(node, value);
  };
  return {
    state: (state) =>
      leaves.map(({ path, node }) => `${pathText(path)} = ${leafText(node, valueAt(state, path))}`),
    diff: (before, after) =>
      leaves
        .map(({ path }) => ({ path, from: valueAt(before, path), to: valueAt(after, path) }))
        .filter(({ from, to }) => from !== to),
    change: ({ path, from, to }) => {
      const name = pathText(path);
      return `${name}: ${text(name, from)} -> ${text(name, to)}`;
    },
    value: text,
  };
};
