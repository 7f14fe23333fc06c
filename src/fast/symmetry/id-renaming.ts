import type { Renaming } from "../../derive/renaming.ts";
import { grown, type Interner } from "../values/interner.ts";
import type { Space } from "../values/space.ts";

/** What there is to rename: components, their leaves and the numbering of their values. */
export type Parts = Pick<Space<unknown>, "components" | "leaves" | "interners">;

/** One renaming of the members of families, on component ids. */
export class IdRenaming {
  /** The component to which each component moves. */
  readonly to: Int32Array;
  /** The component that moves to each component. */
  readonly from: Int32Array;
  /** For each leaf of the state, by number: the leaf to which it moves, and which leaf moves to it. */
  readonly leafTo: readonly number[];
  readonly leafFrom: readonly number[];
  readonly #renaming: Renaming;
  readonly #space: Parts;
  /** The first leaf of each component. */
  readonly #starts: readonly number[];
  /** For each component: one more than the new id of each id, 0 where it was not asked for yet; none where ids stay. */
  readonly #tables: readonly (Table | undefined)[];

  constructor(space: Parts, renaming: Renaming) {
    const { leaves } = space;
    const { members, types } = space.components;
    this.#space = space;
    this.#renaming = renaming;
    this.leafTo = renaming.to;
    const from = leaves.map(() => 0);
    renaming.to.forEach((to, leaf) => (from[to] = leaf));
    this.leafFrom = from;
    this.#starts = members.map((_, member) => leaves.findIndex((leaf) => leaf.member === member));
    this.to = Int32Array.from(this.#starts, (start, member) =>
      start < 0 ? member : leaves[renaming.to[start]].member,
    );
    this.from = new Int32Array(members.length);
    this.to.forEach((to, member) => (this.from[to] = member));
    const changed = types.map((_, type) =>
      this.#changes(members.findIndex((member) => member.type === type)),
    );
    const tables = types.map((_, type) => (changed[type] ? { ids: new Int32Array(16) } : undefined));
    this.#tables = members.map(({ type }) => tables[type]);
  }

  /** Whether renaming changes some value of a component, besides its place. */
  changes(member: number): boolean {
    return this.#tables[member] !== undefined;
  }

  /**
   * What the id of a component becomes. An id that was not given out stays: it is of a state that was packed before there
   * was room for it, which is left and packed again, and some other value will have that id.
   */
  id(member: number, id: number): number {
    const table = this.#tables[member];
    if (table === undefined) return id;
    const known = id < table.ids.length ? table.ids[id] : 0;
    return known > 0 ? known - 1 : this.#learn(table, member, id);
  }

  /** Renames a state, given by its component ids. */
  apply(ids: Int32Array, out: Int32Array): void {
    const { to } = this;
    for (let member = 0; member < ids.length; member++) out[to[member]] = this.id(member, ids[member]);
  }

  /** What the code of a leaf becomes. */
  code(leaf: number, code: number): number {
    return this.#renaming.codes[leaf]?.(code) ?? code;
  }

  #changes(member: number): boolean {
    const { leaves } = this.#space;
    return leaves.some(
      ({ member: of, place }, leaf) =>
        of === member &&
        (leaves[this.leafTo[leaf]].place !== place || this.#renaming.codes[leaf] !== undefined),
    );
  }

  #learn(table: Table, member: number, id: number): number {
    const interner: Interner = this.#space.interners[member];
    if (id >= interner.next) return id;
    const start = this.#starts[member];
    const codes = interner.codes(id);
    const renamed = [...codes];
    codes.forEach((code, place) => {
      const leaf = start + place;
      renamed[this.#space.leaves[this.leafTo[leaf]].place] = this.code(leaf, code);
    });
    const to = interner.intern(renamed);
    if (table.ids.length <= id) table.ids = grown(table.ids, id + 1);
    table.ids[id] = to + 1;
    return to;
  }
}

/** Shared by the components of one type. */
interface Table {
  ids: Int32Array;
}
