import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/scenario-files.md"), "utf8");
const files = [...page.matchAll(/^```yaml\n(format: 1\n[^`]*)```$/gm)].map(([, text]) => text);

test("the files of the page are files", () => {
  expect(files.length).toBe(2);
  for (const text of files)
    expect(
      scenarioFrom({ name: "page.yaml", text }, { axes, cites, scenarios }).properties.length,
    ).toBeGreaterThan(0);
});
