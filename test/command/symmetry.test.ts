import { describe, expect, test } from "vitest";
import { increment } from "../../models/textbook/increment.ts";
import { oracles } from "../../models/textbook/index.ts";
import { oracle } from "../../models/textbook/oracle.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

const explore = (line: string): Promise<Ran> =>
  run(`explore --scenario oracle/${line}`, {}, { ...catalogue, scenarios: oracles });
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("explore --symmetry", () => {
  test("says which families it used, which it did not and why, and that it counts classes", async () => {
    const { code, stdout } = await explore("readers-writers --symmetry");
    expect(code).toBe(0);
    for (const part of [
      "196 states up to symmetry, 472 transitions, depth 8",
      "antecedent in 65 states up to symmetry",
      "which actor is which counts as one state",
      "What was found stands for 390 states and 934 transitions.",
      "Symmetry of slot is not used: TryRead(a=0) is not the same when slot 0 and 1 change places.",
    ])
      expect(words(stdout)).toContain(part);
  });

  test("says the same as data, and false where it was not asked for", async () => {
    const read = async (line: string) =>
      JSON.parse((await explore(line)).stdout).reductions.symmetry as unknown;
    expect(await read("readers-writers --symmetry --json")).toEqual({
      families: ["actor"],
      namings: 2,
      unused: [{ family: "slot", because: "TryRead(a=0) is not the same when slot 0 and 1 change places" }],
      startClosed: true,
      full: { states: 390, transitions: 934 },
    });
    expect(await read("peterson --symmetry --json")).toMatchObject({ startClosed: false });
    expect(await read("peterson --json")).toBe(false);
  });

  test("finds the same on the reference engine", async () => {
    const counts = /\d+ states up to symmetry, \d+ transitions, depth \d+/;
    const fast = await explore("resource-allocator --symmetry");
    const slow = await explore("resource-allocator --symmetry --reference");
    expect(counts.exec(fast.stdout)?.[0]).toBe("50 states up to symmetry, 225 transitions, depth 5");
    expect(counts.exec(slow.stdout)?.[0]).toBe(counts.exec(fast.stdout)?.[0]);
  });

  test("prints a run that replays, with real names", async () => {
    const { stdout } = await explore("two-phase-commit-hasty --symmetry");
    const [, handle] = /apicv-check replay ?(\S+)/.exec(stdout.replace(/ \\\n */g, "")) ?? [];
    const replayed = await run(`replay ${handle}`, {}, { ...catalogue, scenarios: oracles });
    expect(replayed).toMatchObject({ code: 0, stderr: "" });
    expect(replayed.stdout).toContain("consistent: violated after 5 steps");
  });

  test.each([
    ["ewd840 --symmetry", "ewd840 has nothing interchangeable", "node: InitiateProbe is not the same"],
    ["resource-allocator --symmetry=clients", 'unknown family "clients" (did you mean "client"?)'],
    ["readers-writers --symmetry=actor,slot", "slot: TryRead(a=0) is not the same"],
    ["peterson --symmetry --switches 2", "--switches tells actors apart", "leave out one of the two"],
    ["peterson --symmetry --graph g.dot", "--graph draws the steps between states"],
  ])("%s is refused", async (line, ...parts) => {
    const { code, stdout, stderr } = await explore(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    for (const part of parts) expect(stderr).toContain(part);
  });

  test("says before the search what many namings will cost, and nothing of few", async () => {
    const world = oracle({
      name: "oracle/increments",
      about: "Six threads",
      model: increment,
      scope: { thread: 6 },
      properties: [],
      expected: [],
    });
    const line = "explore --scenario oracle/increments --symmetry --max-states 30";
    const told = await run(line, {}, { ...catalogue, scenarios: [world] });
    expect(words(told.stderr)).toContain(
      "--symmetry: there are 720 namings of thread, and whatever is learned",
    );
    expect((await run(`${line} --quiet`, {}, { ...catalogue, scenarios: [world] })).stderr).toBe("");
    expect((await explore("increment --symmetry")).stderr).toBe("");
  });
});
