import { programName } from "../../program-name.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { serve } from "./server.ts";

/** The options of `ui`, as parsed. */
export interface UiFlags {
  readonly port: number;
}

/** `ui`: serves the page that explores until it is interrupted; the exit code. */
export const ui = async ({ port }: UiFlags, io: Io): Promise<number> => {
  const interrupted = new Promise<void>((resolve) => {
    const release = io.onInterrupt(() => {
      release();
      resolve();
    });
  });
  const { url, close } = await serve(port);
  io.stdout.write(`${url}\n`);
  io.stderr.write(`${programName()}: the page is served to this machine alone; Ctrl-C ends it\n`);
  await interrupted;
  await close();
  return EXIT.interrupted;
};
