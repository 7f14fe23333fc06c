// Packs the project, installs the tarball in an empty directory elsewhere and runs the command from there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const home = mkdtempSync(join(tmpdir(), "apicv-check-pack-"));
const run = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });

try {
  const [packed] = JSON.parse(
    run(".", "npm", "pack", "--json", "--foreground-scripts=false", "--pack-destination", home),
  );
  const shipped = packed.files.map(({ path }) => path);
  for (const needed of ["dist/cli/main.js", "dist/src/index.d.ts", "README.md", "LICENSE", "CHANGELOG.md"])
    assert.ok(shipped.includes(needed), `${needed} is not in the tarball`);
  const stray = shipped.filter((path) => !/^(dist|docs)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(path));
  assert.deepEqual(stray, [], "files in the tarball that do not belong there");

  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "elsewhere", private: true, type: "module" }),
  );
  run(
    home,
    "npm",
    "install",
    "--omit=dev",
    "--ignore-scripts",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    `./${packed.filename}`,
  );
  assert.ok(!existsSync(join(home, "node_modules/typescript")), "a development dependency was installed");

  assert.match(run(home, "npx", "--no-install", "apicv-check", "--help"), /explore/);
  const explored = JSON.parse(
    run(home, "npx", "--no-install", "apicv-check", "explore", "--depth", "8", "--json"),
  );
  assert.equal(explored.schemaVersion, 1);
  assert.equal(explored.bounds.depth, 8);
  assert.ok(explored.states > 1, "the default scenario has more than one state");

  writeFileSync(
    join(home, "model.js"),
    'import { int, problemOf, record, stepsOf } from "apicv-check";\n' +
      'if (![int, problemOf, record, stepsOf].every((f) => typeof f === "function")) process.exit(1);\n',
  );
  run(home, "node", "model.js");

  // A project of someone who has no types of node and lets the compiler check every declaration that it meets.
  const tsc = join(process.cwd(), "node_modules/.bin/tsc");
  writeFileSync(
    join(home, "everything.ts"),
    'import * as all from "apicv-check";\n' +
      'import type { Exploration, Problem } from "apicv-check";\n' +
      "export const explored = (problem: Problem<unknown>): Promise<Exploration<unknown>> => all.exploreFast(problem);\n" +
      "export const names: readonly string[] = Object.keys(all);\n",
  );
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    types: [],
    lib: ["ES2023"],
    target: "ES2022",
    module: "NodeNext",
    noEmit: true,
  };
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["everything.ts"] }));
  assert.ok(!existsSync(join(home, "node_modules/@types/node")), "the types of node were installed");
  run(home, tsc, "-p", ".");
  console.log(
    `${packed.filename}: ${shipped.length} files, ${packed.size} bytes; the command and the library work`,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
