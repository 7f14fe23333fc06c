import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { answerIn, rows } from "./asked.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test.each(rows)(
  "docs/asking.md says what $words answers",
  async ({ words, property, verdict, steps, states }) => {
    const { stdout, stderr } = await program.run(MAIN, [...words, "--json", "--quiet"]);
    expect(stderr).toBe("");
    expect(answerIn(stdout)).toEqual([states, property, verdict, steps]);
  },
);
