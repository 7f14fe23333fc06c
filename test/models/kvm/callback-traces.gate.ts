import { expect, test } from "vitest";
import { enablePatches } from "immer";
import { exploreFast, problemOf, type Problem } from "#check";
import { timer } from "../../../scenarios/timer/timer.ts";
import type { State } from "../../../models/kvm/state.ts";
import { takerOf } from "../../../src/problem/plain-step.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

enablePatches();

/** What a timer callback can see and touch, apart from history that only properties read. */
const seen = ({ vcpu: [vcpu], timer: [timer] }: State): string => {
  const { hr, on, due, pc, pending } = timer;
  return JSON.stringify({
    hr,
    on,
    due,
    pc,
    pending,
    mode: vcpu.mode,
    unblock: vcpu.req.UNBLOCK,
    on_: vcpu.on,
  });
};

/** Every step that some callback takes in some reachable state, as what it sees before and after. */
const callbackSteps = async (design: string, set: readonly string[]): Promise<ReadonlySet<string>> => {
  const choice = choiceOf(timer as never, { design, guest: "td", set });
  const { model, start } = timer.build(choice);
  const problem: Problem<State> = problemOf(model, timer.scope, [], start);
  const found = await exploreFast(problem);
  const callback = problem.steps.filter(
    ({ actor, action }) => actor === "housekeeping" || action.name === "apic_timer_fn",
  );
  const take = takerOf(problem);
  const taken = new Set<string>();
  for (let id = 0; id < found.states; id++) {
    const before = found.state(id);
    for (const step of callback) {
      const done = take(step, before);
      if (done !== undefined) taken.add(`${seen(before)} ${step.action.name} ${seen(done.after)}`);
    }
  }
  return taken;
};

// P14: the quiet punchline. The inhibit of the posted patch has no effect on what an expiry does.
test("without posting configured, callbacks do the same under the posted patch and with APICv active", async () => {
  const posted = await callbackSteps("v1-inhibit", ["nohzFull=on"]);
  expect(posted.size).toBeGreaterThan(50);
  expect(await callbackSteps("upstream", ["nohzFull=on"])).toEqual(posted);
});

test("with posting configured they do not", async () => {
  const set = ["nohzFull=on", "hltInGuest=on"];
  expect(await callbackSteps("upstream", set)).not.toEqual(await callbackSteps("v1-inhibit", set));
});
