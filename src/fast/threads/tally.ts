import type { FullCounts } from "../../problem/exploration.ts";
import { sharedMemory } from "../values/memory.ts";

const first = 5;

/** What one thread of a search counted and holds, in memory that it shares with the thread that adds them up. */
export class Tally {
  readonly cells: Float64Array;
  readonly #steps: number;

  constructor(steps: number, properties: number, cells?: Float64Array) {
    this.#steps = steps;
    this.cells = cells ?? new Float64Array(sharedMemory((first + 2 * steps + properties) * 8));
  }

  /** Bytes held. */
  get bytes(): number {
    return this.cells[0];
  }

  set bytes(bytes: number) {
    this.cells[0] = bytes;
  }

  /** Bytes that the next chunk is going to need. */
  get wantsBytes(): number {
    return this.cells[1];
  }

  set wantsBytes(bytes: number) {
    this.cells[1] = bytes;
  }

  /** Guards run because their answer was not known yet. */
  get evaluations(): number {
    return this.cells[2];
  }

  set evaluations(evaluations: number) {
    this.cells[2] = evaluations;
  }

  /** With symmetry, what the states that were expanded and their transitions stand for. */
  get full(): FullCounts {
    return { states: this.cells[3], transitions: this.cells[4] };
  }

  set full({ states, transitions }: FullCounts) {
    this.cells[3] = states;
    this.cells[4] = transitions;
  }

  /** For each step, how often it was taken. */
  get fired(): Float64Array {
    return this.cells.subarray(first, first + this.#steps);
  }

  /** For each step, how many states were first reached by it. */
  get newStates(): Float64Array {
    return this.cells.subarray(first + this.#steps, first + 2 * this.#steps);
  }

  /** For each property, how many states or transitions saw it. */
  get seen(): Float64Array {
    return this.cells.subarray(first + 2 * this.#steps);
  }
}
