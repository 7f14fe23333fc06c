import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import * as catalogue from "../../scenarios/index.ts";
import { fakeIo, run } from "../fixtures/io.ts";
import { allCommands, consoleCommands, inDirectoryOfPages, isShown, type Shown } from "./console-blocks.ts";

inDirectoryOfPages();

/** `step` is shown with what is typed: test/docs/stepping.test.ts types it. */
const withOutput = consoleCommands.filter(({ words, output }) => output !== "" && words[0] !== "step");

test.each(withOutput)("$page shows what `apicv-check $line` prints", async ({ words, output }) => {
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  expect([0, 1]).toContain(code);
  expect(stderr).toBe("");
  // Where it is not, the whole of both is what to look at.
  expect(isShown(output, stdout) ? output : stdout).toBe(output);
});

/** A catalogue that is asked for says that the command line was understood. */
const UNDERSTOOD = "the command line was understood";
const unloaded = Object.assign(() => Promise.reject(new CheckError("input", UNDERSTOOD)), shipped);

/** `ui` and `mcp` go on until they are stopped; tests of their own start them. */
const ends = ({ words: [command] }: Shown): boolean => command !== "ui" && command !== "mcp";

test.each([
  ...new Map(allCommands.filter(ends).map((shown) => [`${shown.page}: ${shown.line}`, shown])).values(),
])("`apicv-check $line` of $page is understood", async ({ words }) => {
  const { io, written } = fakeIo();
  const code = await main(words, io, unloaded);
  // Files and traces that a page only speaks of are not there.
  const said = code === 0 ? UNDERSTOOD : written.stderr;
  expect(said).toMatch(new RegExp(`${UNDERSTOOD}|cannot (read|replay) `));
});

test("most pages show something, and all that is compared is told apart", () => {
  expect(new Set(allCommands.map(({ page }) => page)).size).toBeGreaterThan(10);
  expect(withOutput.length).toBeGreaterThan(5);
  expect(isShown("a 1.5 s\n...\nlast\n", "a 2 s\nb\nc\nlast\n")).toBe(true);
  expect(isShown("a 1.5 s\n...\nlast\n", "a 2 s\nb\nc\nlost\n")).toBe(false);
  expect(isShown("7 states\n", "8 states\n")).toBe(false);
});
