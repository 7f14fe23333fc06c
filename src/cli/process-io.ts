import { totalmem } from "node:os";
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { EXIT, type Io, type Sink } from "./io.ts";

/** A stream as a sink; a reader that went away is no error, and the exit code stays what it is. */
const sinkOf = (stream: NodeJS.WriteStream, complain: (text: string) => void): Sink => {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (open && error.code !== "EPIPE") complain(`apicv-check: cannot write the result: ${error.message}\n`);
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

const onInterrupt: Io["onInterrupt"] = (stop) => {
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(EXIT.interrupted);
    asked = true;
    stop();
  };
  process.on("SIGINT", listener).on("SIGTERM", listener);
  return () => process.off("SIGINT", listener).off("SIGTERM", listener);
};

/** The world as this process sees it. */
export const processIo = (): Io => {
  const stderr = sinkOf(process.stderr, () => undefined);
  return {
    stdout: sinkOf(process.stdout, stderr.write),
    stderr,
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
    onInterrupt,
  };
};
