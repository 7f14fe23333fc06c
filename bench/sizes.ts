import { groupsOf } from "../src/catalogue/cases.ts";
import { worldText, type Sizes } from "../src/catalogue/size.ts";
import { exploreFast } from "#check";
import { scenarios } from "../scenarios/index.ts";

/** Smaller worlds fit anywhere. */
const LARGE = 500_000;

const sizes: Record<string, Sizes[string]> = {};
for (const { problem, cases, unreachable } of groupsOf(scenarios)) {
  if (unreachable !== undefined) continue;
  const { stop, states, tableBytes: bytes } = await exploreFast(problem);
  if (stop !== "exhausted" || states < LARGE) continue;
  for (const { scenario, choice } of cases) sizes[worldText(scenario, choice)] = { states, bytes };
}
const lines = Object.entries(sizes).map(
  ([world, { states, bytes }]) => `  ${JSON.stringify(world)}: { states: ${states}, bytes: ${bytes} },`,
);
console.log(
  [
    `/** The worlds of ${LARGE} states or more, as \`npm run sizes\` measured them. */`,
    "export const sizes = {",
    ...lines,
    "};",
  ].join("\n"),
);
