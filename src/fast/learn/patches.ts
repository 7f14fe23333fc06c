import { grown, type Changes, type Interner } from "../values/interner.ts";

/** What steps write to components: interned, and applied to each component id once only. */
export class Patches {
  /** The bytes of the tables; counted as they grow, for there may be as many patches as a component has values. */
  bytes = 0;
  /** For each patch, one more than the new id of each component id, 0 where it was not asked for yet. */
  readonly #tables: Int32Array[] = [];
  readonly #changes: Changes[] = [];
  readonly #interners: Interner[] = [];
  readonly #numbers = new Map<Interner, Map<string, number>>();

  /** The number of a patch to components of one type. */
  number(interner: Interner, changes: Changes): number {
    const key = changes.join(";");
    const known = this.#numbers.get(interner) ?? new Map<string, number>();
    this.#numbers.set(interner, known);
    const old = known.get(key);
    if (old !== undefined) return old;
    const number = this.#tables.push(new Int32Array(0)) - 1;
    this.#changes.push(changes);
    this.#interners.push(interner);
    known.set(key, number);
    return number;
  }

  /** What a patch sets. */
  changes(patch: number): Changes {
    return this.#changes[patch];
  }

  /** The id that a patch makes of a component's id. */
  apply(patch: number, id: number): number {
    const table = this.#tables[patch];
    const known = id < table.length ? table[id] : 0;
    return known > 0 ? known - 1 : this.#learn(patch, id);
  }

  /** The same without keeping it: for whom keeps the answer himself. */
  result(patch: number, id: number): number {
    return this.#interners[patch].patched(id, this.#changes[patch]);
  }

  #learn(patch: number, id: number): number {
    const to = this.result(patch, id);
    const table = this.#tables[patch];
    if (table.length <= id) {
      this.#tables[patch] = grown(table, Math.max(16, id + 1));
      this.bytes += this.#tables[patch].byteLength - table.byteLength;
    }
    this.#tables[patch][id] = to + 1;
    return to;
  }
}
