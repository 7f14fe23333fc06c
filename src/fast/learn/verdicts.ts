import { grown } from "../values/interner.ts";
import { HIT, SEEN } from "../../model/judge.ts";

/** What one state or transition says about one property: the property's place, and its `SEEN` and `HIT` bits. */
type Say = readonly [place: number, bits: number];

/**
 * What one state or transition says about all properties, interned: verdict 0 says nothing. A state's verdict is the join
 * of what the property instances say, so a property counts once however many of its instances were seen.
 */
export class Verdicts {
  /** How many states or transitions had each verdict. */
  counts = new Float64Array(64);
  /** For each verdict, 1 while it hits a property that was not hit before. */
  news = new Uint8Array(64);
  readonly #says: (readonly Say[])[] = [[]];
  readonly #numbers = new Map<string, number>([["", 0]]);
  /** For each verdict, the join with each other one, 0 where it was not needed yet. */
  readonly #joins: Int32Array[] = [new Int32Array(0)];
  readonly #hit = new Set<number>();

  /** The verdict that says `bits` of one property. */
  of(place: number, bits: number): number {
    return bits === 0 ? 0 : this.#number([[place, bits]]);
  }

  /** What a verdict says about each property. */
  bits(verdict: number, properties: number): readonly number[] {
    const says = new Map<number, number>(this.#says[verdict]);
    return Array.from({ length: properties }, (_, place) => says.get(place) ?? 0);
  }

  /** The verdicts that each say one of the things that a verdict says. */
  singles(verdict: number): readonly number[] {
    return this.#says[verdict].map((say) => this.#number([say]));
  }

  /** Everything that two verdicts say. */
  join(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const row = this.#joins[a];
    const known = b < row.length ? row[b] : 0;
    return known === 0 ? this.#learn(a, b) : known;
  }

  /** The properties that a verdict is the first to hit; they are no news afterwards. */
  takeNews(verdict: number): readonly number[] {
    const places = this.#says[verdict].filter(([place, bits]) => bits & HIT && !this.#hit.has(place));
    const hit = places.map(([place]) => place);
    this.known(hit);
    return hit;
  }

  /** Takes note of properties that were hit: that is no news any more. */
  known(places: readonly number[]): void {
    for (const place of places) this.#hit.add(place);
    this.#says.forEach((_, i) => (this.news[i] = this.#isNews(i)));
  }

  /** How many of the states or transitions counted, or once counted, saw the property at `place`. */
  seen(place: number, counts: Float64Array = this.counts): number {
    return this.#says.reduce(
      (sum, says, i) => sum + (says.some(([of, bits]) => of === place && bits & SEEN) ? (counts[i] ?? 0) : 0),
      0,
    );
  }

  #learn(a: number, b: number): number {
    const bits = new Map<number, number>(this.#says[a]);
    for (const [place, more] of this.#says[b]) bits.set(place, (bits.get(place) ?? 0) | more);
    const joined = this.#number([...bits].toSorted(([a], [b]) => a - b));
    if (this.#joins[a].length <= b) this.#joins[a] = grown(this.#joins[a], b + 1);
    this.#joins[a][b] = joined;
    return joined;
  }

  #number(says: readonly Say[]): number {
    const key = says.join(";");
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#says.push(says) - 1;
    this.#joins.push(new Int32Array(0));
    this.#numbers.set(key, number);
    if (number === this.counts.length) {
      const counts = new Float64Array(number * 2);
      counts.set(this.counts);
      this.counts = counts;
      const news = new Uint8Array(number * 2);
      news.set(this.news);
      this.news = news;
    }
    this.news[number] = this.#isNews(number);
    return number;
  }

  #isNews(verdict: number): number {
    return this.#says[verdict].some(([place, bits]) => bits & HIT && !this.#hit.has(place)) ? 1 : 0;
  }
}
