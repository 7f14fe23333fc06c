import type { Captured } from "../catalogue/captured.ts";
import { CheckError } from "../errors.ts";
import type { Property } from "../model/property.ts";
import { chosenParts, refuseEmpty, type Chosen } from "./choose-parts.ts";
import { judgeInWorld, type World } from "./judge-in-world.ts";
import {
  judgedTogether,
  judgeFollowed,
  judgeReckoned,
  standings,
  type Judged,
  type PartVerdict,
} from "./judge-part.ts";
import { readCapture, textsAt, type CaptureText, type Machine, type ReadCapture } from "./read-capture.ts";
import { graphsFor } from "./world-graph.ts";

/** What a model says of a capture. */
export interface Validation extends Pick<
  ReadCapture,
  "events" | "unknownEvents" | "unknownTexts" | "lost" | "others"
> {
  readonly verdict: PartVerdict;
  /** The property that is asked of the runs that agree with it. */
  readonly asked?: string;
  /** Each virtual machine of each recording in the file, and what is followed of it, the worst first. */
  readonly machines: readonly { readonly name: string; readonly parts: readonly Judged[] }[];
  /** The first lines with who printed them, where that was asked for. */
  readonly shown?: readonly ShownLine[];
  /** What was printed in a line that the parts name. */
  readonly textAt: (at: number) => string | undefined;
}

/** A line of a capture, and the thread that printed it, as far as that is known. */
export interface ShownLine {
  readonly at: number;
  readonly thread: string;
}

/** So many lines are shown with what is known behind them. */
const MOST_SHOWN = 2000;

/** What is asked of a capture. */
export interface Validating {
  /** The names of the events that were recorded; those that are in it where left out. */
  readonly recorded?: readonly string[] | undefined;
  /** Nothing rare happened unseen. */
  readonly strict?: boolean | undefined;
  /** What is asked of the runs that agree with it. */
  readonly breaks?: Property<unknown> | undefined;
  /** Whether to look for what has to have happened unseen where it is not allowed. */
  readonly widen?: boolean | undefined;
  /** The world whose run it is, from its start: all of it is followed in that world alone. */
  readonly world?: World | undefined;
  /** What is to be followed, by the names by which parts and worlds are told apart; everything where left out. */
  readonly chosen?: Chosen | undefined;
  /** The process of the virtual machine that is to be followed; all where left out. */
  readonly process?: number | undefined;
  /** The line at which it is to be said what is known of the states. */
  readonly at?: number | undefined;
  /** Whether to say of its first lines who printed them and what was known behind them. */
  readonly shows?: boolean | undefined;
  /** By how many nanoseconds the clocks of CPUs may be apart; not at all where left out. */
  readonly skew?: bigint | undefined;
}

const grave = (one: PartVerdict, other: PartVerdict): number =>
  standings.indexOf(one) - standings.indexOf(other);

/** What can be followed of each virtual machine, as far as it is to be. @throws CheckError where that is nothing. */
const partsIn = (
  machines: readonly Machine[],
  captured: Captured,
  recorded: ReadonlySet<string>,
  { chosen = {}, process }: Pick<Validating, "chosen" | "process">,
) => {
  const those = machines.filter((machine) => process === undefined || machine.process === process);
  if (those.length === 0 && machines.length > 0) {
    const known = [...new Set(machines.map((machine) => machine.process))];
    const told = known.filter((one) => typeof one === "number");
    throw new CheckError(
      "usage",
      `no event of the capture is known to be of process ${process}; ${told.length === 0 ? "of none it is known: record them (record-tgid)" : `there is ${told.join(", ")}`}`,
    );
  }
  const all = those.map(({ name, process: of, events }) => ({
    name,
    mixed: of === undefined,
    parts: captured.partsOf({ events, recorded }),
  }));
  if (Object.keys(chosen).length > 0)
    refuseEmpty(
      all.flatMap(({ parts }) => parts),
      chosen,
    );
  return all.map((one) => ({ ...one, parts: chosenParts(one.parts, chosen) }));
};

/** What is followed of each virtual machine, the worst first. @throws CheckError where that is nothing that is to be. */
const judgedMachines = async (
  { machines: found, printedAt }: ReadCapture,
  captured: Captured,
  recorded: ReadonlySet<string>,
  { strict = false, breaks, widen = false, at, skew, ...choice }: Validating,
  trailTo: number | undefined,
): Promise<Validation["machines"]> => {
  const graphOf = graphsFor(breaks);
  const judging = {
    strict,
    at,
    skew: skew === undefined ? undefined : { by: skew, printedAt },
    asked: breaks !== undefined,
    widen,
    trailTo,
  };
  const machines: { name: string; parts: readonly Judged[] }[] = [];
  for (const { name, mixed, parts: followed } of partsIn(found, captured, recorded, choice)) {
    const parts: Judged[] = [];
    for (const part of followed) {
      const judged =
        part.kind === "reckoned" ? judgeReckoned(part) : await judgeFollowed(part, graphOf, judging);
      parts.push(mixed ? judgedTogether(judged) : judged);
    }
    machines.push({ name, parts: parts.toSorted((a, b) => grave(a.verdict, b.verdict)) });
  }
  return machines;
};

const shownIn = ({ all }: ReadCapture): readonly ShownLine[] => {
  const shown: ShownLine[] = [];
  for (const one of all) {
    if (shown.length === MOST_SHOWN) break;
    if ("lost" in one) continue;
    const { comm = "", pid } = one.line.task ?? {};
    shown.push({ at: one.at, thread: [comm, pid ?? ""].join(" ").trim() });
  }
  return shown;
};

/** The lines that a report names. */
const namedLines = (machines: Validation["machines"]): readonly number[] =>
  machines.flatMap(({ parts }) =>
    parts.flatMap(({ refusal, wrong }) => [
      ...(refusal === undefined ? [] : [...refusal.before, refusal.at]),
      ...wrong.map(({ at }) => at),
    ]),
  );

/**
 * Says whether a model allows what is in a capture, part by part.
 * @throws CheckError where nothing in it is what is to be followed.
 */
export const validateCapture = async (
  text: CaptureText,
  captured: Captured,
  validating: Validating = {},
): Promise<Validation> => {
  const { recorded, breaks, world, skew, shows = false } = validating;
  const capture = await readCapture(text, captured, skew !== undefined);
  const shown = shows ? shownIn(capture) : [];
  const { events, types, unknownEvents, unknownTexts, lost, others } = capture;
  const machines =
    world === undefined
      ? await judgedMachines(
          capture,
          captured,
          recorded === undefined ? types : new Set(recorded),
          validating,
          shown.at(-1)?.at,
        )
      : [{ name: "", parts: [await judgeInWorld(capture.all, captured, world, { recorded, breaks })] }];
  const verdicts = machines.flatMap(({ parts }) => parts.map(({ verdict }) => verdict));
  const texts = await textsAt(text, captured.tracepoints, [
    ...namedLines(machines),
    ...shown.map(({ at }) => at),
  ]);
  return {
    verdict: verdicts.toSorted(grave).at(0) ?? "incomplete",
    events,
    ...(breaks === undefined ? {} : { asked: breaks.id }),
    machines,
    unknownEvents,
    unknownTexts,
    lost,
    others,
    ...(shows ? { shown } : {}),
    textAt: (at) => texts.get(at),
  };
};
