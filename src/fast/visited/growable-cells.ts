import { ownMemory, type Allocate } from "../values/memory.ts";

/** What is used here of WebAssembly, of which the types of JavaScript and Node know nothing. */
interface Memory {
  readonly buffer: SharedArrayBuffer;
  readonly grow: (pages: number) => number;
}
type Pages = { readonly initial: number; readonly maximum: number; readonly shared: true };
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { readonly Memory: new (pages: Pages) => Memory };
};

const page = 2 ** 16;
/** Bytes that such a memory can have at most. */
const most = 2 ** 32;
/** Below this number of bytes a copy costs less than a memory of its own. */
const small = 2 ** 20;

/**
 * Cells that become more where they are, so that there is never an old and a new copy: in a WebAssembly memory, the one
 * kind of memory here that can grow without being moved or made slower. It is always a shared one: when another grows, its
 * former array is taken away, and V8 from then on has every array access in the process ask whether that happened to it.
 * Cells that are few, or too many for it, are copied.
 */
export class GrowableCells {
  /** The current cells; replaced when they grow. */
  cells: Int32Array;
  #memory: Memory | undefined;
  readonly #allocate: Allocate;

  constructor(cells: Int32Array, allocate: Allocate = ownMemory) {
    this.cells = cells;
    this.#allocate = allocate;
  }

  /** A number of cells, all 0. @throws RangeError when there is no memory for them. */
  static of(length: number, allocate: Allocate = ownMemory): GrowableCells {
    const cells = new GrowableCells(new Int32Array(0), allocate);
    cells.grow(length);
    return cells;
  }

  /** The bytes that it takes to grow to this number of cells, while both are there. */
  bytesFor(length: number): number {
    const bytes = length * 4;
    return this.#memory !== undefined && bytes <= most ? bytes - this.cells.byteLength : bytes;
  }

  /** Adds cells, all 0, until there are `length`. @throws RangeError when there is no memory for them; nothing changed then. */
  grow(length: number): void {
    const old = this.cells;
    if (this.#memory !== undefined && length * 4 <= most) {
      this.#memory.grow(Math.ceil((length * 4) / page) - this.#memory.buffer.byteLength / page);
      this.cells = new Int32Array(this.#memory.buffer, 0, length);
      return;
    }
    const memory = length * 4 < small ? undefined : memoryOf(length * 4);
    this.cells = new Int32Array(memory?.buffer ?? this.#allocate(length * 4), 0, length);
    this.#memory = memory;
    this.cells.set(old);
  }
}

/** A memory that can grow, if there is room for its largest size among the addresses of the process. */
const memoryOf = (bytes: number): Memory | undefined => {
  if (bytes > most) return undefined;
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / page), maximum: most / page, shared: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
};
