import { familiesOf } from "../../derive/renaming.ts";
import type { Problem } from "../../problem/exploration.ts";
import { symmetryOf } from "../../methods/symmetry/symmetry-of.ts";
import { pack, unpack } from "../values/layout.ts";
import { ValueOrder } from "./value-order.ts";
import { IdRenaming } from "./id-renaming.ts";
import type { Space } from "../values/space.ts";

/** The components of one family: for each vector over it, in the order of the schema, its members. */
type Ranks = readonly (readonly number[])[];

/** The components to sort for a family; none where something but their places tells its members' names. */
const ranksOf = <S>({ components }: Space<S>, { model }: Problem<S>, family: string): Ranks | undefined => {
  if (model.state.node.kind !== "record") return undefined;
  const ranks: (readonly number[])[] = [];
  for (const [name, node] of Object.entries(model.state.node.fields)) {
    const over = node.kind === "vector" && node.family === family;
    if (familiesOf({ node: over ? node.item : node }).includes(family)) return undefined;
    const { members } = components;
    if (over) ranks.push([...members.keys()].filter((member) => members[member].path[0] === name));
  }
  return ranks;
};

/**
 * Puts a packed state in the place of all states that differ from it only in names: the one whose leaf codes come first,
 * as on plain states. Where a family's members are named nowhere but by their places, sorting finds it; the names of all
 * other families are tried.
 */
export class PackedCanonical<S> {
  readonly #space: Space<S>;
  readonly #orders: readonly ValueOrder[];
  /** The families that are sorted. */
  readonly #sorted: readonly Ranks[];
  /** Every way to name the members of the others, but the one that changes nothing. */
  readonly #idRenamings: readonly IdRenaming[];
  /** The components that some name changes or moves, in the order of the schema. */
  readonly #moved: readonly number[];
  readonly #ids: Int32Array;
  readonly #least: Int32Array;
  readonly #tried: Int32Array;
  readonly #keys: Float64Array;

  constructor(space: Space<S>, problem: Problem<S>, families: readonly string[]) {
    const { types, members } = space.components;
    const orders = types.map(
      (type, i) => new ValueOrder(type, space.interners[members.findIndex((member) => member.type === i)]),
    );
    const ranks = families.map((family) => ranksOf(space, problem, family));
    this.#space = space;
    this.#orders = members.map(({ type }) => orders[type]);
    this.#sorted = ranks.filter((found) => found !== undefined);
    const tried = families.filter((_, i) => ranks[i] === undefined);
    this.#idRenamings = symmetryOf(problem, tried).renamings.map(
      (renaming) => new IdRenaming(space, renaming),
    );
    const all = symmetryOf(problem, families).renamings.map((renaming) => new IdRenaming(space, renaming));
    this.#moved = [...members.keys()].filter((place) =>
      all.some((idRenaming) => idRenaming.to[place] !== place || idRenaming.changes(place)),
    );
    this.#ids = new Int32Array(members.length);
    this.#least = new Int32Array(members.length);
    this.#tried = new Int32Array(members.length);
    this.#keys = new Float64Array(members.length);
  }

  /** Replaces the packed state at `at` of `words`. */
  apply(words: Int32Array, at: number): void {
    if (this.#idRenamings.length > 0) this.#try(words, at);
    else
      for (let i = 0; i < this.#sorted.length; i++) {
        const ranks = this.#sorted[i];
        if (ranks.length > 1 || this.#orders[ranks[0][0]].width > 1) this.#sortPacked(words, at, ranks);
        else this.#sortVector(words, at, ranks[0]);
      }
  }

  /** How many states differ from the packed state at `at` of `words` in names only: it is one that stands for others. */
  classSize(words: Int32Array, at: number): number {
    const ids = this.#ids;
    unpack(this.#space.layout, words, at, ids);
    const size = this.#sorted.reduce((all, ranks) => all * this.#arrangements(ids, ranks), 1);
    const same = this.#idRenamings.filter((idRenaming) => this.#keeps(ids, idRenaming));
    return (size * (this.#idRenamings.length + 1)) / (same.length + 1);
  }

  /** In how many ways the members of a family that is sorted can be arranged. */
  #arrangements(ids: Int32Array, ranks: Ranks): number {
    let ways = 1;
    for (let i = 1, alike = 1; i < ranks[0].length; i++) {
      alike = this.#compare(ids, ranks, i - 1, i) === 0 ? alike + 1 : 1;
      ways = (ways * (i + 1)) / alike;
    }
    return ways;
  }

  /** Whether a state is the same under new names, once the other families are sorted. */
  #keeps(ids: Int32Array, idRenaming: IdRenaming): boolean {
    const tried = this.#tried;
    idRenaming.apply(ids, tried);
    this.#sorted.forEach((ranks) => this.#sort(tried, ranks));
    return this.#moved.every((member) => tried[member] === ids[member]);
  }

  /** Sorts the members of the one vector over a family in a packed state, where a number tells their order. */
  #sortVector(words: Int32Array, at: number, members: readonly number[]): void {
    const { word, shift, mask, flip } = this.#space.layout;
    const order = this.#orders[members[0]];
    const ids = this.#ids;
    const keys = this.#keys;
    let sorted = true;
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      const id = ((words[at + word[member]] >>> shift[member]) & mask[member]) ^ flip[member];
      if (id >= order.known) order.learn();
      const key = order.keys[id];
      let place = i;
      for (; place > 0 && keys[place - 1] > key; place--) {
        keys[place] = keys[place - 1];
        ids[place] = ids[place - 1];
      }
      if (place < i) sorted = false;
      keys[place] = key;
      ids[place] = id;
    }
    if (sorted) return;
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      const to = at + word[member];
      words[to] = (words[to] & ~(mask[member] << shift[member])) | ((ids[i] ^ flip[member]) << shift[member]);
    }
  }

  /** Sorts the members of one family in a packed state. */
  #sortPacked(words: Int32Array, at: number, ranks: Ranks): void {
    const { word, shift, mask, flip } = this.#space.layout;
    const ids = this.#ids;
    for (let v = 0; v < ranks.length; v++) {
      const members = ranks[v];
      for (let i = 0; i < members.length; i++) {
        const member = members[i];
        ids[member] = ((words[at + word[member]] >>> shift[member]) & mask[member]) ^ flip[member];
      }
    }
    if (!this.#sort(ids, ranks)) return;
    for (let v = 0; v < ranks.length; v++) {
      const members = ranks[v];
      for (let i = 0; i < members.length; i++) {
        const member = members[i];
        const to = at + word[member];
        const id = ids[member] ^ flip[member];
        words[to] = (words[to] & ~(mask[member] << shift[member])) | (id << shift[member]);
      }
    }
  }

  /** Sorts the members of a family by their components in all vectors over it; says whether any changed places. */
  #sort(ids: Int32Array, ranks: Ranks): boolean {
    const size = ranks[0].length;
    let changed = false;
    for (let i = 1; i < size; i++)
      for (let j = i; j > 0 && this.#compare(ids, ranks, j - 1, j) > 0; j--) {
        changed = true;
        for (let v = 0; v < ranks.length; v++) {
          const members = ranks[v];
          const a = members[j - 1];
          const b = members[j];
          const id = ids[a];
          ids[a] = ids[b];
          ids[b] = id;
        }
      }
    return changed;
  }

  #compare(ids: Int32Array, ranks: Ranks, i: number, j: number): number {
    for (let v = 0; v < ranks.length; v++) {
      const members = ranks[v];
      const difference = this.#orders[members[i]].compare(ids[members[i]], ids[members[j]]);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Tries every name of the families that are not sorted. */
  #try(words: Int32Array, at: number): void {
    const { layout } = this.#space;
    const ids = this.#ids;
    const least = this.#least;
    unpack(layout, words, at, ids);
    least.set(ids);
    for (const ranks of this.#sorted) this.#sort(least, ranks);
    for (const idRenaming of this.#idRenamings)
      if (this.#sorted.length === 0) this.#improve(ids, idRenaming);
      else this.#improveSorted(ids, idRenaming);
    pack(layout, least, words, at);
  }

  /** Makes `least` the state under new names, if that comes first; most names are out at the first component. */
  #improve(ids: Int32Array, idRenaming: IdRenaming): void {
    const { from } = idRenaming;
    const least = this.#least;
    let first = false;
    for (let m = 0; m < this.#moved.length; m++) {
      const member = this.#moved[m];
      const id = idRenaming.id(from[member], ids[from[member]]);
      const difference = first ? -1 : this.#orders[member].compare(id, least[member]);
      if (difference > 0) return;
      if (difference < 0) first = true;
      least[member] = id;
    }
  }

  /** The same where other families are still to be sorted under the new names. */
  #improveSorted(ids: Int32Array, idRenaming: IdRenaming): void {
    const tried = this.#tried;
    const least = this.#least;
    idRenaming.apply(ids, tried);
    for (const ranks of this.#sorted) this.#sort(tried, ranks);
    for (const member of this.#moved) {
      const difference = this.#orders[member].compare(tried[member], least[member]);
      if (difference > 0) return;
      if (difference < 0) break;
    }
    least.set(tried);
  }
}
