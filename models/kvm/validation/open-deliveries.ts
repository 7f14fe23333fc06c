import type { CapturedEvent } from "#check";

/** So many other threads may deliver at the same time in the worlds of messages; one, where the vCPU sends to itself too. */
const AT_ONCE = 2;

/** The thread of a line; the idle threads of all CPUs have one number. */
export const threadOf = ({ line: { task, cpu } }: CapturedEvent): string | undefined => {
  if (task?.pid === undefined) return undefined;
  return task.pid === 0 ? `0 on ${cpu ?? "?"}` : String(task.pid);
};

/** Which other threads are in the middle of a delivery to one vCPU, as far as a capture tells. */
export class OpenDeliveries {
  readonly #open = new Set<string>();
  readonly #most: number;

  constructor(toItself: boolean) {
    this.#most = toItself ? AT_ONCE - 1 : AT_ONCE;
  }

  has(thread: string): boolean {
    return this.#open.has(thread);
  }

  begins(thread: string): void {
    this.#open.add(thread);
  }

  /** A thread does something else, so that its delivery is over; says whether it was the last one. */
  ends(thread: string): boolean {
    return this.#open.delete(thread) && this.#open.size === 0;
  }

  /** More deliver at the same time than in any world. */
  get tooMany(): boolean {
    return this.#open.size > this.#most;
  }

  /** Nothing is known any more. */
  forget(): void {
    this.#open.clear();
  }
}
