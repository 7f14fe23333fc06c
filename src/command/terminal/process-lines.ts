import type { LineSource } from "./io.ts";

/** The lines of stdin: edited and recalled where that is a terminal, read as they are where it is a pipe or a file. */
export const processLines: LineSource = {
  get isTTY() {
    return process.stdin.isTTY === true && process.stdout.isTTY === true;
  },
  lines: async function* (prompt, signal) {
    const { createInterface } = await import("node:readline");
    const asks = this.isTTY;
    const lines = createInterface({
      input: process.stdin,
      signal,
      crlfDelay: Infinity,
      ...(asks ? { output: process.stdout, prompt } : { terminal: false }),
    });
    // In a terminal ^C is read as a key: it is the signal that it is everywhere else.
    lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    let closed = false;
    lines.once("close", () => {
      closed = true;
    });
    try {
      if (asks) lines.prompt();
      for await (const line of lines) {
        yield line;
        // Reading again after the end would wait for ever.
        if (asks && !closed) lines.prompt();
      }
    } finally {
      lines.close();
      // What is still to come is not waited for.
      process.stdin.pause();
      // A file has nothing that the process would wait for, and no such method.
      (process.stdin as Partial<Pick<NodeJS.ReadStream, "unref">>).unref?.();
    }
  },
};
