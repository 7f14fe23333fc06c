import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError, exploreReference } from "#check";
import { parseHandle } from "../../../src/catalogue/handle.ts";
import { pathOf } from "../../../src/check/schedule.ts";
import { replay } from "../../../src/check/trace.ts";
import { stepText } from "../../../src/model/model.ts";
import { obeyed } from "../../../src/command/step/obey.ts";
import { shown, type Session } from "../../../src/command/step/session.ts";
import { stateOf } from "../../../src/command/step/walk.ts";
import { farewellLines } from "../../../src/command/step/walk-text.ts";
import { runs } from "../../fixtures/runs.ts";
import { all, along, atStart, search, worlds, type Posed } from "./worlds.ts";

const world = fc.nat({ max: worlds.length - 1 });
/** Which of the enabled steps is taken, as a fraction of how many there are. */
const turns = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 12 });

const said = async (session: Session, line: string): Promise<Session> =>
  (await obeyed(session, line, search)).session;

/** The sessions of a walk, one for each place where it stood; it ends early where no step is enabled. */
const walkedBy = async (first: Session, fractions: readonly number[]): Promise<readonly Session[]> => {
  const sessions = [first];
  for (const fraction of fractions) {
    const session = sessions.at(-1)!;
    if (session.choices.length === 0) break;
    sessions.push(await said(session, String(Math.floor(fraction * session.choices.length) + 1)));
  }
  return sessions;
};

/** All that one sees of a session, and the state it stands in; what could be redone aside. */
const seen = (session: Session) => ({
  state: stateOf(session.walk),
  at: session.walk.at,
  lines: shown(session).slice(1),
});

const law = (ask: (sessions: readonly Session[], posed: Posed) => Promise<void>, full = 100): Promise<void> =>
  fc.assert(
    fc.asyncProperty(world, turns, async (place, fractions) =>
      ask(await walkedBy(atStart(worlds[place]), fractions), worlds[place]),
    ),
    { numRuns: runs(full) },
  );

describe("after any walk", () => {
  test("undo gives each state before, redo each one after, and nothing is left to undo or redo at the ends", async () => {
    let steps = 0;
    await law(async (sessions) => {
      steps += sessions.length - 1;
      let session = sessions.at(-1)!;
      await expect(said(session, "redo")).rejects.toThrow("nothing to redo");
      for (const before of sessions.slice(0, -1).toReversed()) {
        session = await said(session, "undo");
        expect(seen(session)).toEqual(seen(before));
      }
      await expect(said(session, "undo")).rejects.toThrow("nothing to undo");
      for (const after of sessions.slice(1)) {
        session = await said(session, "redo");
        expect(seen(session)).toEqual(seen(after));
      }
    });
    expect(steps).toBeGreaterThan(20);
  });

  test("jump and start stand where they say, and nowhere beyond the walk", () =>
    law(async (sessions) => {
      const last = sessions.at(-1)!;
      for (const [to, session] of sessions.entries())
        expect(seen(await said(last, `jump ${to}`))).toEqual(seen(session));
      expect(seen(await said(last, "start"))).toEqual(seen(sessions[0]));
      await expect(said(last, `jump ${sessions.length}`)).rejects.toThrow(
        `jump takes 0 to ${sessions.length - 1}, not ${sessions.length}`,
      );
    }));

  test("another step forgets what was undone, the same step does not", () =>
    law(async (sessions) => {
      const last = sessions.at(-1)!;
      const back = await said(last, "start");
      for (const [place, { taken }] of back.choices.entries()) {
        const on = await said(back, String(place + 1));
        const same = taken.step.id === last.walk.visits[0]?.taken.step.id;
        expect(on.walk.visits.length).toBe(same ? last.walk.visits.length : 1);
        expect(stateOf(on.walk)).toEqual(taken.after);
      }
    }));

  test("the name of a step takes what its number takes, and so does its name in a trace", () =>
    law(async (sessions) => {
      const last = sessions.at(-1)!;
      for (const [place, { taken }] of last.choices.entries()) {
        const byNumber = await said(last, String(place + 1));
        expect(await said(last, stepText(taken.step))).toEqual(byNumber);
        expect(await said(last, ` ${stepText(taken.step).replaceAll(" ", "")} `)).toEqual(byNumber);
      }
    }, 50));

  test("the command at the end replays to the same states", () =>
    law(async (sessions, { problem }) => {
      const { world: where, walk } = sessions.at(-1)!;
      const command = farewellLines(where, walk)
        .slice(1)
        .map((line) => line.trim().replace(/ \\$/, ""))
        .join(" ")
        .split(" ");
      if (walk.at === 0) return;
      expect(command.slice(0, 2)).toEqual(["apicv-check", "replay"]);
      const { schedule } = parseHandle(command.slice(2).join(""), all.scenarios);
      const { steps } = replay(problem, pathOf(problem, schedule));
      expect(steps.map(({ after }) => after)).toEqual(walk.visits.map(({ taken }) => taken.after));
    }));

  test("a line that cannot be done changes nothing, and no line is an internal error", async () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc
        .tuple(
          fc.constantFrom("jump", "start", "state", "shortest", "go", "undo", "trace", "0", "99", "ENTER"),
          fc.constantFrom("", " 3", " x", " -1", " 1e9", " constructor", " 1 2", "(v=0)", "(v=9)"),
        )
        .map((words) => words.join("")),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(world, fc.array(line, { maxLength: 8 }), async (place, lines) => {
        let session = atStart(worlds[place]);
        for (const text of lines) {
          const before = structuredClone(seen(session));
          const answer = await said(session, text.replaceAll("\n", " ")).catch((error: unknown) => error);
          const error = answer instanceof Error ? answer : undefined;
          expect(error === undefined ? undefined : (error as CheckError).code).not.toBe("internal");
          expect(error ?? new CheckError("usage", "")).toBeInstanceOf(CheckError);
          expect(seen(session)).toEqual(before);
          if (error === undefined) session = answer as Session;
          else refused++;
        }
      }),
      { numRuns: runs(100) },
    );
    expect(refused).toBeGreaterThan(20);
  });
});

describe("what is enabled", () => {
  test.each(worlds)("$scenario.name $choice.design: is what the reference explorer takes", async (posed) => {
    const { problem } = posed;
    const found = await exploreReference(problem, { states: 600 });
    let moves = 0;
    for (let id = 0; id < Math.min(found.states, 60); id++) {
      const session = along(posed, found.path(id));
      const told = found.told!(id)!;
      moves += told.moves.length;
      const byId = session.choices.toSorted((a, b) => a.taken.step.id - b.taken.step.id);
      expect(byId.map(({ taken }) => ({ step: taken.step.id, after: taken.after }))).toEqual(
        told.moves.map(({ step, after }) => ({ step, after })),
      );
    }
    expect(moves).toBeGreaterThan(20);
  });

  test.each(worlds)(
    "$scenario.name $choice.design: marks say what the reference explorer says",
    async (posed) => {
      const { problem } = posed;
      const found = await exploreReference(problem);
      const HIT = 2;
      for (let id = 0; id < Math.min(found.states, 60); id++) {
        const session = along(posed, found.path(id));
        const { said: ofState, moves } = found.told!(id)!;
        const hits = (marks: readonly { readonly property: unknown; readonly says: string }[]) =>
          problem.properties.map((property) =>
            marks.some((mark) => mark.property === property && mark.says !== "occurs"),
          );
        const own = session.walk.at === 0 ? session.walk.origin.marks : session.walk.visits.at(-1)!.marks;
        const isStep = problem.properties.map(({ kind }) => kind === "step");
        expect(hits(own).map((hit, place) => hit && !isStep[place])).toEqual(
          // Behind them is the answer to whether the state is beyond a constraint.
          ofState.slice(0, isStep.length).map((bits, place) => (bits & HIT) !== 0 && !isStep[place]),
        );
        for (const { step, bits } of moves) {
          const { marks } = session.choices.find(({ taken }) => taken.step.id === step)!;
          expect(hits(marks).map((hit, place) => hit && isStep[place])).toEqual(
            bits.slice(0, isStep.length).map((bit, place) => (bit & HIT) !== 0 && isStep[place]),
          );
        }
      }
    },
  );
});
