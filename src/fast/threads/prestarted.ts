import { Worker } from "node:worker_threads";
import { moduleBeside } from "../../module-beside.ts";
import type { Boot } from "./messages.ts";
import type { Source, Workers } from "./workers.ts";

/** Starts a worker thread; it calls what a module has to be called early, if anything, and then waits to be sent its part. */
const started = (early: Source | undefined): Worker =>
  new Worker(new URL(moduleBeside(import.meta.url, "worker")), { workerData: early });

/**
 * Worker threads that are started before there is a problem to search, so that they load what it will be made of while this
 * thread does. They keep no process alive.
 */
export class PrestartedWorkers {
  readonly #waiting: Worker[] = [];

  /** Starts `count` threads that each call what a module exports. */
  constructor(count: number, early: Source) {
    for (let i = 0; i < count; i++) {
      const thread = started(early);
      this.#waiting.push(thread);
      // A thread that ends so early is not given a part.
      thread.on("error", () => this.#drop(thread)).on("exit", () => this.#drop(thread));
      thread.unref();
    }
  }

  /** One of them, if there is one left. */
  take(): Worker | undefined {
    const thread = this.#waiting.shift();
    thread?.ref();
    return thread;
  }

  #drop(thread: Worker): void {
    const at = this.#waiting.indexOf(thread);
    if (at >= 0) this.#waiting.splice(at, 1);
  }
}

/** A worker thread with its part in a search: one of those that wait, or a new one. */
export const workerFor = (boot: Boot, prestarted: Workers["prestarted"]): Worker => {
  const waiting = prestarted?.take();
  const thread = waiting instanceof Worker ? waiting : started(undefined);
  thread.postMessage(boot, [boot.port]);
  return thread;
};
