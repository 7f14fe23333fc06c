import { expect } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { main } from "../../src/command/program.ts";
import { fakeIo } from "../fixtures/io.ts";
import { isShown, type Shown } from "./console-blocks.ts";

/** Runs a command that a page shows, and compares. */
export const saysWhatIsPrinted = async ({ words: given, output }: Shown): Promise<void> => {
  // Worker threads would load the sources, which only the compiled program can.
  const { module: _, ...catalogue } = await shipped();
  const { module: _module, ...words } = { ...shipped };
  const { io, written } = fakeIo();
  const code = await main(
    given,
    io,
    Object.assign(async () => catalogue, words),
  );
  const { stdout, stderr } = written;
  expect([0, 1, 3]).toContain(code);
  expect(stderr).toMatch(/^(The question is saved in \S+\.yaml\.\n)?$/);
  // Where it is not, the whole of both is what to look at.
  expect(isShown(output, stdout) ? output : stdout).toBe(output);
};
