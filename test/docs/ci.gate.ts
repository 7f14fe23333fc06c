import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { shipped } from "../../scenarios/shipped.ts";
import { run } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const page = readFileSync(new URL("../../docs/ci.md", import.meta.url), "utf8");
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .map(([, , text]) => text);

/** Every command of the page, its variables as an array or a matrix would set them, its files in a directory. */
const commands = (): readonly string[] =>
  [...blocks("sh"), ...blocks("yaml")]
    .flatMap((text) => text.split("\n"))
    .flatMap((line) => /apicv-check (check .*)$/.exec(line.trim())?.[1] ?? [])
    .map((line) =>
      line
        .replace("${{ matrix.shard }}", "1")
        .replace("$CI_NODE_INDEX/$CI_NODE_TOTAL", "1/4")
        .replaceAll("$SLURM_ARRAY_TASK_ID", "1")
        .replaceAll('"', ""),
    );

let dir = "";
beforeAll(() => {
  dir = temporaryFolder();
  writeFileSync(join(dir, "baseline.json"), blocks("json")[0]);
});

test("every command is understood and answers 0, those for many machines on one world", async () => {
  const all = commands();
  expect(all).toHaveLength(7);
  const catalogue = await shipped();
  for (const command of all) {
    const line = command
      .replace(/^check --/, "check kvm/block --guest td --design upstream --")
      .replaceAll(/=([\w.-]+\.(xml|ktap|json|sarif))/g, `=${dir}/$1`)
      .replace("--baseline baseline.json", `--baseline ${dir}/baseline.json`)
      .replace("github=/dev/stderr", `github=${dir}/annotations`);
    const { code, stderr } = await run(line, {}, catalogue);
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: "" });
  }
  expect(readdirSync(dir).toSorted()).toEqual(
    ["annotations", "baseline.json", "check-1.json", "check.sarif", "junit.xml", "result.ktap"].toSorted(),
  );
});

test("the YAML is YAML", () => {
  for (const text of blocks("yaml")) expect(Object.keys(parse(text) as object)).toHaveLength(1);
});
