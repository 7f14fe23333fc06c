import type { Components, Leaf } from "../../derive/component.ts";
import type { PathKey } from "../../state-path.ts";

/** What a trie branches on: one column of the rows of one member's type. */
export interface Branch {
  readonly member: number;
  readonly column: number;
}

/** One leaf of the whole state. */
export interface StateLeaf extends Leaf {
  /** The path from the root of the state. */
  readonly from: readonly PathKey[];
  readonly member: number;
  /** Its place among the leaves of its component. */
  readonly place: number;
  readonly branches: readonly Branch[];
}

/** Branches have at most 256 ways: the codes of a larger leaf are kept and looked at in base 256. */
export const digitSizes = (size: number): readonly number[] => {
  const sizes: number[] = [];
  let left = size;
  for (; left > 256; left = Math.ceil(left / 256)) sizes.push(256);
  return [...sizes, left];
};

/** The first column of each component type, its rows' columns being numbered through all types. */
const firstColumns = ({ types }: Components): readonly number[] => {
  let next = 0;
  return types.map(({ leaves }) => {
    const first = next;
    for (const leaf of leaves) next += digitSizes(leaf.size).length;
    return first;
  });
};

/** How many values each column has. */
export const columnSizes = ({ types }: Components): readonly number[] =>
  types.flatMap(({ leaves }) => leaves.flatMap(({ size }) => digitSizes(size)));

/** All leaves of a state, in the order of the schema. */
export const stateLeaves = (components: Components): readonly StateLeaf[] => {
  const firsts = firstColumns(components);
  return components.members.flatMap(({ path, type }, member) => {
    let column = firsts[type];
    return components.types[type].leaves.map((leaf, place) => ({
      ...leaf,
      from: [...path, ...leaf.path],
      member,
      place,
      branches: digitSizes(leaf.size).map(() => ({ member, column: column++ })),
    }));
  });
};

/** What tries look at: the columns of all component types' rows. */
export interface Columns {
  /** Replaced in place as they grow. */
  readonly columns: readonly Int32Array[];
  /** How many values each column has. */
  readonly sizes: readonly number[];
}
