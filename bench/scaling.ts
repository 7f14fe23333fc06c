import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { promisify } from "node:util";
import { exploreFast, problemOf, type AnyScenario, type Property } from "#check";
import { benchmarks, endless } from "../models/bench/index.ts";
import { manyInvariants } from "./many-invariants.ts";
import { median } from "./table.ts";

/** What one search took. */
interface Cost {
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

const large = benchmarks.find(({ name }) => name === "bench/tdx-timer-n3g1")!;
const invariantsOf = (count: number): readonly Property<unknown>[] =>
  manyInvariants.slice(0, count) as readonly Property<never>[] as readonly Property<unknown>[];

/** The searches that are compared, by name: a world, the properties asked, and the states after which it is cut. */
const searches: Readonly<Record<string, readonly [AnyScenario, readonly Property<unknown>[], number?]>> = {
  "1000000": [endless, endless.properties, 1_000_000],
  "5000000": [endless, endless.properties, 5_000_000],
  "25000000": [endless, endless.properties, 25_000_000],
  "50000000": [endless, endless.properties, 50_000_000],
  "1 invariant": [large, invariantsOf(1)],
  "20 invariants": [large, invariantsOf(20)],
};

const search = async (name: string): Promise<Cost> => {
  const [scenario, properties, states] = searches[name];
  const { model, start } = scenario.build({ design: null, guest: null, options: {} });
  const problem = problemOf(model, scenario.scope, properties, start);
  const before = process.cpuUsage();
  const began = performance.now();
  const found = await exploreFast(problem, states === undefined ? {} : { states });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (found.stop !== (states === undefined ? "exhausted" : "states"))
    throw new Error(`${name}: stopped by ${found.stop}`);
  if (found.findings.some(({ path, antecedent }) => path !== undefined || antecedent === 0))
    throw new Error(`${name}: an invariant is broken, or says nothing`);
  return {
    states: found.states,
    transitions: found.transitions,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
};

/** Each search has a process of its own, so that its peak memory is its own. */
const apart = async (name: string): Promise<Cost> => {
  const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1], name]);
  return JSON.parse(stdout) as Cost;
};

const line = (name: string, costs: readonly Cost[]): string => {
  const [{ states, transitions }] = costs;
  const seconds = median(costs.map((cost) => cost.seconds));
  const cpu = median(costs.map((cost) => cost.cpuSeconds));
  const bytes = median(costs.map((cost) => cost.peakBytes));
  return [
    name.padEnd(14),
    states.toLocaleString("en").padStart(12),
    seconds.toFixed(2).padStart(9),
    cpu.toFixed(2).padStart(9),
    ((seconds / states) * 1e9).toFixed(0).padStart(12),
    ((seconds / transitions) * 1e9).toFixed(0).padStart(17),
    (bytes / states).toFixed(1).padStart(15),
  ].join("");
};

const [, , asked] = process.argv;
if (asked === undefined) {
  const runs = 3;
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}; medians of ${runs} interleaved runs\n`,
  );
  const costs = new Map(Object.keys(searches).map((name) => [name, [] as Cost[]]));
  for (let run = 0; run < runs; run++) for (const [name, all] of costs) all.push(await apart(name));
  console.log(
    `${"".padEnd(14)}${"states".padStart(12)}${"seconds".padStart(9)}${"cpu".padStart(9)}` +
      `${"ns a state".padStart(12)}${"ns a transition".padStart(17)}${"bytes a state".padStart(15)}`,
  );
  for (const [name, all] of costs) console.log(line(name, all));
} else console.log(JSON.stringify(await search(asked)));
