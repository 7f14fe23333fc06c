import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";
import { printedRunIn } from "../fixtures/printed-run.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const shipped = (line: string) => run(line, {}, catalogue);

test("README's counterexample is what its first command prints", async () => {
  const { stdout, code } = await shipped("explore --depth 8");
  const shown = printedRunIn(stdout, "tmict-write-loses-no-expiry violated after").trimEnd();
  expect(code).toBe(0);
  expect(readme).toContain(`\`\`\`\n${shown}\n\`\`\``);
});

test("README's number of states is that of the default world", async () => {
  const { stdout } = await shipped("explore --json");
  const { states } = JSON.parse(stdout) as { readonly states: number };
  expect(readme.replaceAll(/\s+/g, " ")).toContain(
    `all ${states.toLocaleString("en-US")} states of the default world`,
  );
});

const examples = [...readme.matchAll(/^npx apicv-check (list|explain|explore|replay|step) (.*)$/gm)].map(
  (match) =>
    `${match[1]} ${match[2]
      .replace(/#.*/, "")
      .replace(/ --graph \S+/, "")
      .trim()}`,
);

test.each(examples)("README's `apicv-check %s` works", async (line) => {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.length).toBeGreaterThan(100);
});
