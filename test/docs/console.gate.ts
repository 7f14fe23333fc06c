import { expect, test } from "vitest";
import { inDirectoryOfPages, withOutput } from "./console-blocks.ts";
import { saysWhatIsPrinted } from "./says-what-is-printed.ts";

inDirectoryOfPages();

test.each(withOutput.gate)("$page shows what `apicv-check $line` prints", async (shown) => {
  await saysWhatIsPrinted(shown);
});

test("some pages show dear searches", () => {
  expect(withOutput.gate.length).toBeGreaterThan(4);
});
