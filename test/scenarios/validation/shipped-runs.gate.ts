import { describe, expect, test } from "vitest";
import {
  captureReader,
  exploreFast,
  layouts,
  problemOf,
  replay,
  type AnyScenario,
  type LayoutName,
} from "#check";
import { captured } from "../../../scenarios/captured.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { groupsOf } from "../../../src/catalogue/cases.ts";
import { expectationFor } from "../../../src/catalogue/scenario.ts";
import { worldText } from "../../../src/catalogue/size.ts";
import { captureText } from "../../../src/report/capture-text.ts";
import { validateCapture } from "../../../src/validate/validate-capture.ts";

/** The worlds of what captures are followed of: timers, and pins of the I/O APIC. */
const followed = kvm.filter(({ name }) => /timer|deadline|f3-|f4-|f5-|level|ioapic/.test(name));
const names = Object.keys(layouts) as LayoutName[];

/** The lines of a capture that are events, by their numbers from 1. */
const eventsIn = (lines: readonly string[]): readonly number[] => {
  const at: number[] = [];
  const reader = captureReader(captured.tracepoints, (item) => {
    if (item.kind === "event") at.push(item.at);
  });
  reader.write(lines.join("\n"));
  reader.end();
  return at;
};

/** The runs that are known to break something in a finite run, each printed in one of the layouts. */
const printedRuns = async (scenario: AnyScenario) => {
  const found = [];
  for (const { problem, cases, unreachable } of groupsOf([scenario])) {
    const [{ choice }] = cases;
    const violated = problem.properties.filter(
      ({ id, kind }) =>
        (kind === "invariant" || kind === "step") &&
        expectationFor(scenario, id, choice)?.verdict === "violated",
    );
    if (violated.length === 0 || unreachable !== undefined) continue;
    const { model, scope, start } = problem;
    const asked = problemOf(model, scope, violated, start);
    const { findings } = await exploreFast(asked, { failFast: violated.length === 1 });
    for (const [place, property] of violated.entries()) {
      const { path } = findings[place];
      if (path === undefined) throw new Error(`${worldText(scenario, choice)}: no run breaks ${property.id}`);
      const layout = names[found.length % names.length];
      const lines = captureText(replay(asked, path), [], captured, layout);
      const world = { name: worldText(scenario, choice), model, scope, start };
      found.push({ world, property, lines, events: eventsIn(lines) });
    }
  }
  return found;
};

const shown: Record<string, number> = { every: 0, some: 0 };
const cut = { lines: 0, refused: 0 };

describe.each(followed.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  test("allows what its counterexamples print, and finds by the last line what they break", async () => {
    for (const { world, property, lines, events } of await printedRuns(scenario)) {
      const judged = async (some: readonly string[]) =>
        (await validateCapture(some.join("\n"), captured, { world, breaks: property })).machines[0].parts[0];
      const what = `${world.name} ${property.id}`;
      const { verdict, broken, refusal } = await judged(lines);
      expect({ what, verdict, refusal }).toEqual({
        what,
        verdict: events.length === 0 ? "incomplete" : "consistent",
        refusal: undefined,
      });
      expect({ what, by: broken?.by }).toEqual({ what, by: expect.stringMatching(/every|some/) });
      expect(broken?.at ?? 0).toBeLessThanOrEqual(events.at(-1) ?? 0);
      shown[broken!.by]++;
      if (events.length < 3 || (shown["every"] + shown["some"]) % 5 > 0) continue;
      // One in the middle is missed, unless what printed it need not have happened.
      const { refusal: refused } = await judged(lines.toSpliced(events[events.length >> 1] - 1, 1));
      cut.lines++;
      if (refused !== undefined) cut.refused++;
    }
  });
});

test("some of them show it in every run that agrees, some do not, and most without a line are no runs", () => {
  expect(shown["every"]).toBeGreaterThan(0);
  expect(shown["some"]).toBeGreaterThan(0);
  expect(cut.refused).toBeGreaterThan(cut.lines / 2);
});
