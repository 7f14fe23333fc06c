import { sizeOf, type Domain, type Node, type Scope } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";
import type { PathKey } from "../state-path.ts";
import { own } from "../schema/own.ts";
import { add, has, none } from "../schema/set.ts";
import { leavesOf } from "./component.ts";

/** New names for the members of some families: member `i` of a family is called `names[family][i]`. */
export type Names = Readonly<Record<string, readonly number[]>>;

/** What new names make of a state, by the places of its leaves in the order of the schema. */
export interface Renaming {
  readonly names: Names;
  /** The place to which each leaf moves. */
  readonly to: readonly number[];
  /** For each leaf, its code there; absent where codes stay. */
  readonly codes: readonly (((code: number) => number) | undefined)[];
}

/** A set under new names. */
export const renamedSet = (names: readonly number[], set: number): number =>
  names.reduce((renamed, name, member) => (has(set, member) ? add(renamed, name) : renamed), none);

/** The families that a state has vectors, indices or sets of, in the order of the schema. */
export const familiesOf = (domain: Domain<unknown>): readonly string[] => {
  const found = new Set<string>();
  fold<void>({
    bool: () => undefined,
    int: () => undefined,
    oneOf: () => undefined,
    index: ({ family }) => void found.add(family),
    set: ({ family }) => void found.add(family),
    vector: ({ family, item }, go) => {
      found.add(family);
      go(item);
    },
    record: ({ fields }, go) => Object.values(fields).forEach(go),
  })(domain.node);
  return [...found];
};

/** Every order of the numbers 0 to `size - 1`, in lexicographic order: the identity first. */
const permutations = (size: number): readonly (readonly number[])[] => {
  const ordered = (left: readonly number[]): readonly (readonly number[])[] =>
    left.length === 0
      ? [[]]
      : // oxlint-disable-next-line unbounded/no-recursion -- as deep as a family has members
        left.flatMap((first) => ordered(left.filter((n) => n !== first)).map((rest) => [first, ...rest]));
  return ordered(Array.from({ length: size }, (_, i) => i));
};

/** Where a path leads to when members have new names. */
const movedPath = (root: Node, names: Names, path: readonly PathKey[]): readonly PathKey[] => {
  let node = root;
  return path.map((key) => {
    if (node.kind === "record") node = node.fields[key];
    else if (node.kind === "vector") {
      const renamed = own(names, node.family)?.[key as number] ?? key;
      node = node.item;
      return renamed;
    }
    return key;
  });
};

const codeOf = (node: Node, names: Names): ((code: number) => number) | undefined => {
  if (node.kind !== "index" && node.kind !== "set") return undefined;
  const family = own(names, node.family);
  if (family === undefined || family.every((name, member) => name === member)) return undefined;
  return node.kind === "index" ? (code) => family[code] : (code) => renamedSet(family, code);
};

/**
 * What names make of the states of a schema: members of vectors change places, nested ones too, and `index` and `set`
 * leaves are renamed.
 */
export const renamingOf = (domain: Domain<unknown>, scope: Scope, names: Names): Renaming => {
  const leaves = leavesOf(domain.node, scope);
  const places = new Map(leaves.map(({ path }, place) => [JSON.stringify(path), place]));
  const to = leaves.map(({ path }) => places.get(JSON.stringify(movedPath(domain.node, names, path)))!);
  return { names, to, codes: leaves.map(({ node }) => codeOf(node, names)) };
};

/** A row of leaf codes under new names. */
export const renamedRow = ({ to, codes }: Renaming, row: Int32Array): Int32Array => {
  const renamed = new Int32Array(row.length);
  for (let leaf = 0; leaf < row.length; leaf++) renamed[to[leaf]] = codes[leaf]?.(row[leaf]) ?? row[leaf];
  return renamed;
};

/** Which of two rows comes first in lexicographic order: below 0 the first, above 0 the second, 0 where they are equal. */
export const compareRows = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
};

/** Every renaming of the members of some families, except the identity; those that touch few families first. */
export const allNames = (families: readonly string[], scope: Scope): readonly Names[] => {
  const moved = (names: Names): number =>
    Object.values(names).filter((family) => family.some((name, member) => name !== member)).length;
  return families
    .reduce<readonly Names[]>(
      (chosen, family) =>
        chosen.flatMap((names) =>
          permutations(sizeOf(scope, family)).map((renamed) => ({ ...names, [family]: renamed })),
        ),
      [{}],
    )
    .filter((names) => moved(names) > 0)
    .toSorted((a, b) => moved(a) - moved(b));
};

/** Each way to let two members of a family change places. */
export const swapsOf = (domain: Domain<unknown>, scope: Scope, family: string): readonly Renaming[] => {
  const members = Array.from({ length: sizeOf(scope, family) }, (_, i) => i);
  return members
    .flatMap((a) =>
      members.filter((b) => b > a).map((b) => members.map((i) => (i === a ? b : i === b ? a : i))),
    )
    .map((names) => renamingOf(domain, scope, { [family]: names }));
};
