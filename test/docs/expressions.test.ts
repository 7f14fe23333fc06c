import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expressionPredicates as predicates } from "../../models/kvm/expression-predicates.ts";
import { State } from "../../models/kvm/state.ts";
import { conditionOf, stepConditionOf } from "../../src/expression/condition.ts";
import { ExpressionError, withCaret } from "../../src/expression/expression-error.ts";
import { pathOf } from "../../src/expression/path.ts";
import { valueOf } from "../../src/expression/value.ts";

const page = readFileSync(new URL("../../docs/expressions.md", import.meta.url), "utf8");
const names = { state: State, scope: { vcpu: 2 }, args: { v: "vcpu" }, predicates } as const;

const section = (title: string): string => page.split(`\n## ${title}\n`)[1].split("\n## ")[0];
/** What stands in backquotes in the rows of a section's table, a list for each row. */
const rows = (title: string): readonly (readonly string[])[] =>
  section(title)
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replaceAll("\\|", "|")));

test("the conditions of the page are accepted", () => {
  expect(rows("Conditions").length).toBeGreaterThan(8);
  for (const [text] of rows("Conditions")) expect(conditionOf(text, names).text).toBe(text);
});

test("the conditions of steps are accepted", () => {
  expect(rows("Steps").length).toBe(3);
  for (const [text] of rows("Steps"))
    expect(stepConditionOf(text, { ...names, step: { actions: ["fn_kick", "fn_return"] } }).text).toBe(text);
});

test("the values fit what they are written to", () => {
  expect(rows("Values that are written").length).toBe(5);
  for (const [place, text] of rows("Values that are written"))
    expect(valueOf(text, { ...names, after: true }, pathOf(place, names).node).text).toBe(text);
  expect(() => valueOf("timer[v].pending + 1", names, pathOf("timer[v].pending", names).node)).toThrow(
    "may be 3",
  );
});

test("the places are places, and the state's expressions in the table are accepted", () => {
  for (const [, place] of section("Places").matchAll(/`([^`]+)`/g))
    expect(pathOf(place, names).text).toBe(place);
  for (const text of [
    "vm.dead",
    "!vm.dead",
    "v in inhibitor.ipi",
    "any(inhibitor.ipi)",
    "any(vcpu[0].pir)",
  ]) {
    expect(section("What can be written")).toContain(`\`${text}\``);
    expect(conditionOf(text, names).text).toBe(text);
  }
});

test("each predicate is described as the model describes it", () => {
  const described = section("Predicates of the KVM model")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(described.map(([, call, about]) => [call, about])).toEqual(
    predicates.map(({ name, params, about }) => [`\`${name}(${Object.keys(params).join(", ")})\``, about]),
  );
});

test("what is refused is said as the page says it", () => {
  const [, block] = /```console\n(.*?)```/s.exec(section("What is refused"))!;
  const lines = block.trimEnd().split("\n");
  expect(lines.length).toBe(15);
  for (let i = 0; i < lines.length; i += 3) {
    const [message, text, carets] = lines.slice(i, i + 3);
    let error: unknown;
    try {
      conditionOf(text, names);
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof ExpressionError)) throw new Error(`${text} is accepted`);
    expect([error.message, withCaret(text, error.offset, error.length)]).toEqual([
      message,
      `${text}\n${carets}`,
    ]);
  }
});
