import { CheckError } from "../../errors.ts";
import { codecOf, type Codec } from "../../derive/codec.ts";
import { componentsOf, type Components } from "../../derive/component.ts";
import type { Problem } from "../../problem/exploration.ts";
import { Interner, type Numbering } from "./interner.ts";
import { layoutOf, type Layout } from "./layout.ts";
import type { Packing } from "./packing.ts";
import type { Columns } from "./leaves.ts";
import { columnSizes, stateLeaves, type StateLeaf } from "./leaves.ts";
import { ValueLog } from "./value-log.ts";

/** The components of a problem's states, the numbering of their values and their present packing. */
export class Space<S> implements Columns {
  readonly components: Components;
  readonly leaves: readonly StateLeaf[];
  /** The columns of all types' rows, by number. */
  readonly columns: Int32Array[] = [];
  /** How many values each column has. */
  readonly sizes: readonly number[];
  /** One interner for each member; members of one type share it. */
  readonly interners: readonly Interner[];
  layout: Layout;
  readonly #types: readonly Interner[];
  readonly #numbering: Numbering;
  /** What the threads of a search number values by; there is none where one thread searches alone. */
  #log: ValueLog | undefined;
  readonly #codec: Codec<S>;
  /** The first leaf of each member. */
  readonly #starts: readonly number[];
  readonly #leafCodes: Int32Array;
  readonly #decoded: Int32Array;

  constructor({ model, scope }: Problem<S>, log?: ValueLog) {
    this.#codec = codecOf(model.state, scope);
    this.components = componentsOf(model.state, scope);
    this.leaves = stateLeaves(this.components);
    this.sizes = columnSizes(this.components);
    this.#numbering = {
      outgrown: false,
      claim: (type, codes) =>
        this.#log === undefined ? this.#types[type].add(codes) : this.#log.claim(this.#types, type, codes),
    };
    this.#types = this.components.types.map(
      (type, i) => new Interner(i, type, this.columns, this.#numbering),
    );
    this.interners = this.components.members.map(({ type }) => this.#types[type]);
    let start = 0;
    this.#starts = this.components.members.map(({ type }) => {
      const first = start;
      start += this.components.types[type].leaves.length;
      return first;
    });
    this.#leafCodes = new Int32Array(start);
    this.#decoded = new Int32Array(start);
    this.layout = layoutOf(this.components.members.map(() => 1));
    this.#log = log;
    this.catchUp();
  }

  /** Whether some component has an id that the layout has no room for. */
  get outgrown(): boolean {
    return this.#numbering.outgrown;
  }

  /** Begins to number values together with other threads. @throws CheckError when there are too many values. */
  share(): ValueLog {
    this.#log = new ValueLog();
    this.#log.begin(this.#types);
    return this.#log;
  }

  /** Numbers what other threads have met since. */
  catchUp(): void {
    this.#log?.catchUp(this.#types);
  }

  /** The bytes of the rows of all component values, and of the tables in which they are looked up. */
  get bytes(): number {
    const rows = this.columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return this.#types.reduce((sum, { bytes }) => sum + bytes, rows);
  }

  /** How many values each component type has had. */
  get values(): readonly number[] {
    return this.#types.map(({ next }) => next);
  }

  /** The component ids of a state. @throws CheckError when it is outside its domain. */
  intern(state: S): Int32Array {
    const row = this.#codec.encode(state);
    return Int32Array.from(this.interners, (interner, member) =>
      interner.intern(row.subarray(this.#starts[member], this.#starts[member + 1])),
    );
  }

  /** The leaf codes of the state with these component ids. Good until the next call. */
  leafCodes(ids: Int32Array): Int32Array {
    return this.#read(ids, this.#leafCodes);
  }

  /** The state with these component ids. */
  decode(ids: Int32Array): S {
    return this.#codec.decode(this.#read(ids, this.#decoded));
  }

  /** The layout with room for every id given out so far. */
  get wider(): Layout {
    return layoutOf(this.interners.map(({ next }) => next));
  }

  /** Makes room for every id given out so far. */
  widen(): void {
    this.packFor(this.interners.map(({ next }) => next));
  }

  /** Makes room for the given number of ids of each component. */
  packFor(sizes: readonly number[]): void {
    this.layout = layoutOf(sizes);
    this.#numbering.outgrown = false;
    for (const interner of this.#types) interner.capacity = Infinity;
    this.interners.forEach((interner, member) => {
      interner.capacity = Math.min(interner.capacity, this.layout.capacity[member]);
    });
  }

  /** For each component type the leaf codes of its values, one after the other in the order of their ids. */
  get codes(): readonly Int32Array[] {
    return this.#types.map((interner) => {
      const codes = new Int32Array(interner.next * interner.width);
      for (let id = 0; id < interner.next; id++) interner.read(id, codes, id * interner.width);
      return codes;
    });
  }

  /**
   * Numbers the values as another search did, and packs states as it did.
   * @throws CheckError when the values met so far have other numbers there.
   */
  restore({ sizes, values }: Omit<Packing, "words">): void {
    this.packFor(sizes);
    this.#types.forEach((interner, type) => {
      const known = interner.next;
      const { width } = interner;
      for (let id = 0; id * width < values[type].length; id++) {
        const codes = values[type].subarray(id * width, (id + 1) * width);
        if (id >= known) interner.add(codes);
        else if (interner.find(codes) !== id)
          throw new CheckError("version", "the start states were numbered otherwise: the model changed");
      }
    });
  }
  #read(ids: Int32Array, codes: Int32Array): Int32Array {
    for (let member = 0; member < ids.length; member++)
      this.interners[member].read(ids[member], codes, this.#starts[member]);
    return codes;
  }
}
