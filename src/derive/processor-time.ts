import { readFileSync } from "node:fs";

interface Counting {
  readonly threadCpuUsage?: () => NodeJS.CpuUsage;
}

/** Where Linux says how many nanoseconds the thread that reads it has run. */
const SCHEDULED = "/proc/thread-self/schedstat";

const scheduled = (): number | undefined => {
  try {
    const ran = Number(readFileSync(SCHEDULED, "utf8").split(" ")[0]);
    return ran > 0 ? ran / 1e9 : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Seconds of processor time that this thread has taken so far: as node counts them (23.9 and later), else as Linux does. Where
 * neither does, those of the whole process.
 */
export const processorSeconds = (): number => {
  const { threadCpuUsage } = process as Counting;
  const { user, system } = threadCpuUsage?.call(process) ?? process.cpuUsage();
  return threadCpuUsage === undefined ? (scheduled() ?? (user + system) / 1e6) : (user + system) / 1e6;
};
