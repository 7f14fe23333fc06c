import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { flipsIn } from "../../src/catalogue/flips.ts";
import { kindsOf } from "../../src/command/find/entries.ts";
import { recordedText } from "../../src/command/find/recorded.ts";
import { main } from "../../src/command/program.ts";
import { recordIn } from "../../src/command/terminal/bundle.ts";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { fakeIo } from "../fixtures/io.ts";

let program: Compiled;
let bundle: string;
let recording: Awaited<ReturnType<Compiled["run"]>>;
beforeAll(async () => {
  program = compiled();
  bundle = `${pathToFileURL(program.dir).href}/`;
  recording = await program.run("dist/bench/recorded-texts.js", [program.dir]);
});
afterAll(() => program.remove());

/** So many names of each kind are asked live: each takes a third of a second. */
const ASKED = 3;

/** Some of a list, from its whole length. */
const some = <T>(all: readonly T[]): readonly T[] =>
  all.filter((_, place) => place % Math.ceil(all.length / ASKED) === 0);

/** What is printed where nothing is recorded. */
const live = async (...words: readonly string[]): Promise<string> => {
  const { io, written } = fakeIo();
  const catalogue = await shipped();
  const { bundle: _, ...bare } = shipped;
  const load = Object.assign(() => Promise.resolve(catalogue), bare);
  expect([words, await main(words, io, load), written.stderr]).toEqual([words, 0, ""]);
  return written.stdout;
};

test("the build records all kinds and every name of the catalogue but bugs and mutations, and some are as they are printed", async () => {
  expect(recording).toEqual({ code: 0, stdout: "", stderr: "" });
  const catalogue = await shipped();
  const flips = new Set((await flipsIn(catalogue)).map(({ id }) => id));
  const kinds = Object.entries(kindsOf(catalogue));
  const names = new Set<string>();
  for (const [, listing] of kinds) for (const { name } of await listing(catalogue)) names.add(name);
  const recorded = JSON.parse(readFileSync(recordIn(bundle).places, "utf8")) as object;
  const expected = [
    ...kinds.map(([kind]) => `list ${kind}`),
    ...[...names].filter((name) => !flips.has(name)).map((name) => `explain ${name}`),
  ];
  expect(expected.filter((question) => !Object.hasOwn(recorded, question))).toEqual([]);
  expect(Object.keys(recorded).length).toBeGreaterThan(1_000);
  const questions = kinds.map(([kind]) => ["list", kind]);
  for (const [, listing] of kinds)
    for (const { name } of some((await listing(catalogue)).filter(({ name }) => !flips.has(name))))
      questions.push(["explain", name]);
  for (const [command, word] of questions)
    expect([word, recordedText({ bundle }, `${command} ${word}`)]).toEqual([word, await live(command, word)]);
});

test("the program as it is built prints what is recorded", async () => {
  const asked = [
    ["list", "actions"],
    ["list", "options"],
    ["explain", "P1"],
    ["explain", "kvm/timer"],
    ["explain", "vcpu_run"],
    ["explain", "upstream"],
  ] as const;
  for (const [command, word] of asked)
    expect(await program.run(MAIN, [command, word])).toEqual({
      code: 0,
      stdout: recordedText({ bundle }, `${command} ${word}`),
      stderr: "",
    });
});
