import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { variationFrom } from "../../src/variation/from-text.ts";
import { axes, cites } from "../../scenarios/words.ts";

const good = readFileSync(
  join(import.meta.dirname, "../../scenarios/questions/event-bit-before-spiv.yaml"),
  "utf8",
);

/** A text of which something is cut out and something put in. */
const altered = fc
  .tuple(
    fc.nat(good.length),
    fc.nat(40),
    fc.oneof(
      fc.string(),
      fc.constantFrom("\n", "\t", ": ", "- ", "&a ", "*a", "!!x ", "---\n", "{", "[", "\0", "'"),
    ),
  )
  .map(([at, length, text]) => good.slice(0, at) + text + good.slice(at + length));

/** Whether a text is read, or refused with a message; anything else is thrown on. */
const isRead = (text: string): boolean => {
  try {
    variationFrom({ name: "fuzz.yaml", text }, { axes, cites });
    return true;
  } catch (error) {
    if (error instanceof CheckError && error.code === "input")
      return /^fuzz\.yaml(:\d+:\d+)?: ./m.test(error.message);
    throw error;
  }
};

test("whatever is written, a file is read or refused with a place", () => {
  for (const texts of [altered, fc.string({ size: "large" })])
    fc.assert(
      fc.property(texts, (text) => {
        expect(isRead(text)).toBe(true);
      }),
      { numRuns: 200 },
    );
});
