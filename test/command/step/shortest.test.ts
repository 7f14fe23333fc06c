import { describe, expect, test } from "vitest";
import { exploreReference, problemOf } from "#check";
import { obeyed } from "../../../src/command/step/obey.ts";
import { nearestFrom } from "../../../src/command/step/shortest.ts";
import { stateOf } from "../../../src/command/step/walk.ts";
import { along, atStart, search, worlds, type Posed } from "./worlds.ts";

const [, syncFirst, peterson, rude, fifo] = worlds;

/** What the reference explorer says of a property from a state: the length of the shortest run, if there is one. */
const lengthFrom = async ({ problem }: Posed, state: unknown, id: string): Promise<number | undefined> => {
  const asked = problem.properties.filter((property) => property.id === id);
  const { findings } = await exploreReference(problemOf(problem.model, problem.scope, asked, [state]));
  return findings[0].path?.steps.length;
};

describe("shortest", () => {
  test.each([
    { posed: syncFirst, id: "posted-interrupt-never-missed" },
    { posed: syncFirst, id: "both-interrupts-taken" },
    { posed: syncFirst, id: "irr-cleared-only-by-taking" },
    { posed: rude, id: "mutual-exclusion" },
  ])("of a state is what the reference explorer finds from there: $id", async ({ posed, id }) => {
    const found = await exploreReference(posed.problem);
    const stride = Math.ceil(found.states / 6);
    let some = 0;
    for (let state = 0; state < found.states; state += stride) {
      const session = along(posed, found.path(state));
      const nearest = await nearestFrom(posed.problem, stateOf(session.walk), id, 1_000_000, search);
      const length = await lengthFrom(posed, stateOf(session.walk), id);
      expect("none" in nearest ? nearest.none : "").toMatch(/^$|^none: .*complete search/);
      if (!("none" in nearest)) some++;
      expect("none" in nearest ? undefined : nearest.path.length).toBe(length);
    }
    expect(some > 0).toBe(id !== "irr-cleared-only-by-taking");
  });

  test("is followed by go to the violation, one step at a time or several", async () => {
    let { session, lines } = await obeyed(atStart(syncFirst), "shortest", search);
    expect(lines[0]).toContain("4 steps from here to a violation of posted-interrupt-never-missed");
    for (const left of [3, 2, 1, 0]) {
      ({ session, lines } = await obeyed(session, "go", search));
      expect(session.ahead).toHaveLength(left);
    }
    expect(lines.join("\n")).toContain("** broken: posted-interrupt-never-missed");
    await expect(obeyed(session, "go", search)).rejects.toThrow("no run to follow");
    const again = await obeyed((await obeyed(session, "start", search)).session, "shortest", search);
    const at = await obeyed(again.session, "go 4", search);
    expect(stateOf(at.session.walk)).toEqual(stateOf(session.walk));
    await expect(obeyed(again.session, "go 5", search)).rejects.toThrow("go takes 1 to 4, not 5");
  });

  test("is followed also by choosing its steps, and forgotten by choosing another", async () => {
    const { session } = await obeyed(atStart(syncFirst), "shortest", search);
    const place = session.choices.findIndex(({ taken }) => taken.step.id === session.ahead[0]);
    expect((await obeyed(session, String(place + 1), search)).session.ahead).toHaveLength(3);
    const other = session.choices.findIndex(({ taken }) => taken.step.id !== session.ahead[0]);
    expect((await obeyed(session, String(other + 1), search)).session.ahead).toEqual([]);
  });

  test("says none of a complete search only, and else how far it looked", async () => {
    const complete = await obeyed(atStart(peterson), "shortest", search);
    expect(complete.lines.join(" ").replaceAll(/\s+/g, " ")).toContain(
      "none: no run from here leads to a violation of mutual-exclusion (complete search, 42 states)",
    );
    const bounded = (await obeyed(atStart(peterson), "shortest 5", search)).lines.join(" ");
    expect(bounded.replaceAll(/\s+/g, " ")).toMatch(
      /not found: no run of at most 1 step leads from here .* stopped by the bound of 5 states, so longer ones/,
    );
    expect(bounded).not.toContain("none");
    const within = (await obeyed(atStart(fifo), "shortest empty-behind", search)).lines.join(" ");
    expect(within.replaceAll(/\s+/g, " ")).toContain("none within the constraint q-constraint: ");
  });

  test("never claims more steps than it looked at", async () => {
    const length = (await lengthFrom(syncFirst, syncFirst.problem.start[0], "both-interrupts-taken"))!;
    for (let states = 1; states < 200; states += 9) {
      const nearest = await nearestFrom(
        syncFirst.problem,
        stateOf(atStart(syncFirst).walk),
        "both-interrupts-taken",
        states,
        search,
      );
      const looked = "none" in nearest ? Number(/at most (\d+) step/.exec(nearest.none)?.[1]) : undefined;
      expect(looked ?? 0).toBeLessThan(length);
      expect("none" in nearest ? length : nearest.path.length).toBe(length);
    }
  });

  test("refuses what it cannot look for", async () => {
    await expect(obeyed(atStart(peterson), "shortest mutual-exclusio", search)).rejects.toThrow(
      'unknown property "mutual-exclusio" (did you mean "mutual-exclusion"?)',
    );
    await expect(obeyed(atStart(peterson), "shortest 0", search)).rejects.toThrow("at least: shortest 1000");
    await expect(obeyed(atStart(peterson), "shortest mutual-exclusion many", search)).rejects.toThrow(
      'shortest takes a number, not "many"',
    );
  });
});
