import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { parseArgs, promisify } from "node:util";
import { exploreFast, problemOf, type AnyScenario, type Choice, type Property } from "#check";
import { choiceOf } from "../src/catalogue/choice.ts";
import { benchmarks, endless } from "../models/textbook/benchmark/index.ts";
import { scenarios } from "../scenarios/index.ts";
import { manyInvariants } from "./many-invariants.ts";
import { writeFigures } from "./page.ts";
import { runsOf } from "./runs.ts";
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

/** A world, the properties asked, and the states after which it is cut. */
interface Asked {
  readonly scenario: AnyScenario;
  readonly properties: readonly Property<unknown>[];
  readonly choice?: Choice;
  readonly states?: number;
}

const nothing: Choice = { options: {} };
const kvm = scenarios.find(({ name }) => name === "kvm/rtc-two-destinations")!;
const cut = (states: number): readonly [string, Asked] => [
  `N=3, G=2, cut at ${states / 1e6} million`,
  { scenario: endless, properties: endless.properties, states },
];

/** The searches that are compared, by name. */
const searches = new Map<string, Asked>([
  ...[1_000_000, 5_000_000, 25_000_000, 50_000_000].map(cut),
  ["N=3, G=1, 1 invariant", { scenario: large, properties: invariantsOf(1) }],
  ["N=3, G=1, 20 invariants", { scenario: large, properties: invariantsOf(20) }],
  [
    `${kvm.name}, split`,
    {
      scenario: kvm,
      properties: kvm.properties,
      choice: choiceOf(kvm, { set: ["irqchip=split"] }),
    },
  ],
]);

const search = async (name: string): Promise<Cost> => {
  const { scenario, properties, choice = nothing, states } = searches.get(name)!;
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, properties, start);
  const before = process.cpuUsage();
  const began = performance.now();
  const found = await exploreFast(problem, states === undefined ? {} : { states });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (found.stop !== (states === undefined ? "exhausted" : "states"))
    throw new Error(`${name}: stopped by ${found.stop}`);
  if (
    scenario !== kvm &&
    found.findings.some(({ path, antecedent }) => path !== undefined || antecedent === 0)
  )
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
  const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1], "--search", name]);
  return JSON.parse(stdout) as Cost;
};

const row = (name: string, costs: readonly Cost[]): string => {
  const [{ states, transitions }] = costs;
  const seconds = median(costs.map((cost) => cost.seconds));
  const cpu = median(costs.map((cost) => cost.cpuSeconds));
  const bytes = median(costs.map((cost) => cost.peakBytes));
  const cells = [
    name,
    states.toLocaleString("en"),
    seconds.toFixed(2),
    cpu.toFixed(2),
    ((seconds / states) * 1e9).toFixed(0),
    ((seconds / transitions) * 1e9).toFixed(0),
    (bytes / states).toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
};

const compare = async (runs: number, write: boolean): Promise<void> => {
  const costs = new Map([...searches.keys()].map((name) => [name, [] as Cost[]]));
  const lines = [
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)} before the first run; medians of ${runs} interleaved runs, one thread, start-up of Node not counted.`,
    "",
    "| search | states | seconds | of processor time | ns a state | ns a transition | peak bytes a state |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
  ];
  for (let run = 0; run < runs; run++) for (const [name, all] of costs) all.push(await apart(name));
  for (const [name, all] of costs) lines.push(row(name, all));
  lines.push("");
  console.log(lines.join("\n"));
  if (write) writeFigures("npm run bench:scaling", lines);
};

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
    search: { type: "string" },
  },
});
if (values.search === undefined) await compare(runsOf(values.runs), values.write);
else console.log(JSON.stringify(await search(values.search)));
