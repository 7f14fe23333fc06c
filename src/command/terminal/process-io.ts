import { availableParallelism, totalmem } from "node:os";
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemReason } from "../../errors.ts";
import { EXIT, type Io, type Sink } from "./io.ts";
import { processLines } from "./process-lines.ts";
import { hearSignals } from "./signals.ts";
import { programName } from "../../program-name.ts";

/**
 * A stream as a sink. A reader that went away is no error, and the exit code stays what it is; what else goes wrong is
 * said in one line, and is the exit code: what was asked for is not there.
 */
const sinkOf = (stream: NodeJS.WriteStream, complain: (text: string) => void): Sink => {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (open && error.code !== "EPIPE") {
      complain(`${programName()}: cannot write the result: ${systemReason(error)}\n`);
      process.on("exit", () => (process.exitCode = EXIT.usage));
    }
    open = false;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
  };
};

/** What node sets aside for new objects, inside the limit it reports, unless told otherwise. */
const YOUNG = 48 * 2 ** 20;

/** The heap of objects that have lived for a while: where it is full node ends the process. */
const oldHeap = (): { readonly heap: number; readonly heapLimit: number } => ({
  heap: getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith("new_"))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0),
  heapLimit: getHeapStatistics().heap_size_limit - YOUNG,
});

/** Runs the garbage collector, which node hides unless asked. */
const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
};

const residentLimit = (): number => {
  const constrained = process.constrainedMemory();
  return 0.9 * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem());
};

/** The world as this process sees it; signals are heard from when somebody listens. */
export const processIo = (): Io => {
  const stderr = sinkOf(process.stderr, () => undefined);
  return {
    stdout: sinkOf(process.stdout, stderr.write),
    stderr,
    stdin: processLines,
    env: process.env,
    now: () => performance.now(),
    memory: (collect = false) => {
      if (collect) collectGarbage();
      return {
        resident: process.memoryUsage.rss(),
        peak: process.resourceUsage().maxRSS * 1024,
        residentLimit: residentLimit(),
        ...oldHeap(),
      };
    },
    onInterrupt: hearSignals(stderr.write),
    processors: availableParallelism(),
  };
};
