import { expect, test } from "vitest";
import {
  actionOf,
  bool,
  problemOf,
  record,
  replay,
  text,
  tracepoint,
  tracepointsOf,
  unsigned,
  type Trace,
} from "#check";
import type { Captured } from "../../src/catalogue/captured.ts";
import { captureText } from "../../src/report/capture-text.ts";

const State = record({ lit: bool });
const lamp = tracepoint({
  system: "house",
  name: "lamp",
  by: "own",
  when: "after",
  newest: { of: "2.0", source: "a fixture", text: text`lit ${unsigned("lit")} by ${unsigned("whoElse")}` },
  older: [{ of: "libtraceevent", source: "a fixture", text: text`is ${unsigned("lit")}` }],
  unknown: ["whoElse"],
});
const captured: Captured = {
  tracepoints: tracepointsOf([lamp]),
  thread: (action, actor) => ({ task: { comm: `${actor} ${action}`, pid: 7 }, cpu: 1 }),
  cpus: 2,
  numberOf: () => undefined,
  context: ({ actor }) => actor,
  unlocked: (state) => state,
  facts: {},
  worlds: [],
  partsOf: () => [],
};

const runOf = (prints: boolean) => {
  const model = {
    name: "lamp",
    state: State,
    init: () => [{ lit: false }],
    actions: [
      actionOf<{ readonly lit: boolean }>()("press", {
        actor: "hand",
        guard: () => true,
        effect: (d) => {
          d.lit = !d.lit;
        },
        ...(prints
          ? {
              note: {
                cites: {},
                facts: [],
                events: ({ after }: { readonly after: unknown }) => [
                  lamp.event({ lit: (after as { lit: boolean }).lit ? 1 : 0 }),
                ],
              },
            }
          : {}),
      }),
    ],
  };
  const trace = replay(problemOf(model, {}, []), { start: 0, steps: [0, 0, 0], loopAt: 1 });
  return trace as unknown as Trace<unknown>;
};

test("a run as a capture has a header of comments, a line for each event, and a mark where it goes on for ever", () => {
  expect(
    captureText(runOf(true), ["lamp"], captured, "ftrace").filter((line) => !/^#.*[|/]/.test(line)),
  ).toEqual([
    "# lamp",
    "# What a host would have shown of these 3 steps, in their order. The",
    "#   microseconds count the steps; numbers of threads, CPUs, interrupts and",
    "#   timers are made up.",
    "# Not known, and printed as 0 or no: who_else.",
    "# Recorded by: echo house:lamp > set_event",
    "# tracer: nop",
    "#",
    "      hand press-7       [001] .....   100.000001: lamp: lit 1 by 0",
    "# from here on again and again",
    "      hand press-7       [001] .....   100.000002: lamp: lit 0 by 0",
    "      hand press-7       [001] .....   100.000003: lamp: lit 1 by 0",
  ]);
});

test("a program that has a text of its own prints that", () => {
  const [last] = captureText(runOf(true), [], captured, "trace-cmd").slice(-1);
  expect(last).toBe("      hand press-7     [001] .....   100.000003: lamp:                 is 1");
});

test("a run that prints nothing says so", () => {
  expect(captureText(runOf(false), ["lamp"], captured, "perf")).toEqual([
    "# lamp",
    "# None of its steps prints an event.",
    "# from here on again and again",
  ]);
});
