import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plantedKernels } from "../../../bench/planted-kernels.ts";
import { plantedRow } from "../../../bench/trace-figures.ts";

const page = readFileSync(new URL("../../../docs/traces.md", import.meta.url), "utf8");
/** The rows of the page's tables, without their padding. */
const shown = page.split("\n").map((line) => line.replaceAll(/ +/g, " "));

// Those of the I/O APIC, and one of a timer, are run again here; `npm run traces:docs` runs all.
const again = plantedKernels().filter(({ bug, world }) => world.name.endsWith("vmx-sw") || bug === "M4");

test.each(again.map((kernel) => [kernel.bug, kernel] as const))(
  "as many runs of a kernel are refused in which this is planted: %s",
  async (_, kernel) => {
    expect(shown).toContain(await plantedRow(kernel));
  },
);

test("each bug of the I/O APIC is seen in some run, and nothing in runs without any", () => {
  const rowsOf = (bug: string) => shown.filter((line) => line.startsWith(`| ${bug} |`));
  const rows = again.filter(({ bug }) => bug !== "none").flatMap(({ bug }) => rowsOf(bug));
  expect(rows).toHaveLength(7);
  for (const row of rows) expect(row).toMatch(/\| [1-9]\d* of 10 \|$/);
  expect(rowsOf("none")).toHaveLength(5);
  for (const row of rowsOf("none")) expect(row).toMatch(/\| 0 of 10 \| 0 of 10 \|$/);
});
