import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Pulse, Stop } from "../../problem/exploration.ts";
import { cellsFor, stopAll, stopFor, takenOnce, type Shared, type Taking } from "./model-sharing.ts";

/** Whole models, and who searches them. */
export interface ModelThreads<G> {
  /** The URL of the module that the other threads run: it calls `takePart`. */
  readonly worker: string;
  /** What they are told. */
  readonly given: G;
  /** How many models there are at most. */
  readonly models: number;
  /** How many threads search, this one among them. */
  readonly count: number;
  /** Follows the searches of this thread, and is asked now and then while it waits for others: whoever it stops, all stop. */
  readonly pulse: Pulse;
}

/** Milliseconds between two looks while this thread only waits. */
const EVERY = 50;
const WAITING = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

/** What a thread answers. Rejects with what it failed with. */
const answersOf = <G, A>(worker: string, shared: Shared<G>): Promise<readonly A[]> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL(worker), { workerData: shared });
    thread.on("message", resolve).on("error", reject);
    thread.on("exit", () => reject(new Error("a thread that searches models ended before it had answered")));
  });

/**
 * Whole models shared among threads, of which this is one: what this one found, what the others answered, and why they
 * ended early where they did. `tell` is given the cells by which they agree, before anything is searched.
 */
export const sharedOut = async <G, A, M>(
  { worker, given, models, count, pulse }: ModelThreads<G>,
  search: (taking: Taking) => Promise<M>,
  tell: (cells: Int32Array) => void = () => undefined,
): Promise<{ readonly mine: M; readonly others: readonly A[]; readonly stop: Stop | undefined }> => {
  const cells = cellsFor(models);
  tell(cells);
  const look: Pulse = async (progress) => {
    const why = stopFor(cells) ?? (await pulse(progress));
    if (why !== undefined) stopAll(cells, why);
    return why;
  };
  let waiting = true;
  const others = Promise.all(
    Array.from({ length: count - 1 }, () => answersOf<G, A>(worker, { given, cells })),
  ).finally(() => {
    waiting = false;
  });
  const own = search({ pulse: look, takes: takenOnce(cells) });
  try {
    // Whoever fails ends the others.
    const [found] = await Promise.all([
      own.then(async (mine) => {
        while (waiting && (await look(WAITING)) === undefined) await after(EVERY);
        return mine;
      }),
      others,
    ]);
    return { mine: found, others: (await others).flat(), stop: stopFor(cells) };
  } catch (error) {
    stopAll(cells);
    await Promise.allSettled([own, others]);
    throw error;
  }
};
