import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { catalogueOf, scenarioNamed } from "../src/catalogue/catalogue.ts";
import { keptIn } from "../src/command/mutate/kept-answers.ts";
import { exploreFast } from "../src/explore.ts";
import { mutateWorlds, type MutantResult } from "../src/mutate/mutate-worlds.ts";
import { partOfAction, surveyed } from "../src/mutate/survey.ts";
import { actionParts } from "../scenarios/action-parts.ts";
import { kvm } from "../scenarios/kvm.ts";
import { axes } from "../scenarios/words.ts";
import { leftMutants } from "./left-mutants.ts";
import { leftLines, partsTable } from "./mutants-page.ts";
import { mutatedParts } from "./mutated-worlds.ts";
import { inDocs, withFigures } from "./page.ts";

const { values } = parseArgs({ options: { checkpoint: { type: "string" } } });
const kept = keptIn(values.checkpoint);
const catalogue = await catalogueOf({ axes, scenarios: kvm })();
const results: MutantResult[] = [];
const killed = new Set<string>();
for (const { parts, worlds } of mutatedParts)
  for (const { scenario, guest, set } of worlds) {
    const began = performance.now();
    const asked = await mutateWorlds(
      [scenarioNamed(catalogue, scenario)],
      { guest, set },
      {
        ...kept,
        explore: exploreFast,
        pulse: () => undefined,
        most: 300_000,
        seed: 0,
        takes: () => true,
        settled: ({ id, action }) =>
          killed.has(id) || !parts.includes(partOfAction(actionParts, action) ?? ""),
      },
    );
    if (asked.tooLarge.length > 0) throw new Error(`${asked.tooLarge.join(", ")}: too large`);
    for (const { mutant, verdict } of asked.results) if (verdict.kind === "killed") killed.add(mutant);
    results.push(...asked.results);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.error(`${[scenario, guest, ...set].join(" ")}: ${asked.results.length} mutants in ${seconds} s`);
  }
const all = surveyed(results, actionParts);
const page = inDocs("mutants.md");
const command = "npm run mutants:docs";
const rates = withFigures(readFileSync(page, "utf8"), command, partsTable(all));
const left = withFigures(rates, `${command}, what is left`, leftLines(all, leftMutants));
const style = await resolveConfig(page);
writeFileSync(page, await format(left, { ...style, filepath: page }));
