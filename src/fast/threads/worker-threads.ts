import { MessageChannel, type MessagePort, type Worker } from "node:worker_threads";
import { phases, type Control } from "./control.ts";
import type { Boot, MemoryMessage } from "./messages.ts";
import { workerFor } from "./prestarted.ts";
import type { Tally } from "./tally.ts";
import type { Workers } from "./workers.ts";

/** Milliseconds that a thread has to leave on its own. */
const grace = 1_000;

/** The worker threads themselves: started, spoken to, waited for and ended. */
export class WorkerThreads {
  readonly #control: Control;
  readonly #threads: readonly Worker[];
  readonly #ports: readonly MessagePort[];
  readonly #exits: readonly Promise<void>[];
  #failure: Error | undefined;
  #ended = false;

  /**
   * Employs a thread for each tally but the first, which is that of the thread that calls; `signature` is that of the
   * problem which all are to find at `source`.
   */
  constructor(
    signature: string,
    { source, prestarted }: Pick<Workers, "source" | "prestarted">,
    control: Control,
    tallies: readonly Tally[],
  ) {
    this.#control = control;
    const channels = tallies.slice(1).map(() => new MessageChannel());
    this.#ports = channels.map(({ port1 }) => port1);
    this.#threads = channels.map(({ port2 }, i) => {
      const tally = tallies[i + 1].cells;
      const boot: Boot = { source, control: control.cells, tally, port: port2, signature };
      const thread = workerFor(boot, prestarted);
      thread.on("error", (error) => (this.#failure ??= error));
      thread.on("exit", () => {
        if (!this.#ended) this.#failure ??= new Error(`worker ${i + 1} ended before the search did`);
      });
      return thread;
    });
    for (const port of this.#ports) port.unref();
    this.#exits = this.#threads.map((thread) => new Promise((left) => thread.once("exit", () => left())));
  }

  /** Whether all are ready. @throws what one of them failed with. */
  get ready(): boolean {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#control.ready === this.#ports.length;
  }

  /** Waits until all are ready. @throws what one of them failed with. */
  async made(): Promise<void> {
    while (!this.ready) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** Sends something to all; they take it before the next phase. */
  send(message: MemoryMessage): void {
    for (const port of this.#ports) port.postMessage(message);
    this.#control.sent();
  }

  /** Waits until all are done with a phase. @throws what one of them failed with. */
  async done(): Promise<void> {
    while (!this.#control.waitForDone(this.#ports.length)) await this.lookAround();
  }

  /** Lets events happen. @throws what one of them failed with. */
  async lookAround(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends all: those that wait leave on their own, the others are ended after a while. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#control.begin(phases.end);
    const late = setTimeout(() => {
      for (const thread of this.#threads) void thread.terminate();
    }, grace);
    await Promise.all(this.#exits);
    clearTimeout(late);
  }
}
