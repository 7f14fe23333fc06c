import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";

const folder = join(import.meta.dirname, "malformed");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** What is said of a text as of a file of that name; nothing where it is accepted. */
const said = (name: string, text: string): string => {
  const before = known.get(text);
  if (before !== undefined) return before;
  const message = refusalOf(name, text);
  known.set(text, message);
  return message;
};
const known = new Map<string, string>();
const refusalOf = (name: string, text: string): string => {
  try {
    scenarioFrom({ name, text }, { axes, cites, scenarios });
    return "";
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    expect(error.code).toBe("input");
    return error.message;
  }
};

test.each(files)("%s is refused, with what is wrong and where", async (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  await expect(`${said(file, text)}\n`).toMatchFileSnapshot(join(folder, file.replace(".yaml", ".txt")));
});

test("all errors of a file are said at once, each with its line and column, in the order of the file", () => {
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    const places = [...said(file, text).matchAll(/^[\w-]+\.yaml:(\d+):(\d+): /gm)].map(([, line, column]) => [
      Number(line),
      Number(column),
    ]);
    expect([file, places.length > 0]).toEqual([file, true]);
    expect(places.toSorted(([a, b], [c, d]) => a - c || b - d)).toEqual(places);
  }
});

const good = readFileSync(join(import.meta.dirname, "../../scenarios/questions/no-unblock.yaml"), "utf8");

test("the ends of lines and a byte order mark are no matter", () => {
  expect(said("a.yaml", good)).toBe("");
  expect(said("a.yaml", good.replaceAll("\n", "\r\n"))).toBe("");
});
