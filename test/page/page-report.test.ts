import fc from "fast-check";
import { expect, test } from "vitest";
import { answer, type Asking } from "../../src/catalogue/answer.ts";
import type { AnyScenario } from "../../src/catalogue/scenario.ts";
import { brokenBy } from "../../src/check/confirm.ts";
import { replay } from "../../src/check/trace.ts";
import { bool, int, oneOf, record, signal } from "#check";
import type { Model } from "../../src/model/model.ts";
import { formatOf } from "../../src/derive/format.ts";
import { isLiveness } from "../../src/model/property.ts";
import { problemOf } from "../../src/problem/exploration.ts";
import { isEnabled, startOf, takerOf } from "../../src/problem/plain-step.ts";
import { exploreReported } from "../../src/command/explore/explore-reported.ts";
import { exploreJson } from "../../src/report/json.ts";
import { effortOf } from "../../src/report/effort.ts";
import { detailOf, pageReportOf } from "../../src/report/page/page-report-of.ts";
import { Surroundings } from "../../src/report/page/surroundings.ts";
import { scenarios } from "../../scenarios/index.ts";
import { scenarios as fixture } from "../fixtures/posting.ts";
import { hashOf, placeOf, type Place } from "../../src/page/place.ts";
import { Space } from "../../src/page/space.ts";
import { stepped, undone, walkedOf } from "../../src/page/walk.ts";

const reportOn = async (scenario: AnyScenario, asking: Asking = {}) => {
  const outcome = await answer(scenario, asking);
  const effort = effortOf(outcome, 0);
  const reported = exploreReported(outcome, effort, {});
  const growing = pageReportOf(reported, exploreJson(outcome, effort), [detailOf(outcome)]);
  // As a page has it: by way of JSON.
  const report = JSON.parse(JSON.stringify(growing.report)) as typeof growing.report;
  return {
    outcome,
    reported,
    ...growing,
    report,
    spaces: report.spaces.map((data) => new Space(data, report)),
  };
};

const worlds = [fixture[0], ...scenarios.filter(({ name }) => name === "oracle/die-hard")];

test.each(worlds.map((scenario) => [scenario.name, scenario] as const))(
  "the page on %s has the states of every run, and all that could have happened on it",
  async (_, scenario) => {
    const { outcome, report, spaces } = await reportOn(scenario);
    const { problem } = outcome;
    const format = formatOf(problem.model.state, problem.scope);
    const shown = outcome.properties.flatMap(({ property, evidence }) =>
      evidence === null ? [] : [{ id: property.id, trace: evidence.trace }],
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const { id, trace } of shown) {
      const run = report.worlds[0].verdicts.find(({ property }) => property === id)!.run!;
      const space = spaces[run.space];
      const states = [trace.start, ...trace.steps.map(({ after }) => after)];
      expect(run.steps).toEqual(trace.steps.map(({ step }) => step.id));
      for (const [i, state] of states.entries()) {
        const place = run.states[i];
        expect(space.leavesOf(place).map(([leaf, value]) => `${leaf} = ${value}`)).toEqual(
          format.state(state),
        );
        const enabled = problem.steps
          .filter((step) => isEnabled(problem, step, state))
          .map((step) => step.id);
        expect(
          space
            .choices(place)
            ?.map((choice) => choice.id)
            .toSorted((a, b) => a - b),
        ).toEqual(enabled);
      }
      expect(run.mail).toContain(id);
    }
  },
);

test("what each step breaks or witnesses is said, and of no other step", async () => {
  const sync = { design: "sync-first" };
  const { outcome, report, surroundings, spaces } = await reportOn(fixture[0], sync);
  const { problem } = outcome;
  const [space] = spaces;
  surroundings[0].grow(2_000);
  space.add(
    surroundings[0].beyond(
      space.known,
      Array.from({ length: surroundings[0].size }, (_, i) => i),
    ),
  );
  const { steps } = report.worlds[0].verdicts.find(({ verdict }) => verdict === "violated")!.run!;
  const said = new Map<string, number>();
  const look = (path: readonly number[], place: number): void => {
    for (const { id, to, decides } of space.choices(place) ?? []) {
      const trace = replay(problem, { start: 0, steps: [...path, id] });
      const expected = problem.properties.flatMap((property) =>
        !isLiveness(property) && brokenBy(problem, property, trace) !== undefined
          ? [`${property.kind === "sometimes" ? "witnesses" : "breaks"} ${property.id}`]
          : [],
      );
      expect(decides).toEqual(expected);
      for (const word of decides) said.set(word, (said.get(word) ?? 0) + 1);
      if (path.length < 2 || id === steps[path.length]) look([...path, id], to);
    }
  };
  look([], report.worlds[0].start!.states[0]);
  expect([...said.keys()]).toContain("breaks posted-interrupt-never-missed");
});

test("an arrow is called what the model calls that a field is set, and nothing where it is cleared", () => {
  const done = signal("wake", oneOf("OPEN", "DONE"), "OPEN");
  const model: Model<unknown> = {
    name: "flags",
    state: record({ flags: signal("post", record({ asked: bool, done })), count: int(0, 1) }),
    init: () => [{ flags: { asked: false, done: "DONE" }, count: 0 }],
    actions: [],
  };
  const surroundings = new Surroundings(problemOf(model, {}));
  expect(surroundings.signal("flags.asked", true)).toBe("post");
  expect(surroundings.signal("flags.asked", false)).toBe("");
  expect(surroundings.signal("flags.done", "OPEN")).toBe("wake");
  expect(surroundings.signal("flags.done", "DONE")).toBe("");
  expect(surroundings.signal("count", 1)).toBe("");
});

test("what grows behind a page fits to what it has: a walk of any steps passes the states that these steps lead to", async () => {
  const { outcome, report, surroundings, spaces } = await reportOn(fixture[0]);
  const { problem } = outcome;
  const format = formatOf(problem.model.state, problem.scope);
  const take = takerOf(problem);
  const space = spaces[0];
  const { start } = report.worlds[0];
  expect(start).not.toBeNull();
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (picks) => {
      let place = start!.states[0];
      let state = startOf(problem, 0);
      for (const pick of picks) {
        const { known } = space;
        surroundings[0].look(place);
        space.add(surroundings[0].beyond(known, [place]));
        const choices = space.choices(place)!;
        if (choices.length === 0) return;
        const { id, to } = choices[pick % choices.length];
        place = to;
        state = take(problem.steps[id], state)!.after;
        expect(space.leavesOf(place).map(([leaf, value]) => `${leaf} = ${value}`)).toEqual(
          format.state(state),
        );
      }
    }),
  );
});

test("a run that the page has no room for is left out, and it says how many are", async () => {
  const { reported } = await reportOn(fixture[0]);
  const [world] = reported.worlds;
  const one = world.verdicts.find(({ run }) => run !== null)!;
  const { trace } = one.run!;
  const verdicts = [one, { ...one, run: { ...one.run! } }, { ...one, run: { ...one.run! } }];
  const { report } = pageReportOf(
    { ...reported, worlds: [{ ...world, verdicts }] },
    {},
    [],
    2 * trace.steps.length,
  );
  expect(report.left).toEqual([
    "1 run of 3 is left out, so that the page stays small: each has the command that prints it.",
  ]);
  expect(report.worlds[0].verdicts.map(({ run }) => run === null)).toEqual([false, false, true]);
});

const name = fc.string({ minLength: 1, maxLength: 20 });
const places: fc.Arbitrary<Place> = fc.record(
  {
    world: name,
    property: name,
    step: fc.nat(100_000),
    walk: fc.record({ after: fc.nat(1000), steps: fc.array(fc.nat(1000), { minLength: 1 }) }),
    view: fc.constantFrom("steps" as const, "graph" as const),
  },
  { requiredKeys: ["property", "step", "view"] },
);

test("an address names the place that it was made of", () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(placeOf(hashOf(place))).toEqual(place);
    }),
  );
});

test("an address that says anything else is some place", () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      const { step, view } = placeOf(`#step=${hash}&walk=${hash}&${hash}`);
      expect(Number.isInteger(step)).toBe(true);
      expect(["steps", "graph"]).toContain(view);
    }),
  );
});

test("a step beside the run leads where it is said to, one along the run stays on it, and to undo it leads back", async () => {
  const { report, spaces } = await reportOn(fixture[0]);
  const { verdicts } = report.worlds[0];
  const run = verdicts.find((verdict) => (verdict.run?.steps.length ?? 0) > 3)!.run!;
  const space = spaces[run.space];
  fc.assert(
    fc.property(fc.nat(run.steps.length), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (at, picks) => {
      let place: Place = { step: at, view: "steps" };
      for (const pick of picks) {
        const walked = walkedOf(space, run, place.walk);
        const choices = space.choices(walked.states[place.step]) ?? [];
        if (choices.length === 0) return;
        const { id, to } = choices[pick % choices.length];
        const next = stepped(place, run, walked, id);
        const after = walkedOf(space, run, next.walk);
        expect(after.stuck).toBeUndefined();
        expect(after.states[next.step]).toBe(to);
        expect(next.step).toBe(place.step + 1);
        // What was taken along the run is not beside it, so there is nothing of it to undo.
        const back = next.walk === undefined ? walked : walkedOf(space, run, undone(next)?.walk);
        expect(back.states[place.step]).toBe(walked.states[place.step]);
        place = next;
      }
    }),
  );
});
