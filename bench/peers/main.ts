import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { inDocs, writeFigures } from "../page.ts";
import { runsOf } from "../runs.ts";
import { checkers } from "./checkers.ts";
import { configs } from "./config.ts";
import { measure, type Figure } from "./measure.ts";
import { plot } from "./plot.ts";
import { legend, sizeTable } from "./table.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    size: { type: "string", multiple: true },
    write: { type: "boolean", default: false },
  },
});

const fail = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const runs = runsOf(values.runs);
const sizes = values.size ?? configs.map(({ name }) => name);
const unknown = sizes.find((size) => !configs.some(({ name }) => name === size));
if (unknown !== undefined)
  fail(`unknown size "${unknown}": the sizes are ${configs.map(({ name }) => name).join(", ")}`);

const able = checkers.filter((checker) => checker.missing() === undefined);
const lines: string[] = [
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)} before the first run.`,
  `Medians of ${runs} interleaved runs of the whole process, start-up included. Every run agrees on states, transitions and`,
  "(where it is printed) depth, and checks the benchmark's invariant.",
  "",
  ...legend(checkers),
  "",
];
const figures: Figure[] = [];
console.log(lines.join("\n"));
for (const config of configs.filter(({ name }) => sizes.includes(name))) {
  const measured = await measure(
    config,
    able.filter(({ fits }) => fits === undefined || fits(config)),
    runs,
  );
  figures.push(...measured);
  const table = sizeTable(measured);
  lines.push(...table);
  console.log(table.join("\n"));
}
if (values.write) {
  writeFigures("npm run bench:peers", lines);
  writeFileSync(inDocs("performance.svg"), plot(figures));
  console.log("docs/performance.md and docs/performance.svg are written.");
}
