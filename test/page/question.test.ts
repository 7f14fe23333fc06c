import fc from "fast-check";
import { expect, test } from "vitest";
import { ASK_KINDS, questionAbout, questionIn, searchOf, withSetting } from "../../src/page/question.ts";
import { CHANGES, type AskKind, type PageQuestion } from "../../src/page/worker/messages.ts";

const word = fc.stringMatching(/^[\w/+-]{1,12}$/);
const kinds = Object.keys(ASK_KINDS) as readonly AskKind[];
const questions: fc.Arbitrary<PageQuestion> = fc.record({
  world: word,
  axes: fc.dictionary(
    word.filter((name) => name !== "__proto__"),
    word,
    { maxKeys: 3, noNullPrototype: true },
  ),
  set: fc.array(fc.tuple(word, word).map((pair) => pair.join("="))),
  own: fc.option(fc.record({ kind: fc.constantFrom(...kinds), text: fc.string() })),
  file: fc.option(fc.record({ name: word, text: fc.string() })),
  changes: fc.record(
    Object.fromEntries(CHANGES.map((change) => [change, fc.array(fc.string(), { minLength: 1 })])),
    { requiredKeys: [], noNullPrototype: true },
  ),
  depth: fc.option(fc.nat(1000)),
  switches: fc.option(fc.nat(1000)),
  symmetry: fc.boolean(),
  states: fc.integer({ min: 1, max: 10_000_000 }),
});

test("an address asks the question that it was made of", () => {
  fc.assert(
    fc.property(questions, (question) => {
      expect(questionIn(searchOf(question))).toEqual(question);
    }),
  );
});

test("an address that names no world asks nothing", () => {
  expect(questionIn("")).toBeUndefined();
  expect(questionIn("?set=a=b")).toBeUndefined();
});

test("a default is not set, and a value that is set takes the place of the one before", () => {
  const world = {
    name: "w",
    about: "",
    axes: {},
    options: [{ name: "o", about: "", values: ["a", "b", "c"] }],
  };
  const b = withSetting(questionAbout("w"), world, "o", "b");
  expect(b.set).toEqual(["o=b"]);
  expect(withSetting(b, world, "o", "c").set).toEqual(["o=c"]);
  expect(withSetting(b, world, "o", "a").set).toEqual([]);
});
