import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { jsonSchema } from "../../../src/variation/format/json-schema.ts";
import { shipped } from "../../../scenarios/shipped.ts";

const questions = join(import.meta.dirname, "../../../scenarios/questions");
const malformed = join(import.meta.dirname, "../malformed");
const catalogue = await shipped();
const validate = new Ajv({ allowUnionTypes: true }).compile(jsonSchema(catalogue));
const accepts = (file: string): boolean => validate(parse(readFileSync(file, "utf8")));

test("the schema beside the questions is the one that is printed", async () => {
  await expect(`${JSON.stringify(jsonSchema(catalogue), undefined, 2)}\n`).toMatchFileSnapshot(
    join(questions, "apicv-check.schema.json"),
  );
});

test.each([
  { folder: questions, schema: "./apicv-check.schema.json", least: 5 },
  {
    folder: join(questions, "../bugs"),
    schema: "../questions/apicv-check.schema.json",
    least: 7,
  },
])("it accepts every file of $folder, each of which names it", ({ folder, schema, least }) => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  expect(files.length).toBeGreaterThanOrEqual(least);
  for (const file of files) {
    expect(readFileSync(join(folder, file), "utf8").split("\n")[0]).toBe(
      `# yaml-language-server: $schema=${schema}`,
    );
    expect([file, accepts(join(folder, file)), validate.errors]).toEqual([file, true, null]);
  }
});

test.each([
  "unknown-key",
  "unknown-world",
  "unknown-verdict",
  "unknown-guest",
  "no-name",
  "goto",
  "drop-and-set",
])("it refuses %s", (name) => {
  expect(accepts(join(malformed, `${name}.yaml`))).toBe(false);
});
