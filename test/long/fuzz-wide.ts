// Explores generated models of many values with several threads; prints, as JSON, how many, and what differs from one thread.
import { isDeepStrictEqual } from "node:util";
import { exploreFast } from "#check";
import { disturbedWide, wide, type Wide } from "../trust/wide.ts";
import { all } from "../checkpoint/kept.ts";

const { seed, count, most } = JSON.parse(process.argv[2]) as Record<string, number>;
const module = new URL("../trust/wide.js", import.meta.url).href;
const modes: readonly Wide["mode"][] = ["whole", "symmetry", "por"];

const sum = { searches: 0, states: 0, large: 0, repacks: 0 };
const differs: unknown[] = [];
for (let model = 0; model < count; model++)
  for (const mode of modes) {
    const given: Wide = { seed: seed + model, mode };
    const threads = {
      count: 2 + (model % 3),
      source: { module, name: "disturbedWide", given },
      eager: true,
      slice: 1 + (model % 29),
    };
    const bounds = { states: most };
    const alone = await exploreFast(wide(given), bounds);
    const found = await exploreFast(disturbedWide(given), bounds, undefined, threads);
    if (!isDeepStrictEqual(all(found), all(alone))) differs.push({ given, threads: threads.count });
    sum.searches++;
    sum.states += found.states;
    sum.repacks += found.stats.repacks;
    if (found.stats.words > 1) sum.large++;
  }
process.stdout.write(JSON.stringify({ sum, differs }));
