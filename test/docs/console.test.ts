import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { allCommands, inDirectoryOfPages, isShown, withOutput, type Shown } from "./console-blocks.ts";
import { saysWhatIsPrinted } from "./says-what-is-printed.ts";

inDirectoryOfPages();

test.each(withOutput.test)("$page shows what `apicv-check $line` prints", async (shown) => {
  await saysWhatIsPrinted(shown);
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
  expect(withOutput.test.length).toBeGreaterThan(5);
  expect(isShown("a 1.5 s\n...\nlast\n", "a 2 s\nb\nc\nlast\n")).toBe(true);
  expect(isShown("a 1.5 s\n...\nlast\n", "a 2 s\nb\nc\nlost\n")).toBe(false);
  expect(isShown("7 states\n", "8 states\n")).toBe(false);
});
