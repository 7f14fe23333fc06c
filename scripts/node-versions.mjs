// Runs a smoke of the tests, and of the packed tarball, under each major version of Node that is supported: the npm
// package `node` brings those that are not there.
import { spawnSync } from "node:child_process";

/** Tests of every room of the checker, of the command and of its worker threads: a minute or two. */
const tests = [
  "test/smoke",
  "test/schema",
  "test/derive",
  "test/model/",
  "test/check/",
  "test/catalogue",
  "test/report",
  "test/simulate",
  "test/oracle",
  "test/checkpoint/resume.test.ts",
  "test/fast",
  "test/laws/engine-agreement",
  "test/command/exit-codes",
  "test/command/process",
  "test/command/gate",
];
const scripts = [["node_modules/vitest/vitest.mjs", "run", ...tests], ["scripts/pack-smoke.mjs"]];

let failed = 0;
for (const version of process.argv.length > 2 ? process.argv.slice(2) : ["20", "22", "24"])
  for (const args of scripts) {
    // Whatever is started in turn, npm and npx too, finds this node first.
    const { status } = spawnSync("npx", ["--yes", "-p", `node@${version}`, "node", ...args], {
      stdio: "inherit",
    });
    if (status !== 0) failed++;
    console.log(`${status === 0 ? "ok  " : "FAIL"}  node ${version}: ${args[0]}`);
  }
process.exitCode = failed === 0 ? 0 : 1;
