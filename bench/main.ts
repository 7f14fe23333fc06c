import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { parseArgs, promisify } from "node:util";
import { measure, type Engine, type Measurement } from "./measure.ts";
import { runsOf } from "./runs.ts";
import { header, memory, rate, summary } from "./table.ts";

/** The first speed target, single thread, N=3 and G=1: transitions a second at least, bytes of peak memory a state at most. */
const target = { rate: 4e6, bytes: 88 };
const measured = [
  ["reference", "bench/tdx-timer-n2g1"],
  ["fast", "bench/tdx-timer-n2g1"],
  ["fast", "bench/tdx-timer-n2g2"],
  ["fast", "bench/tdx-timer-n3g1"],
  ["symmetry", "bench/tdx-timer-n3g1"],
] as const;
/** Explored once, for their numbers: they take long or say nothing new of the speed. */
const checked = [
  ["fast", "bench/tdx-timer-n3g1-nohk"],
  ["symmetry", "bench/tdx-timer-n3g1-nohk"],
  ["reference", "bench/tdx-timer-n2g2-nohk"],
  ["reference", "bench/tdx-timer-n2g2"],
] as const;

const { values } = parseArgs({
  options: { runs: { type: "string", default: "3" }, measure: { type: "string", multiple: true } },
});

/** Each exploration has a process of its own, so that its peak memory is its own. */
const apart = async (engine: Engine, scenario: string): Promise<Measurement> => {
  const args = [...process.execArgv, process.argv[1], "--measure", engine, "--measure", scenario];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Measurement;
};

const million = (rate: number): string => `${(rate / 1e6).toFixed(2)} million transitions/s`;

const bench = async (runs: number): Promise<void> => {
  const load = loadavg()[0].toFixed(1);
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, load ${load} before the first run`,
  );
  console.log(
    `One thread; medians of ${runs} runs, interleaved; all numbers exact, all invariants checked\n`,
  );
  const results: Measurement[][] = measured.map(() => []);
  for (let run = 0; run < runs; run++)
    for (const [i, [engine, scenario]] of measured.entries()) results[i].push(await apart(engine, scenario));
  console.log(header);
  for (const result of results) console.log(summary(result));
  for (const [engine, scenario] of checked) console.log(summary([await apart(engine, scenario)]));
  const [reference, same, , large] = results;
  const met = rate(large) >= target.rate && memory(large) <= target.bytes;
  console.log(
    `\nfast / reference, N=2 G=1: ${Math.round(rate(same) / rate(reference))} times (reference: ${million(rate(reference))})`,
  );
  console.log(
    `target, N=3 G=1: at least ${million(target.rate)}, at most ${target.bytes} bytes a state: ${met ? "met" : "MISSED"}` +
      ` (${million(rate(large))}, ${memory(large).toFixed(1)} bytes)`,
  );
};

if (values.measure === undefined) await bench(runsOf(values.runs));
else {
  const [engine, scenario] = values.measure;
  console.log(JSON.stringify(await measure(engine as Engine, scenario)));
}
