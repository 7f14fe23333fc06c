// Packs the project, installs the tarball in an empty directory elsewhere and runs the command from there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  for (const needed of [
    "dist/cli/main.js",
    "dist/apicv-check.1",
    "dist/src/index.d.ts",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "scenarios/bugs/TDX-1.yaml",
    "scenarios/validation/quotients/timer-td.txt",
  ])
    assert.ok(shipped.includes(needed), `${needed} is not in the tarball`);
  const stray = shipped.filter(
    (path) =>
      !/^(dist|docs|scenarios\/(bugs|findings|questions|validation\/quotients))\/|^[A-Z]+(\.md)?$|^package\.json$/.test(
        path,
      ),
  );
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
  assert.equal(explored.schemaVersion, 2);
  assert.equal(explored.bounds.depth, 8);
  assert.ok(explored.states > 1, "the default scenario has more than one state");

  // The files of bugs are found from where the package is.
  assert.match(run(home, "npx", "--no-install", "apicv-check", "flip", "TDX-1", "--quiet"), /TDX-1 flips\./);

  // A project of someone who has no types of node and lets the compiler check every declaration that it meets: the example
  // of docs/library.md, and every name of every entry point.
  const page = readFileSync("docs/library.md", "utf8");
  const [, example] = /```ts\n(.*?\n)```/s.exec(page);
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const entries = Object.keys(exports).map((entry) => entry.replace(/^\./, "apicv-check"));
  assert.ok(entries.length >= 5, "entry points are missing");
  writeFileSync(join(home, "example.ts"), example);
  const model = example.slice(0, example.indexOf("// A verdict"));
  writeFileSync(join(home, "my-scenarios.ts"), `${model}export { crossed, ordered };\n`);
  writeFileSync(
    join(home, "everything.ts"),
    entries.map((entry, i) => `import * as entry${i} from "${entry}";\n`).join("") +
      'import type { Exploration, Problem } from "apicv-check/check";\n' +
      'import { kvm } from "apicv-check/kvm";\n' +
      "const { stop, depth } = await entry1.answer(kvm[0], { bounds: { depth: 8 } });\n" +
      'if (stop !== "depth" || depth !== 8) throw new Error(`${stop} ${depth}`);\n' +
      "export const explored = (problem: Problem<unknown>): Promise<Exploration<unknown>> => entry1.exploreFast(problem);\n" +
      `export const names: readonly string[] = [${entries.map((_, i) => `...Object.keys(entry${i})`).join(", ")}];\n`,
  );
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    types: [],
    lib: ["ES2023"],
    target: "ES2022",
    module: "NodeNext",
    outDir: "built",
  };
  writeFileSync(
    join(home, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["everything.ts", "example.ts", "my-scenarios.ts"] }),
  );
  assert.ok(!existsSync(join(home, "node_modules/@types/node")), "the types of node were installed");
  run(home, join(process.cwd(), "node_modules/.bin/tsc"), "-p", ".");
  // As bundlers ask in development: nothing may lead to sources, which are not in the tarball.
  run(home, "node", "--conditions=development", "built/everything.js");
  const printed = run(home, "node", "built/example.js");
  const shown = [...page.matchAll(/```text\n(.*?\n)```/gs)].map(([, text]) => text);
  assert.ok(shown.length > 0, "docs/library.md shows nothing that its example prints");
  for (const text of shown) assert.ok(printed.includes(text), `the example prints otherwise:\n${printed}`);
  for (const part of ["A deadlock after 2 steps", "digraph", "C1   confirmed", "The gate is open."])
    assert.ok(printed.includes(part), `the example does not print "${part}"`);

  // The command line on a catalogue of one's own, with more than one thread.
  const [catalogue, main] = [...page.matchAll(/```js\n\/\/ \S+\n(.*?)```/gs)].map(([, code]) => code);
  writeFileSync(join(home, "locks.js"), catalogue.replace("./my-scenarios.js", "./built/my-scenarios.js"));
  writeFileSync(join(home, "main.js"), main);
  for (const flags of [[], ["--workers", "2"]]) {
    const own = run(home, "node", "main.js", "explore", "--scenario", "locks/crossed", "--json", ...flags);
    const { states, deadlocks } = JSON.parse(own);
    assert.deepEqual([states, deadlocks], [6, 1]);
  }
  console.log(
    `${packed.filename}: ${shipped.length} files, ${packed.size} bytes; the command and the library work`,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
