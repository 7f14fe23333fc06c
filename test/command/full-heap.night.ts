import { expect, test } from "vitest";
import { ended, useProgram } from "./endless.ts";

useProgram();

test("a heap that is nearly full stops the search with counts, not the process", async () => {
  const { code, stdout } = await ended("endless.mjs", ["explore", "--reference"], {
    node: ["--max-old-space-size=64"],
  });
  expect(code).toBe(3);
  expect(stdout).toContain("INCOMPLETE: stopped at the memory limit");
  expect(stdout).toMatch(/a-below-1 +violated \(known\) after 1 step/);
});
