import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { afterCheckpoint, explored, killedNowAndThen, resultOf, statesIn } from "./program.ts";

let program: Compiled;
let above = "";
beforeAll(() => {
  program = compiled();
  above = mkdtempSync(join(tmpdir(), "apicv-checkpoint-"));
});
afterAll(() => {
  program.remove();
  rmSync(above, { recursive: true });
});

const line = "--scenario bench/tdx-timer-n2g2";
/** Files that no finished checkpoint has. */
const unfinished = (dir: string): readonly string[] =>
  readdirSync(dir).filter((name) => !/^(checkpoint\.json|\d+-(values|states-\d+)\.bin)$/.test(name));

test("killed three times at random moments, with one, two and three workers, a search says the same", async () => {
  const dir = join(above, "killed");
  const whole = await explored(program, line);
  const { ended, killed } = await killedNowAndThen(program, dir, { line, kills: 3, workers: [1, 2, 3] });
  expect(killed).toBeGreaterThan(0);
  expect(ended).toMatchObject({ code: whole.code, stderr: "" });
  expect(resultOf(ended)).toEqual(resultOf(whole));
  expect(unfinished(dir)).toEqual([]);
});

test.for([1, 2])(
  "an interrupt leaves a checkpoint and the partial result, with %i workers",
  async (workers) => {
    const dir = join(above, `interrupted-${workers}`);
    const whole = resultOf(await explored(program, line));
    const first = await explored(
      program,
      `${line} --workers ${workers} --checkpoint ${dir} --checkpoint-every 50ms`,
      (child) => void afterCheckpoint(dir, 0, 50).then(() => child.kill("SIGINT")),
    );
    expect(first.code).toBe(130);
    expect(JSON.parse(first.stdout)).toMatchObject({ stop: "interrupted", complete: false });
    expect(unfinished(dir)).toEqual([]);
    expect(resultOf(await explored(program, `${line} --resume ${dir}`))).toEqual(whole);
  },
);

test("a disk that is full ends no search, and leaves the checkpoint before as it was", async () => {
  const dir = join(above, "full");
  const whole = await explored(program, line);
  await explored(program, `${line} --max-states 50000 --checkpoint ${dir}`);
  const states = statesIn(dir);
  expect(states).toBeGreaterThan(0);
  // No file may have more than 512 blocks of 1,024 bytes, which is less than the states take.
  const script = join(program.dir, "limited.mjs");
  writeFileSync(
    script,
    `import { spawnSync } from "node:child_process";
const { status, stdout, stderr } = spawnSync("bash", ["-c", 'ulimit -f 512; exec "$@"', "-", process.execPath, "${join(program.dir, MAIN)}", ...process.argv.slice(2)], { encoding: "utf8", maxBuffer: 2 ** 28 });
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;`,
  );
  const words = `explore --quiet --json ${line} --resume ${dir} --checkpoint ${dir}`.split(" ");
  const full = await program.run("limited.mjs", words);
  expect(full.stderr).toMatch(/cannot write the checkpoint .*states-\d+\.bin: .*it needs \d+ bytes/);
  expect(full.code).toBe(whole.code);
  expect(resultOf(full)).toEqual(resultOf(whole));
  expect(statesIn(dir)).toBe(states);
  expect(unfinished(dir)).toEqual([]);
  expect(resultOf(await explored(program, `${line} --resume ${dir}`))).toEqual(resultOf(whole));
});

test("a directory that cannot be written is refused before the search begins", async () => {
  const file = join(above, "file");
  writeFileSync(file, "");
  const { code, stdout, stderr } = await explored(program, `${line} --checkpoint ${file}/dir`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`cannot write the checkpoint ${file}/dir: part of the path is a file`);
});
