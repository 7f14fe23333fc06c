// Every case of every world against its expected verdicts, every claim, and what tests search whole worlds: some
// processes at a time, as many as there are processors. `--shard 1/4` does a quarter of it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { shard: { type: "string", default: "1/1" } } });
const [shard, of] = values.shard.split("/").map(Number);
if (!(Number.isInteger(shard) && Number.isInteger(of) && shard >= 1 && shard <= of)) {
  console.error(`gate: --shard has to be one of so many, as 1/4, not ${values.shard}`);
  process.exit(2);
}

const processors = availableParallelism();
/** Parts of the check: more than processors, so that none of these is idle for long at the end. */
const pieces = 2 * processors;
const program = "dist/cli/main.js";

const checks = Array.from({ length: pieces }, (_, i) => ({
  name: `check ${i + 1}/${pieces}`,
  args: [
    program,
    "check",
    "--no-cache",
    "--quiet",
    "--workers=1",
    "--shard",
    `${(shard - 1) * pieces + i + 1}/${of * pieces}`,
  ],
}));
const claims = {
  name: "claims, as in docs/claims.md",
  args: [
    program,
    "claims",
    "--no-cache",
    "--quiet",
    "--markdown",
    `--workers=${Math.max(1, Math.floor(processors / 2))}`,
  ],
  shows: "docs/claims.md",
};
const tests = Array.from({ length: processors }, (_, i) => ({
  name: `tests ${i + 1}/${processors}`,
  args: [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--mode=gate",
    "--maxWorkers=1",
    `--shard=${(shard - 1) * processors + i + 1}/${of * processors}`,
  ],
}));

/** Runs a part to its end: whether it passed, and what it printed. */
const run = ({ args, shows }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let [printed, out] = ["", ""];
    child.stdout.on("data", (chunk) => (printed += chunk) && (out += chunk));
    child.stderr.on("data", (chunk) => (printed += chunk));
    child.on("close", (code) => {
      const stale = shows !== undefined && code === 0 && out !== readFileSync(shows, "utf8");
      resolve({
        passed: code === 0 && !stale,
        printed: stale ? `${shows} is stale: npm run claims:docs\n` : printed,
      });
    });
  });

// The longest first.
const waiting = [...tests, ...(shard === of ? [claims] : []), ...checks];
const sum = { passed: 0, failed: 0 };
const began = Date.now();
const worker = async () => {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const since = Date.now();
    const { passed, printed } = await run(part);
    sum[passed ? "passed" : "failed"]++;
    console.log(`${passed ? "ok  " : "FAIL"}  ${part.name}, ${Math.round((Date.now() - since) / 1000)} s`);
    // The last lines of a part say what it looked at.
    console.log(
      passed
        ? printed
            .trimEnd()
            .split("\n")
            .slice(-2)
            .map((line) => `        ${line}`)
            .join("\n")
        : printed,
    );
  }
};
await Promise.all(Array.from({ length: processors }, worker));
console.log(`gate: ${sum.passed} passed, ${sum.failed} failed, ${Math.round((Date.now() - began) / 1000)} s`);
process.exitCode = sum.failed === 0 ? 0 : 1;
