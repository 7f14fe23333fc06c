import type { Captured } from "../catalogue/captured.ts";
import type { CapturedPart, Followed, FollowedLine } from "../catalogue/followed.ts";
import { CheckError } from "../errors.ts";
import { seenFields } from "../events/seen-fields.ts";
import type { Event } from "../events/tracepoint.ts";
import type { Model } from "../model/model.ts";
import type { Property } from "../model/property.ts";
import { graphAlong } from "../observed/along.ts";
import { breaksOf } from "../observed/breaks-of.ts";
import { isMark } from "../observed/labels.ts";
import type { Observing } from "../observed/observing.ts";
import { problemOf } from "../problem/exploration.ts";
import type { Scope } from "../schema/domain.ts";
import { judgeFollowed, type Judged } from "./judge-part.ts";

/** A world whose run a capture is said to be, from one of its start states. */
export interface World {
  readonly name: string;
  readonly model: Model<unknown>;
  readonly scope: Scope;
  readonly start: readonly unknown[];
}

/** What is seen of an event in a capture of one world: the numbers are those of the model, and the thread is named. */
const labelOf = ({ tracepoints }: Pick<Captured, "tracepoints">, event: Event, comm: string): string =>
  [event.name, ...seenFields(tracepoints, event), `by ${comm}`].join(" ");

const observingOf = (captured: Captured): Observing<unknown> => ({
  tracepoints: captured.tracepoints,
  label: (event, { step: { action, actor }, before }) =>
    labelOf(captured, event, captured.thread(action.name, actor, before).task.comm ?? ""),
  context: captured.context,
  unlocked: captured.unlocked,
  rare: () => undefined,
  marks: {},
  facts: captured.facts,
});

/** The lines of a capture as a world's run prints them. @throws CheckError where it does not say all that such a run does. */
const linesOf = (events: CapturedPart["events"], captured: Captured): readonly FollowedLine[] =>
  events.map((item): FollowedLine => {
    const bad = (what: string): CheckError =>
      new CheckError(
        "input",
        `line ${item.at}: ${what}; --world takes a capture as replay --format prints it, from the world's start`,
      );
    if ("lost" in item) throw bad("events are lost before it");
    const comm = item.line.task?.comm;
    if (comm === undefined) throw bad("it does not name its thread");
    return { at: item.at, labels: [labelOf(captured, item.event, comm)] };
  });

/**
 * Judges a capture as that of a run of one world from its start.
 * @throws CheckError where it is not like one, what is asked cannot be seen, or too many states agree with it.
 */
export const judgeInWorld = async (
  events: CapturedPart["events"],
  captured: Captured,
  { name, model, scope, start }: World,
  {
    recorded,
    breaks,
  }: { readonly recorded: readonly string[] | undefined; readonly breaks: Property<unknown> | undefined },
): Promise<Judged> => {
  const problem = problemOf(model, scope, breaks === undefined ? [] : [breaks], start);
  const lines = linesOf(events, captured);
  const sees = (label: string): boolean => recorded?.includes(label.split(" ")[0]) ?? true;
  const seen = lines.filter(({ labels }) => labels !== "lost" && labels.every(sees));
  const observing = {
    ...observingOf(captured),
    ...(breaks === undefined ? {} : { breaks: breaksOf(problem) }),
  };
  const graph = graphAlong(
    problem,
    observing,
    seen.flatMap(({ labels }) => labels),
    (label) => !isMark(label) && !sees(label),
  );
  const part: Followed = {
    kind: "followed",
    title: name,
    of: {},
    worlds: [{ name, of: {}, problem: () => problem, observing }],
    lines: seen,
    sees,
    gaps: [],
    ends: {},
    telling: [],
    notes: [],
  };
  return judgeFollowed(part, async () => graph, { strict: true, asked: breaks !== undefined });
};
