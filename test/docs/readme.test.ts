import { expect, test } from "vitest";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";
import { printedRunIn } from "../fixtures/printed-run.ts";
import { endOf, examples, readme, works } from "./readme-examples.ts";

test("README's counterexample is what its first command prints", async () => {
  const { stdout, code } = await run("explore --depth 8", {}, catalogue);
  const shown = printedRunIn(stdout, "tmict-write-loses-no-expiry violated after").trimEnd();
  expect(code).toBe(0);
  expect(readme).toContain(`\`\`\`\n${shown}\n\`\`\``);
});

/** The gate searches the worlds to the end. */
const begun = examples.map((line) => (line.startsWith("explore") ? `${line} --depth 4` : line));

test.each(begun)("README's `apicv-check %s` works", async (line) => {
  expect(await endOf(line)).toEqual(works);
});
