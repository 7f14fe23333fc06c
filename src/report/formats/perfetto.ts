import { evidenceIn, type Reported, type ReportedEvidence } from "./reported.ts";
import { actorsOf, stepWords } from "./run-text.ts";

/** Microseconds that a step is wide: a model has no time, and this is wide enough to click. */
const WIDTH = 1000;

/** One run as a process, a thread for each actor. */
const eventsOf = ({ world, verdict, run }: ReportedEvidence, place: number): readonly object[] => {
  const pid = place + 1;
  const steps = stepWords(run);
  const actors = actorsOf(steps);
  const named = (name: string, args: object, tid?: number): object => ({
    ph: "M",
    pid,
    ...(tid === undefined ? {} : { tid }),
    name,
    args,
  });
  const last = steps.at(-1);
  const { loopAt } = run.trace;
  const instant = (at: number, actor: string, name: string): object => ({
    ph: "i",
    pid,
    tid: Math.max(0, actors.indexOf(actor)) + 1,
    ts: at * WIDTH,
    s: "p",
    name,
    cat: "verdict",
  });
  return [
    named("process_name", { name: `${verdict.name} in ${world.name}` }),
    ...actors.flatMap((actor, at) => [
      named("thread_name", { name: actor }, at + 1),
      named("thread_sort_index", { sort_index: at + 1 }, at + 1),
    ]),
    ...steps.map(({ number, actor, text, changes }) => ({
      ph: "X",
      pid,
      tid: actors.indexOf(actor) + 1,
      ts: (number - 1) * WIDTH,
      dur: WIDTH,
      name: text,
      cat: "step",
      args: { step: number, changes: changes.join("\n") },
    })),
    ...(loopAt === undefined || steps[loopAt] === undefined
      ? []
      : [instant(loopAt, steps[loopAt].actor, "from here again and again")]),
    instant(steps.length, last?.actor ?? "", `${verdict.verdict}: ${verdict.name}`),
  ];
};

/** The runs as Chrome's trace events, which ui.perfetto.dev opens: a process for each run, a track for each actor. */
export const perfettoOf = (reported: Reported): string => {
  const { program, version } = reported;
  const document = {
    displayTimeUnit: "ns",
    otherData: { tool: program, version },
    traceEvents: evidenceIn(reported).flatMap(eventsOf),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};
