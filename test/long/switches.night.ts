import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { page, rowsOf, type FewestSwitches } from "../../bench/fewest-switches.ts";
import { scenarios } from "../../scenarios/index.ts";

test("docs/switches.md is what npm run switches:docs writes", async () => {
  const rows: FewestSwitches[] = [];
  for (const scenario of scenarios) rows.push(...(await rowsOf(scenario)));
  const shown = readFileSync(new URL("../../docs/switches.md", import.meta.url), "utf8");
  expect(shown).toBe(`${page(rows).join("\n")}\n`);
});
