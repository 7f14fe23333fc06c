import type { PageRun } from "../report/page/page-report.ts";
import { CopyButton } from "./copy-button.tsx";
import { Decides } from "./decides.tsx";
import { hashOf, type Place } from "./place.ts";
import { undone, type Walked } from "./walk.ts";

interface Asked {
  readonly run: PageRun;
  readonly walked: Walked;
  /** Where one stands. */
  readonly place: Place;
  readonly go: (place: Place) => void;
}

/** What takes a walk back: its last step, or all that is not on the run. */
const WalkedBack = ({ walked, place, go }: Asked) => {
  const back = undone(place);
  if (back === undefined) return null;
  const toRun = (): void => {
    const { walk: _, ...rest } = place;
    go({ ...rest, step: Math.min(place.step, walked.leaves) });
  };
  return (
    <>
      <button type="button" onClick={() => go(back)}>
        Undo the last step
      </button>
      <button type="button" onClick={toRun}>
        Back to the run
      </button>
    </>
  );
};

/** What one does with a run, `decides` what its last step breaks or witnesses: see its steps or its graph, go through it, copy it. */
export const RunBar = ({
  run,
  walked,
  place,
  go,
  decides,
}: Asked & { readonly decides: readonly string[] }) => {
  const { step, view } = place;
  const link = (wanted: Place["view"], text: string) => (
    <a href={hashOf({ ...place, view: wanted })} aria-current={view === wanted ? "page" : undefined}>
      {text}
    </a>
  );
  return (
    <nav class="bar" aria-label="Run">
      {link("steps", "Steps")}
      {link("graph", "Graph")}
      {run.mail === "" ? null : <CopyButton text={run.mail}>Copy for a mail</CopyButton>}
      <button type="button" disabled={step === 0} onClick={() => go({ ...place, step: step - 1 })}>
        Back
      </button>
      <button
        type="button"
        disabled={step === walked.steps.length}
        onClick={() => go({ ...place, step: step + 1 })}
      >
        Forth
      </button>
      <WalkedBack run={run} walked={walked} place={place} go={go} />
      <span role="status" class="dim">
        {step === 0 ? "at the start" : `step ${step} of ${walked.steps.length}`}
        {place.walk === undefined ? "" : `, beside the run since step ${walked.leaves}`}
        {decides.length === 0 ? "" : "; it"}
        <Decides words={decides} />
      </span>
    </nav>
  );
};
