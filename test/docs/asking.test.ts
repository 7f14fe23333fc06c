import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { flagName, QUESTION_FLAGS } from "../../src/variation/flags/question-flags.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { answerIn, page, rows } from "./asked.ts";

const run = async (words: readonly string[]) => {
  const { io, written } = fakeIo();
  await main(words, io, shipped);
  return written;
};

/** More states are for the gate. */
const FEW = 100_000;

test.each(rows.filter(({ states }) => states < FEW))(
  "docs/asking.md says what $words answers",
  async ({ words, property, verdict, steps, states }) => {
    const { stdout, stderr } = await run([...words, "--json", "--quiet"]);
    expect(stderr).toBe("");
    expect(answerIn(stdout)).toEqual([states, property, verdict, steps]);
  },
);

test("docs/asking.md has six questions, every flag, and errors as they are printed", async () => {
  expect(rows).toHaveLength(6);
  for (const flag of QUESTION_FLAGS) expect(page).toContain(`\`--${flagName(flag)} `);
  const [, errors] = /```text\n([^`]*)```/.exec(page)!;
  const flags = [...errors.matchAll(/^ {2}--(\w+) '(.*)'$/gm)].flatMap(([, flag, value]) => [
    `--${flag}`,
    value,
  ]);
  expect(flags).toHaveLength(4);
  const { stderr } = await run(["explore", "kvm/timer", ...flags]);
  expect(stderr).toBe(errors);
});
