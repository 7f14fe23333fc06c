import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { moduleBeside } from "../../module-beside.ts";
import type { Choice } from "../../catalogue/scenario.ts";
import type { Bounds, Pulse } from "../../problem/exploration.ts";
import { cellsFor, stopAll } from "../search/model-sharing.ts";
import type { ToldSearch } from "./told-search.ts";

/** What the threads of a pool are started with. */
export interface PoolGiven {
  /** The module of the catalogue. */
  readonly catalogue: string;
  /** Why all are to stop. */
  readonly cells: Int32Array;
}

/** A model to be searched, by a world that comes to it. */
export interface ModelWanted {
  readonly scenario: string;
  readonly choice: Choice;
  readonly properties: readonly string[];
  readonly bounds: Bounds;
}

/** Milliseconds between two looks while the searches of others are waited for. */
const EVERY = 50;
const WAITING = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

/** Threads that search whole models, each one after the other, the first wanted first. */
export class ModelPool {
  readonly #cells = cellsFor(0);
  readonly #threads = new Set<Worker>();
  readonly #waiting: ModelWanted[];
  readonly #told = new Map<ModelWanted, PromiseWithResolver>();

  /** Begins to search the models; `count` threads do. */
  constructor(catalogue: string, wanted: readonly ModelWanted[], count: number) {
    this.#waiting = [...wanted];
    for (const one of wanted) this.#told.set(one, promised());
    const given: PoolGiven = { catalogue, cells: this.#cells };
    for (let i = 0; i < count; i++) this.#start(given);
  }

  /**
   * What a thread tells of a model, once it has searched it. Nothing where it failed, or `pulse`, which is asked meanwhile,
   * ends the pool: then whoever wants to know searches it himself.
   */
  async told(wanted: ModelWanted, pulse: Pulse): Promise<ToldSearch | undefined> {
    const { promise } = this.#told.get(wanted)!;
    let isOver = false;
    const done = promise.finally(() => (isOver = true));
    while (!isOver) {
      await Promise.race([done, after(EVERY)]);
      if (!isOver && (await pulse(WAITING)) !== undefined) await this.end();
    }
    return done;
  }

  /** Ends all threads; what was not told is not any more. */
  async end(): Promise<void> {
    stopAll(this.#cells);
    for (const { resolve } of this.#told.values()) resolve(undefined);
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #start(given: PoolGiven): void {
    const thread = new Worker(new URL(moduleBeside(import.meta.url, "check-worker")), { workerData: given });
    this.#threads.add(thread);
    let asked: ModelWanted | undefined;
    const ask = (): void => {
      asked = this.#waiting.shift();
      if (asked === undefined) void thread.terminate();
      else thread.postMessage(asked);
    };
    const gone = (): void => {
      this.#threads.delete(thread);
      if (asked !== undefined) this.#told.get(asked)!.resolve(undefined);
      if (this.#threads.size === 0) for (const { resolve } of this.#told.values()) resolve(undefined);
    };
    thread.on("message", (told: ToldSearch | undefined) => {
      this.#told.get(asked!)!.resolve(told);
      ask();
    });
    thread.on("error", gone).on("exit", gone);
    ask();
  }
}

interface PromiseWithResolver {
  readonly promise: Promise<ToldSearch | undefined>;
  readonly resolve: (told: ToldSearch | undefined) => void;
}

const promised = (): PromiseWithResolver => {
  let resolve: PromiseWithResolver["resolve"] = () => undefined;
  const promise = new Promise<ToldSearch | undefined>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
