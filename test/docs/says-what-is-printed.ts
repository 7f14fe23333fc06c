import { expect } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { run } from "../fixtures/io.ts";
import { isShown, type Shown } from "./console-blocks.ts";

/** Runs a command that a page shows, and compares. */
export const saysWhatIsPrinted = async ({ words, output }: Shown): Promise<void> => {
  // Worker threads would load the sources, which only the compiled program can.
  const { module: _, ...catalogue } = await shipped();
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  expect([0, 1]).toContain(code);
  expect(stderr).toMatch(/^(The question is saved in \S+\.yaml\.\n)?$/);
  // Where it is not, the whole of both is what to look at.
  expect(isShown(output, stdout) ? output : stdout).toBe(output);
};
