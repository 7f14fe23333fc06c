import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { scenarioFrom, variationFrom } from "../../src/variation/from-text.ts";
import type { Source } from "../../src/variation/text/faults.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";
import { ofEachKind } from "./of-each-kind.ts";

const good = readFileSync(
  join(import.meta.dirname, "../../scenarios/questions/event-bit-before-spiv.yaml"),
  "utf8",
);

/** A text of which something is cut out and something put in. */
const alteredOf = (good: string): fc.Arbitrary<string> =>
  fc
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
const isRead = (text: string, read: (source: Source) => unknown): boolean => {
  try {
    read({ name: "fuzz.yaml", text });
    return true;
  } catch (error) {
    if (error instanceof CheckError && error.code === "input")
      return /^fuzz\.yaml(:\d+:\d+)?: ./m.test(error.message);
    throw error;
  }
};

test("whatever is written, a file is read or refused with a place", () => {
  const read = (source: Source) => variationFrom(source, { axes, cites });
  for (const texts of [alteredOf(good), alteredOf(ofEachKind), fc.string({ size: "large" })])
    fc.assert(
      fc.property(texts, (text) => {
        expect(isRead(text, read)).toBe(true);
      }),
      { numRuns: 200 },
    );
});

/** A word of a text put where another was. */
const swapped = fc
  .tuple(fc.nat(), fc.nat(), fc.constantFrom("", "x", "0", "after.", "v", "busy", "guest0", "[]", "!"))
  .map(([from, to, more]) => {
    const words = [...ofEachKind.matchAll(/[\w.]+/g)];
    const [was, is] = [words[from % words.length], words[to % words.length]];
    return `${ofEachKind.slice(0, was.index)}${more}${is[0]}${ofEachKind.slice(was.index + was[0].length)}`;
  });

test("whatever it says, a file is understood or refused with a place", () => {
  const understand = (source: Source) => scenarioFrom(source, { axes, cites, scenarios });
  fc.assert(
    fc.property(fc.oneof(alteredOf(ofEachKind), swapped), (text) => {
      expect(isRead(text, understand)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
