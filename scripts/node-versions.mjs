// Runs a smoke of the tests, and of the packed tarball, under each major version of Node that is supported, of 20 under
// the oldest that package.json allows: the npm package `node` brings those that are not there.
import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";

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
  "test/checkpoint",
  "test/fast",
  "test/laws/engine-agreement",
  "test/command/exit-codes",
  "test/command/gate",
];
const gate = ["test/checkpoint/resume", "test/command/process"];
const vitest = "node_modules/vitest/vitest.mjs";
const scripts = [
  [vitest, "run", ...tests],
  [vitest, "run", "--mode=gate", ...gate],
  ["scripts/pack-smoke.mjs"],
];

/** The directory of the node of a version. What npx puts into the environment stays behind: npx itself would obey it. */
const binOf = (version) => {
  const { stdout } = spawnSync("npx", ["--yes", "-p", `node@${version}`, "node", "-p", "process.execPath"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  return dirname(stdout.trim());
};

let failed = 0;
const report = (passed, what) => {
  if (!passed) failed++;
  console.log(`${passed ? "ok  " : "FAIL"}  ${what}`);
};
for (const version of process.argv.length > 2 ? process.argv.slice(2) : ["20.19.0", "22", "24"]) {
  // Whatever is started in turn, npm and npx too, finds this node first.
  const env = { ...process.env, PATH: `${binOf(version)}${delimiter}${process.env.PATH}` };
  const found = spawnSync("node", ["--version"], { env, encoding: "utf8" }).stdout.trim();
  const right = found === `v${version}` || found.startsWith(`v${version}.`);
  report(right, `node ${version} is ${found}`);
  if (!right) continue;
  for (const args of scripts)
    report(spawnSync("node", args, { env, stdio: "inherit" }).status === 0, `node ${version}: ${args[0]}`);
}
process.exitCode = failed === 0 ? 0 : 1;
