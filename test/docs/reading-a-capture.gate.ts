import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { captured } from "../../scenarios/captured.ts";
import { validateCapture } from "../../src/validate/validate-capture.ts";

const page = readFileSync(new URL("../../docs/reading-a-capture.md", import.meta.url), "utf8");
const [, capture] = /^<!-- serial\.txt -->\n+```text\n([^]*?)^```$/m.exec(page)!;

/** The rows of the table: the last line that each is about, and how many kinds of states agree then. */
const rows = [...page.matchAll(/^\| (?:\d+(?: to |, ))?(\d+) +\|.*\| +(\d+) \|[^|]*\|$/gm)].map(
  ([, at, states]) => [Number(at), Number(states)] as const,
);

const standingAt = async (at: number): Promise<number | undefined> => {
  const chosen = { gsi: "19", guest: "vmx-sw" };
  const { machines } = await validateCapture(capture, captured, { chosen, at });
  return machines[0].parts[0].known?.standing;
};

test("docs/reading-a-capture.md says of each line how many kinds of states agree with it", async () => {
  expect(rows.at(0)?.[0]).toBe(3);
  expect(rows.at(-1)?.[0]).toBe(capture.trimEnd().split("\n").length);
  for (const [at, states] of rows) expect([at, await standingAt(at)]).toEqual([at, states]);
  expect(page).toContain(`${(await standingAt(1))?.toLocaleString("en-US")} kinds of them`);
});
