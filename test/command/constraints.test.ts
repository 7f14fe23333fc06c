import { describe, expect, test } from "vitest";
import { oracles } from "../../models/textbook/index.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

const all = { ...catalogue, scenarios: oracles };
const explore = (line: string): Promise<Ran> => run(`explore --scenario oracle/inner-fifo ${line}`, {}, all);
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("explore of a world with a state constraint", () => {
  test("says what holds within it, how many states are beyond, and that they were judged", async () => {
    const { code, stdout } = await explore("");
    expect(code).toBe(0);
    for (const part of [
      "empty-behind holds-to-bound: within the constraint q-constraint, in all 5,808 states",
      "never-four violated (known: ",
      "5,808 states, 9,624 transitions, depth 11",
      "Bounded: every run within the constraint q-constraint was explored; what is beyond was not looked at.",
      "1,944 states of 5,808 do not satisfy the constraint q-constraint: judged, but not expanded.",
    ])
      expect(words(stdout)).toContain(part);
    expect(words(stdout)).not.toMatch(/(behind|four) holds:|without a next step|Complete/);
  });

  test("says the same as data, with the levels", async () => {
    const { stdout } = await explore("--json");
    expect(JSON.parse(stdout)).toMatchObject({
      stop: "constraint",
      complete: false,
      states: 5808,
      frontier: 0,
      deadlocks: 0,
      depth: 11,
      levels: [36, 36, 36, 120, 144, 360, 432, 1080, 1296, 324, 972, 972],
      constraints: { ids: ["q-constraint"], notExpanded: 1944, satisfying: 3864 },
    });
    const { stdout: other } = await run("explore --scenario oracle/peterson --json", {}, all);
    expect(JSON.parse(other)).toMatchObject({ constraints: null, levels: [1, 2, 3, 4, 5, 6, 7, 6, 5, 2, 1] });
  });

  test("names the other bounds as well", async () => {
    const deep = words((await explore("--depth 9 --property empty-behind")).stdout);
    expect(deep).toContain("within depth 9 and the constraint q-constraint");
    expect(deep).toMatch(/Bounded: every run of at most 9 steps was explored; .* do not satisfy/);
    const few = words((await explore("--switches 3 --property empty-behind")).stdout);
    expect(few).toContain("within 3 switches");
  });

  test("is not complete", async () => {
    expect((await explore("--require-complete")).code).toBe(3);
  });

  test("is refused with --por, which is not proven for it", async () => {
    const { code, stderr } = await explore("--por");
    expect(code).toBe(2);
    expect(words(stderr)).toContain(
      "--por is not proven for state constraints, and inner-fifo has the constraint q-constraint: leave out --por",
    );
    const guarded = await run("explore --scenario oracle/missionaries --por", {}, all);
    expect(words(guarded.stderr)).toContain("guards on the successor, and Move has one");
  });

  test("prints a run that replays, and no run goes on beyond the constraint", async () => {
    const { stdout } = await explore("--property never-four --json");
    const [{ trace }] = (JSON.parse(stdout) as { properties: [{ trace: { replay: string } }] }).properties;
    expect(await run(`replay ${trace.replay}`, {}, all)).toMatchObject({ code: 0, stderr: "" });
    const beyond = await run(`replay ${trace.replay}.BufSend`, {}, all);
    expect(beyond.code).toBe(2);
    expect(words(beyond.stderr)).toContain(
      "is taken from a state that does not satisfy the constraint q-constraint",
    );
  });

  test("ends walks at the constraint", async () => {
    const { code, stdout } = await run(
      "simulate --scenario oracle/inner-fifo --runs 200 --depth 60 --seed 1 --property never-four --json",
      {},
      all,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("violated");
  });
});
