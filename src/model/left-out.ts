import { leavesOf } from "../derive/component.ts";
import { unknownName } from "../errors.ts";
import type { Node, Scope } from "../schema/domain.ts";
import type { PathKey } from "../state-path.ts";
import type { Action } from "./action.ts";

/** A leaf of the state that says where a thread stands, one thread for each member of the families above it. */
export interface Thread {
  /** The names of the fields that lead to it: `vcpu.pc`. */
  readonly leaf: string;
  /** The values at which it has nothing to finish: outside any call, or where it waits for another to begin something. */
  readonly rest: readonly string[];
  /** Leaves of the same members that say, beside where it stands, what it is doing there: `vcpu.exit`. */
  readonly by?: readonly string[];
}

/** The part of a whole that a model leaves out: its other actions, and where it would be seen that one of them is missing. */
export interface LeftOut<S> {
  readonly actions: readonly Action<S>[];
  readonly threads: readonly Thread[];
}

/** A thread as it is found in a state: the places of its leaves among all leaves of the state. */
export interface ThreadPlace {
  readonly path: readonly PathKey[];
  readonly at: number;
  /** Leaves that say what it is doing there, and how many values each has. */
  readonly by: readonly { readonly at: number; readonly size: number }[];
  /** The codes of the values at which it rests. */
  readonly rest: ReadonlySet<number>;
}

const fieldsOf = (path: readonly PathKey[]): string =>
  path.filter((key) => typeof key === "string").join(".");
const membersOf = (path: readonly PathKey[]): string =>
  path.filter((key) => typeof key === "number").join(",");

/**
 * The threads of a state in a scope.
 * @throws CheckError when a thread names a leaf or value that the state does not have; names the nearest.
 */
export const threadPlaces = (
  threads: readonly Thread[],
  state: { readonly node: Node },
  scope: Scope,
): readonly ThreadPlace[] => {
  if (threads.length === 0) return [];
  const leaves = leavesOf(state.node, scope).map((leaf, at) => ({
    ...leaf,
    at,
    fields: fieldsOf(leaf.path),
    members: membersOf(leaf.path),
  }));
  const called = (name: string, members?: string): readonly (typeof leaves)[number][] => {
    const found = leaves.filter(
      ({ fields, members: own }) => fields === name && (members === undefined || own === members),
    );
    if (found.length > 0) return found;
    const known = leaves.filter((leaf) => members === undefined || leaf.members === members);
    throw unknownName(
      "leaf",
      name,
      [...new Set(known.map(({ fields }) => fields))],
      "it is to say where a thread stands, or what it does there",
    );
  };
  const codeOf = ({ encode, node, fields }: (typeof leaves)[number], value: string): number => {
    const code = encode(value);
    if (code >= 0) return code;
    const words = node.kind === "oneOf" ? node.values : [];
    throw unknownName("value", value, words, `a thread is to rest there, but ${fields} never has it`);
  };
  return threads.flatMap(({ leaf, rest, by = [] }) =>
    called(leaf).map((found) => ({
      path: found.path,
      at: found.at,
      by: by.map((name) => {
        const [{ at, size }] = called(name, found.members);
        return { at, size };
      }),
      rest: new Set(rest.map((value) => codeOf(found, value))),
    })),
  );
};
