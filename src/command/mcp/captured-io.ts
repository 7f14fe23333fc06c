import type { Io } from "../terminal/io.ts";
import { spending, type Budget } from "./budget.ts";

/** What a command printed. */
export interface Printed {
  stdout: string;
  stderr: string;
}

/** The world as a call sees it: what it prints is kept, it is interrupted by `signal`, and its budget ends its searches. */
export const capturedIo = (
  io: Io,
  signal: AbortSignal,
  budget: Budget | undefined,
): { readonly io: Io; readonly printed: Printed } => {
  const printed: Printed = { stdout: "", stderr: "" };
  const sink = (stream: keyof Printed) => ({
    isTTY: false,
    write: (text: string) => void (printed[stream] += text),
  });
  const captured: Io = {
    ...io,
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    onInterrupt: (stop) => {
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop);
      return () => signal.removeEventListener("abort", stop);
    },
    ...(budget === undefined ? {} : { budget: spending(budget, io.now) }),
  };
  return { io: captured, printed };
};
