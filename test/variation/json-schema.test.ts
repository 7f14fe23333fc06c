import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { jsonSchema } from "../../src/variation/json-schema.ts";
import { shipped } from "../../scenarios/shipped.ts";

const questions = join(import.meta.dirname, "../../scenarios/questions");
const malformed = join(import.meta.dirname, "malformed");
const catalogue = await shipped();
const validate = new Ajv({ allowUnionTypes: true }).compile(jsonSchema(catalogue));
const accepts = (file: string): boolean => validate(parse(readFileSync(file, "utf8")));

test("the schema beside the questions is the one that is printed", async () => {
  await expect(`${JSON.stringify(jsonSchema(catalogue), undefined, 2)}\n`).toMatchFileSnapshot(
    join(questions, "apicv-check.schema.json"),
  );
});

test("it accepts every question that ships, each of which names it", () => {
  const files = readdirSync(questions).filter((file) => file.endsWith(".yaml"));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    expect(readFileSync(join(questions, file), "utf8").split("\n")[0]).toBe(
      "# yaml-language-server: $schema=./apicv-check.schema.json",
    );
    expect([file, accepts(join(questions, file)), validate.errors]).toEqual([file, true, null]);
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
