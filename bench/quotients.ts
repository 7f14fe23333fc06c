import { mkdirSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { followedWorlds } from "../scenarios/validation/followed-worlds.ts";
import { quotientFile } from "../scenarios/kept-quotients.ts";
import { freshGraph, keptText } from "../src/validate/world-graph.ts";

/** Where the graphs are kept with which captures are followed. */
const FOLDER = "scenarios/validation/quotients";

const asked = process.argv.slice(2);

mkdirSync(FOLDER, { recursive: true });
for (const world of followedWorlds) {
  if (asked.length > 0 && !asked.some((word) => world.name.includes(word))) continue;
  const begun = performance.now();
  const graph = await freshGraph(world);
  writeFileSync(`${FOLDER}/${quotientFile(world.name)}`, keptText(world, graph));
  process.stdout.write(
    `${world.name}: ${graph.nodes} nodes, ${graph.label.length} edges, ${Math.round((performance.now() - begun) / 1000)} s\n`,
  );
}
