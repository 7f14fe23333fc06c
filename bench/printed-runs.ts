import {
  captureReader,
  layouts,
  type CapturedEvent,
  type Event,
  type FollowedWorld,
  type LayoutName,
  type Problem,
  type Step,
} from "#check";
import { captured } from "../scenarios/captured.ts";
import { eventText, tracepointOf } from "../src/events/tracepoint.ts";
import { takerOf } from "../src/problem/plain-step.ts";
import { judgeFollowed, type Judged } from "../src/validate/judge-part.ts";
import { graphOfWorld } from "../src/validate/world-graph.ts";

/** The text of an event; undefined where it is not printed at all. */
type TextOf = (event: Event, layout: LayoutName) => string | undefined;

/** As the newest release prints it, and the program that shows it. */
const newest: TextOf = (event, layout) => {
  const of = layouts[layout];
  return eventText(captured.tracepoints, event, "library" in of ? of.library : undefined);
};

/** Numbers below 1, the same for the same seed. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

/** The events of a capture. */
export const eventsOf = (lines: readonly string[]): readonly CapturedEvent[] => {
  const events: CapturedEvent[] = [];
  const reader = captureReader(captured.tracepoints, (item) => {
    if (item.kind === "event") events.push(item);
  });
  reader.write(lines.join("\n"));
  reader.end();
  return events;
};

/** Steps without a line after which a run is taken for one that prints nothing more. */
const SILENT = 1000;

/** Steps of others than vCPUs are taken so much less often: they print more, and say less. */
const OTHERS = 20;

const isOfVcpu = ({ actor }: Step<unknown>): boolean => actor.startsWith("CPU");

/**
 * Runs of a problem from its start, printed as a tracer has them; `random` gives numbers below 1. One that comes to an end, or
 * goes on without a line, has fewer lines than asked for.
 */
export const runsOf = (problem: Problem<unknown>, random: () => number) => {
  const take = takerOf(problem);
  /** Any step that is enabled, with what it does; of a vCPU first, if `ofVcpu`. */
  const anyStep = (state: unknown, ofVcpu: boolean) => {
    const shuffled = problem.steps
      .map((step) => ({ step, place: random() + (isOfVcpu(step) === ofVcpu ? 0 : 1) }))
      .toSorted((a, b) => a.place - b.place);
    for (const { step } of shuffled) {
      const taken = take(step, state);
      if (taken !== undefined) return { step, after: taken.after };
    }
    return undefined;
  };
  return (count: number, layout: LayoutName, textOf: TextOf = newest): readonly string[] => {
    const printed: string[] = [];
    let [state] = problem.start;
    let silent = 0;
    while (printed.length < count && silent++ < SILENT) {
      const chosen = anyStep(state, random() * OTHERS >= 1);
      if (chosen === undefined) break;
      const { step, after } = chosen;
      const thread = captured.thread(step.action.name, step.actor, state);
      for (const event of step.action.note?.events?.({ args: step.args, before: state, after }) ?? []) {
        const text = textOf(event, layout);
        if (text === undefined) continue;
        silent = 0;
        printed.push(
          layouts[layout].line({
            ...thread,
            stamp: { ticks: BigInt(100_000_000_000 + printed.length * 1000), digits: 6 },
            system: tracepointOf(captured.tracepoints, event).system,
            event: event.name,
            text,
          }),
        );
      }
      state = after;
    }
    return printed;
  };
};

/** What a world says of lines that are said to be printed by a run of it. */
type JudgeLines = (lines: readonly string[]) => Promise<Judged>;

/** Judges lines in one world alone, all whose events were recorded that occur in them. */
export const judgeLinesIn = async (world: FollowedWorld): Promise<JudgeLines> => {
  const graph = await graphOfWorld(world);
  return (lines) => {
    const events = eventsOf(lines);
    const recorded = new Set(events.map(({ event }) => event.name));
    const part = captured
      .partsOf({ events, recorded })
      .find((one) => one.kind === "followed" && one.worlds.some(({ name }) => name === world.name));
    return judgeFollowed({ ...part, worlds: [world] } as never, async () => graph, { strict: false });
  };
};
