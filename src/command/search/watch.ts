import type { Progress, Pulse, Stop } from "../../problem/exploration.ts";
import type { KnownSize } from "../../catalogue/size.ts";
import type { Io, Memory } from "../terminal/io.ts";
import { estimate, forecast } from "./forecast.ts";
import type { Meter } from "./progress.ts";

/** Limits on what a search may use; no part of the question. */
export interface Limits {
  readonly memoryBytes?: number | undefined;
  readonly seconds?: number | undefined;
}

/** Someone who looks at a search now and then. */
export interface Watch {
  readonly pulse: Pulse;
  /** Takes the meter's line away, before something is printed meanwhile. */
  readonly clear: () => void;
  /** Why a search was stopped last; nothing where none was. */
  readonly stopped: () => Stop | undefined;
  /** Ends the watch: the seconds that passed. */
  readonly end: () => number;
}

/** Milliseconds between two looks; signals are seen that often. */
const EVERY = 50;
/** Node dies without a word when its heap is full: stop while there is room for a table to be doubled. */
const HEAP = 0.75;
/** Garbage is collected before memory is called full, but not before so much more is resident, in part, than after the last time. */
const SWEEP = 0.02;
/** This part of the memory that is left may be allocated between two looks: a small search allocates often, and to look takes longer. */
const UNSEEN = 1 / 64;

const tooMuch = ({ resident, residentLimit }: Memory, wanted: number, limit: number | undefined): boolean =>
  resident + wanted > Math.min(residentLimit, limit ?? Infinity);

/** Watches a search, whose size may be known: shows how far it is, and stops it at a limit or an interrupt. */
export const watch = (io: Io, limits: Limits, meter: Meter, size?: KnownSize): Watch => {
  const began = io.now();
  let last = -Infinity;
  let interrupted = false;
  const release = io.onInterrupt(() => {
    interrupted = true;
  });
  const heapIsFull = ({ heap, heapLimit }: Memory): boolean => {
    if (heap < HEAP * heapLimit) return false;
    const after = io.memory(true);
    return after.heap >= HEAP * after.heapLimit;
  };
  /** Resident when garbage was last collected; as long as it is not much more now there is not much to collect. */
  let swept = 0;
  const isFull = (memory: Memory, wanted: number): boolean => {
    if (!tooMuch(memory, wanted, limits.memoryBytes)) return false;
    if (memory.resident < swept * (1 + SWEEP)) return true;
    const after = io.memory(true);
    swept = after.resident;
    return tooMuch(after, wanted, limits.memoryBytes);
  };
  /** Bytes that may be allocated before the next look. */
  let unseen = 0;
  const isLittle = (wanted: number): boolean => {
    if (wanted === 0) return true;
    unseen -= wanted;
    return unseen >= 0 && !interrupted;
  };
  /** Resident at the first look. */
  let atFirst: number | undefined;
  let foreseen = false;
  const foresee = (progress: Progress, { resident, residentLimit }: Memory): void => {
    const limit = Math.min(residentLimit, limits.memoryBytes ?? Infinity);
    if (atFirst === undefined && size !== undefined) {
      const text = estimate(size, { resident, limit });
      if (text !== undefined) meter.note(text);
      foreseen = text !== undefined || "counted" in size;
    }
    atFirst ??= resident;
    const text = foreseen ? undefined : forecast(progress, { atFirst, resident, limit });
    if (text === undefined) return;
    foreseen = true;
    meter.note(text);
  };
  const look = async (progress: Progress, now: number): Promise<Stop | undefined> => {
    const memory = io.memory();
    const limit = Math.min(memory.residentLimit, limits.memoryBytes ?? Infinity);
    unseen = UNSEEN * (limit - memory.resident) - progress.wantsBytes;
    const seconds = (now - began) / 1000;
    foresee(progress, memory);
    meter.show(progress, seconds, {
      resident: memory.resident,
      limit: limits.memoryBytes,
      all: size !== undefined && "counted" in size ? size.counted.states : undefined,
    });
    await new Promise((resolve) => setImmediate(resolve));
    if (interrupted) return "interrupted";
    if (limits.seconds !== undefined && seconds >= limits.seconds) return "time";
    if (isFull(memory, progress.wantsBytes) || heapIsFull(memory)) return "memory";
    return io.budget?.(progress);
  };
  let stopped: Stop | undefined;
  return {
    pulse: (progress) => {
      const now = io.now();
      if (now - last < EVERY && isLittle(progress.wantsBytes)) return undefined;
      last = now;
      return look(progress, now).then((stop) => {
        stopped = stop ?? stopped;
        return stop;
      });
    },
    clear: () => meter.clear(),
    stopped: () => stopped,
    end: () => {
      release();
      meter.clear();
      return (io.now() - began) / 1000;
    },
  };
};
