/** Sets of small numbers, numbered as they are met, whatever their size: set 0 is the empty one. */
export class Sets {
  readonly #members: (readonly number[])[] = [[]];
  readonly #numbers = new Map<string, number>([["", 0]]);
  readonly #unions: number[][] = [[]];
  readonly #meets: number[][] = [[]];

  /** The set with these members. */
  of(members: readonly number[]): number {
    const sorted = [...new Set(members)].toSorted((a, b) => a - b);
    const key = sorted.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#members.push(sorted) - 1;
    this.#unions.push([]);
    this.#meets.push([]);
    this.#numbers.set(key, number);
    return number;
  }

  members(set: number): readonly number[] {
    return this.#members[set];
  }

  /** What is in one of two sets or in both. */
  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    return (this.#unions[a][b] ??= this.of([...this.#members[a], ...this.#members[b]]));
  }

  /** What is in both of two sets. */
  meet(a: number, b: number): number {
    if (a === b) return a;
    if (a === 0 || b === 0) return 0;
    return (this.#meets[a][b] ??= this.of(this.#members[a].filter((one) => this.#members[b].includes(one))));
  }

  /** What is in the first of two sets only. */
  without(a: number, b: number): number {
    return this.of(this.#members[a].filter((one) => !this.#members[b].includes(one)));
  }
}
