import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { captured } from "../../../scenarios/captured.ts";
import { timerWorlds } from "../../../scenarios/validation/timer.ts";
import { automatonOf } from "../../../src/observed/automaton.ts";
import { observedSystem } from "../../../src/observed/observed-system.ts";
import { quotientOf } from "../../../src/observed/quotient.ts";
import { monitorDot } from "../../../src/report/monitor-dot.ts";
import { readMonitor } from "../../report/read-monitor.ts";

const [vmx] = timerWorlds;
const td = timerWorlds.at(-1)!;

test.each([vmx, td].map((world) => [world.name, world] as const))("a monitor of %s", async (_, world) => {
  const problem = world.problem();
  const graph = quotientOf(observedSystem(problem, await exploreFast(problem), world.observing));
  const events = ["kvm_hv_timer_state", "kvm_entry", "kvm_exit"];
  const automaton = automatonOf(graph, (label) => events.includes(label.split(" ")[0]));
  const {
    initial,
    next,
    events: read,
    states,
  } = readMonitor(monitorDot(world.name, automaton, captured.tracepoints));
  expect(states.length).toBeGreaterThan(2);
  expect(read.size).toBe(automaton.events.length);
  // Between two entries there is an exit, wherever it begins.
  const entered = next(initial, "kvm_entry")!;
  expect(next(entered, "kvm_entry")).toBeUndefined();
  expect(next(entered, "kvm_exit")).toBeDefined();
});
