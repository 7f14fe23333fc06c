import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { kindsOf } from "../../src/command/find/entries.ts";
import { recordTexts } from "../../src/command/find/record-texts.ts";
import { recordIn } from "../../src/command/terminal/bundle.ts";
import { callProgram } from "../../src/program-name.ts";
import { axes, catalogue, fakeIo, run } from "../fixtures/io.ts";

const dir = mkdtempSync(join(tmpdir(), "apicv-check-recorded-"));
const bundle = `${pathToFileURL(dir).href}/`;

beforeAll(async () => {
  callProgram("apicv-check");
  await recordTexts(catalogue, bundle);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs a command on the record, and says how often the catalogue itself was loaded. */
const answered = async (...words: readonly string[]) => {
  const { io, written } = fakeIo();
  let loads = 0;
  const load = Object.assign(
    () => {
      loads++;
      return Promise.resolve(catalogue);
    },
    { program: "apicv-check", axes, bundle },
  );
  return { code: await main(words, io, load), loads, ...written };
};

const questions = async (): Promise<readonly (readonly [string, string])[]> => {
  const kinds = Object.entries(kindsOf(catalogue));
  const entries = await Promise.all(kinds.map(async ([, listing]) => listing(catalogue)));
  return [
    ...kinds.map(([kind]) => ["list", kind] as const),
    ...entries.flat().map(({ name }) => ["explain", name] as const),
    ["explain", "posting"],
  ];
};

test("what was recorded is what is printed where nothing is, and no world is loaded for it", async () => {
  for (const words of await questions())
    expect(await answered(...words)).toEqual({ ...(await run(words)), loads: 0 });
});

test("what was not recorded is answered by the catalogue: flags, words that are mentioned, names that there are not", async () => {
  const asked = [
    ["list", "scenarios", "--json"],
    ["list", "actions", "--scenario", "kvm/posting"],
    ["explain", "interrupt"],
    ["explain", "toString"],
    ["list", "nothing"],
  ];
  for (const words of asked) expect(await answered(...words)).toEqual({ ...(await run(words)), loads: 1 });
});

test("a record that was changed or is cut short is as none", async () => {
  const { places, texts } = recordIn(bundle);
  const whole = await run(["list", "scenarios"]);
  const recorded = readFileSync(texts);
  writeFileSync(texts, Buffer.from(recorded).fill("x"));
  expect(await answered("list", "scenarios")).toEqual({ ...whole, loads: 1 });
  writeFileSync(texts, recorded);
  expect(await answered("list", "scenarios")).toEqual({ ...whole, loads: 0 });
  truncateSync(texts, 3);
  expect(await answered("list", "scenarios")).toEqual({ ...whole, loads: 1 });
  writeFileSync(places, "[");
  expect(await answered("list", "scenarios")).toEqual({ ...whole, loads: 1 });
});
