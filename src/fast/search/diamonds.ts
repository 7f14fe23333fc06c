import { mostAsleep } from "./asleep.ts";
import * as at from "./list-cells.ts";

/** It is looked again where so many times as many lists were made, or it was not for so many batches. */
const growth = 1.25;
const patience = 64;

/**
 * Where two steps of one component lead to the same in either order, or one leads to where another does. For each of the
 * first entries of a list, and each set of the others, it is known which entries of the list that it leads to are asleep
 * where those of the set are, or came before.
 */
export class Diamonds {
  readonly #lists: at.ListCells;
  /** How many lists were made, and how many when it was looked last, so many batches ago. */
  #made = 0;
  #looked = 0;
  #waited = 0;
  /** Lists of which it was not found yet: pairs of the number of a component and where a head is. */
  #open: (readonly [number: number, slot: number])[] = [];

  constructor(lists: at.ListCells) {
    this.#lists = lists;
  }

  /** Takes note of a list that was made. */
  add(number: number, slot: number): void {
    this.#made++;
    const first = at.firstOf(this.#lists.cells[slot]);
    const count = Math.min(mostAsleep, at.entriesOf(this.#lists.cells[slot]));
    for (let i = 0; i < count; i++) {
      const sets = this.#lists.reserve(2 ** count);
      this.#lists.cells[at.perEntry * (first + i) + at.diamondsOf] = sets;
    }
    if (count > 0) this.#open.push([number, slot]);
  }

  /** Looks for more, where enough lists were made since. */
  look(): void {
    if (this.#made === this.#looked) return;
    if (++this.#waited < patience && this.#made < growth * this.#looked) return;
    this.#waited = 0;
    this.#looked = this.#made;
    this.#open = this.#open.filter(([number, slot]) => !this.#find(number, slot));
  }

  /** Finds those of a list, if all lists that it leads to were made; whether it did. */
  #find(number: number, slot: number): boolean {
    const { cells } = this.#lists;
    const known = this.#targets(number, slot);
    if (known.some((to) => cells[to] === 0)) return false;
    known.push(slot);
    const first = at.firstOf(cells[slot]);
    const count = Math.min(mostAsleep, known.length - 1);
    const reached = known.slice(0, count).map((to) => this.#targets(number, to));
    for (let i = 0; i < count; i++) {
      const sets = cells[at.perEntry * (first + i) + at.diamondsOf];
      for (const [place, to] of reached[i].slice(0, mostAsleep).entries()) {
        const asleep = 1 << (cells[at.perHome * number + at.nibbleOf] + place);
        let by = known.includes(to) ? -1 : 0;
        for (let j = 0; j < count; j++) if (reached[j].includes(to)) by |= 1 << j;
        for (let set = 0; set < 2 ** count; set++)
          if (by === -1 || (by & set) !== 0) cells[sets + set] |= asleep;
      }
    }
    return true;
  }

  /** Where the heads are of the lists that the entries of a list lead to. */
  #targets(number: number, slot: number): number[] {
    const { cells } = this.#lists;
    const base = cells[at.perHome * number];
    const shift = cells[at.perHome * number + at.shiftOf];
    const targets: number[] = [];
    const first = at.firstOf(cells[slot]);
    for (let entry = first; entry < first + at.entriesOf(cells[slot]); entry++) {
      const place = ((slot - base) / at.perSlot) ^ (cells[at.perEntry * entry] >>> shift);
      targets.push(base + at.perSlot * place);
    }
    return targets;
  }
}
