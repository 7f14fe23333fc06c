// Explores an oracle again and again with some workers, cut up and delayed at random; prints, as JSON, what one thread
// found in peace, and in which rounds what was found differs from that.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { exploreFast, problemOf } from "./dist/src/api/inside.js";
import { outcomeOf } from "./dist/src/catalogue/outcome.js";
import { exploreJson } from "./dist/src/report/json.js";
import { summary } from "./dist/src/report/summary.js";
import { noisy, oracles } from "./noise.mjs";

const [text] = process.argv.slice(2);
const { oracle, count, rounds } = JSON.parse(text);
const scenario = oracles[oracle];
const { model, start } = scenario.build();
const problem = problemOf(model, scenario.scope, scenario.properties, start);
const question = {
  scenario,
  choice: { options: {} },
  properties: scenario.properties,
  asked: { depth: null, switches: null, states: null, memoryBytes: null, seconds: null },
};
/** The same of all, so that reports differ in nothing but what was found. */
const effort = { seconds: 1, engine: "fast", workers: 1, peakMemoryBytes: 1, bytesPerState: 1 };

const told = (found) => {
  const outcome = outcomeOf(question, problem, found);
  const states = createHash("sha256");
  for (let id = 0; id < found.states; id++) states.update(JSON.stringify(found.state(id)));
  return {
    states: found.states,
    transitions: found.transitions,
    levels: found.levels,
    dead: found.deadlocks,
    lengths: found.findings.map(({ path }) => path?.steps.length ?? null),
    order: states.digest("hex"),
    report: JSON.stringify(exploreJson(outcome, effort)),
    summary: summary(outcome, effort, []).join("\n"),
  };
};

const module = new URL("./noise.mjs", import.meta.url).href;
const alone = told(await exploreFast(problem));
const others = [];
for (let round = 0; round < rounds; round++) {
  const given = { oracle, chance: 0.002 * Math.random() };
  const slice = 2 ** Math.floor(8 * Math.random());
  const workers = { count, source: { module, name: "noisy", given }, slice, eager: true };
  const found = told(await exploreFast(noisy(given), {}, undefined, workers));
  const differs = Object.keys(alone).filter((key) => !isDeepStrictEqual(found[key], alone[key]));
  if (differs.length > 0) others.push({ round, slice, differs });
}
process.stdout.write(JSON.stringify({ alone, rounds, others }));
