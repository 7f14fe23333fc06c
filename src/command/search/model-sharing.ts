import { parentPort, workerData } from "node:worker_threads";
import type { Pulse, Stop } from "../../problem/exploration.ts";

/** What each of several threads that search whole models follows. */
export interface Taking {
  readonly pulse: Pulse;
  /** Called once for each model, or for several at once, in the same order in every thread: whether this one is to search it. */
  readonly takes: () => boolean;
}

/** What a thread is started with. */
export interface Shared<G> {
  readonly given: G;
  /** Why all are to stop, then for each model whether a thread has taken it. */
  readonly cells: Int32Array;
}

const STOP = 0;

/** Why all stop, by their numbers in the cells; 0 is that they do not. */
const WHY: readonly (Stop | undefined)[] = [undefined, "interrupted", "time", "memory"];

/** Why all threads are to stop; undefined while they are not. */
export const stopFor = (cells: Int32Array): Stop | undefined => WHY[Atomics.load(cells, STOP)];

/** Has all threads stop; what was said first counts. */
export const stopAll = (cells: Int32Array, why: Stop = "interrupted"): void =>
  void Atomics.compareExchange(cells, STOP, 0, Math.max(1, WHY.indexOf(why)));

/** Cells for at most this many models. */
export const cellsFor = (models: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(4 * (1 + models)));

/** Takes one model after the other, unless another thread has taken it or all are to stop. */
export const takenOnce = (cells: Int32Array): (() => boolean) => {
  let model = 0;
  return () => stopFor(cells) === undefined && Atomics.compareExchange(cells, ++model, 0, 1) === 0;
};

/** How many models were taken. */
export const taken = (cells: Int32Array): number => cells.subarray(1).filter((cell) => cell !== 0).length;

/** In a thread that `sharedOut` started: answers with what it finds of the models that it takes. */
export const takePart = async <G, A>(
  search: (given: G, taking: Taking) => Promise<readonly A[]>,
): Promise<void> => {
  const { given, cells } = workerData as Shared<G>;
  parentPort!.postMessage(await search(given, { pulse: () => stopFor(cells), takes: takenOnce(cells) }));
};
