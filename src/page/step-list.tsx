import { useEffect, useRef } from "preact/hooks";
import type { PageRun } from "../report/page/page-report.ts";
import { Decides } from "./decides.tsx";
import { LaneNames, Lanes, Legend, ROW } from "./lanes.tsx";
import type { Space } from "./space.ts";
import type { Walked } from "./walk.ts";

/** Of a longer run the steps around the one where one stands are shown. */
const MOST = 400;

/** What a step changes, in a line. */
const changesText = (space: Space, { states }: Walked, place: number): string => {
  const changes = space.changes(states[place], states[place + 1]);
  if (changes.length === 0) return "(nothing changes)";
  return changes
    .filter(({ bookkeeping }) => !bookkeeping)
    .map(({ leaf, from, to }) => `${leaf} ${from}>${to}`)
    .join(", ");
};

const partOf = (steps: number, at: number): { readonly from: number; readonly to: number } => {
  if (steps <= MOST) return { from: 0, to: steps };
  const from = Math.max(0, Math.min(steps - MOST, at - MOST / 2));
  return { from, to: from + MOST };
};

interface Asked {
  readonly space: Space;
  readonly run: PageRun;
  readonly walked: Walked;
  readonly at: number;
  readonly ends: string | undefined;
  readonly go: (step: number) => void;
}

/** The steps of a run beside their lanes; one of them is where one stands. */
export const StepList = ({ space, run, walked, at, ends, go }: Asked) => {
  const list = useRef<HTMLOListElement>(null);
  const part = partOf(walked.steps.length, at);
  useEffect(() => {
    const box = list.current?.closest(".steps");
    if (box === null || box === undefined) return;
    // Only the list is moved, not the page.
    const [top, room] = [(at - part.from) * ROW, box.clientHeight - 3 * ROW];
    if (top < box.scrollTop + ROW) box.scrollTop = top - ROW;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
  }, [at]);
  const isEnd = (place: number): boolean => place < walked.leaves && place === run.steps.length - 1;
  /** What is said of a step besides: that its order decides, and what the last of a run comes to. */
  const markOf = (place: number): string => {
    const onRun = place < walked.leaves;
    const star = onRun && run.starred.includes(place) ? " *" : "";
    return isEnd(place) && ends !== undefined ? `${star} ${ends}` : star;
  };
  const row = (place: number) => {
    const step = space.steps[walked.steps[place]];
    const mark = markOf(place);
    return (
      <li key={place} style={{ height: `${ROW}px` }} class={place >= walked.leaves ? "beside" : ""}>
        <button
          type="button"
          class={place === at - 1 ? "step now" : "step"}
          aria-current={place === at - 1 ? "step" : undefined}
          tabIndex={place === at - 1 || (at === 0 && place === part.from) ? 0 : -1}
          onClick={() => go(place + 1)}
        >
          <span class="number">{place + 1}</span>
          <span class="offscreen">{step.actor}: </span>
          <span class="label">
            {step.label}
            {mark === "" ? null : <b class="mark">{mark}</b>}
            {isEnd(place) ? null : (
              <Decides words={space.decidedBy(walked.states[place], walked.steps[place])} />
            )}
          </span>
          <span class="changes">{changesText(space, walked, place)}</span>
        </button>
      </li>
    );
  };
  const places = Array.from({ length: part.to - part.from }, (_, i) => part.from + i);
  return (
    <section class="steps" aria-label="Steps">
      <div class="steps-head">
        <LaneNames space={space} walked={walked} />
        <button type="button" class={at === 0 ? "step now" : "step"} onClick={() => go(0)}>
          <span class="number">0</span>
          <span class="label">the start</span>
        </button>
      </div>
      <div class="steps-body">
        <Lanes space={space} run={run} walked={walked} at={at} part={part} />
        <ol ref={list} start={part.from + 1}>
          {places.map(row)}
        </ol>
      </div>
      <Legend run={run} />
      {part.to - part.from < walked.steps.length ? (
        <p class="dim">
          Steps {part.from + 1} to {part.to} of {walked.steps.length}: those around where you are.
        </p>
      ) : null}
      {run.loopAt === null || walked.leaves < run.steps.length ? null : (
        <p class="mark">
          {run.loopAt === run.steps.length
            ? "Here it stops for ever."
            : `From here it goes back to step ${run.loopAt + 1}, again and again.`}
        </p>
      )}
    </section>
  );
};
