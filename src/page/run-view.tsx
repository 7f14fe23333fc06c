import { useEffect } from "preact/hooks";
import { Choices } from "./choices.tsx";
import type { Finder } from "./finder.ts";
import { GraphView } from "./graph-view.tsx";
import { StateTable, StepCard } from "./inspector.tsx";
import { useStepKeys } from "./keys.ts";
import type { Place } from "./place.ts";
import { RunBar } from "./run-bar.tsx";
import type { Shown } from "./shown.ts";
import type { Space } from "./space.ts";
import { StepList } from "./step-list.tsx";
import { stepped, undone, walkedOf, type Walked } from "./walk.ts";

interface Asked {
  readonly program: string;
  readonly shown: Shown;
  readonly space: Space;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly finder: Finder | undefined;
}

/** What a run is a run of. */
const Heading = ({ shown: { world, verdict, run } }: Pick<Asked, "shown">) =>
  verdict === undefined ? (
    <h2 tabIndex={-1}>A walk through {world.name}</h2>
  ) : (
    <>
      <h2 tabIndex={-1}>
        {verdict.name}: {verdict.verdict}
      </h2>
      <p>{verdict.statement}</p>
      <p class="dim">
        {world.name}: {verdict.verdict} {verdict.message}
      </p>
      {run.told.length === 0 ? null : <p class="told">{run.told.join(" ")}</p>}
    </>
  );

/** Said where an address leads no further. */
const Stuck = ({ stuck }: Pick<Walked, "stuck">) =>
  stuck === undefined ? null : (
    <p class="warning" role="alert">
      {stuck.looked
        ? "The next step of this address is not enabled here."
        : "This page has no states further on."}
    </p>
  );

const StepsView = ({
  program,
  shown,
  space,
  walked,
  place,
  go,
  finder,
}: Asked & { readonly walked: Walked }) => {
  const { verdict, run } = shown;
  const at = place.step;
  const goOn = verdict?.replay?.replace(`${program} replay `, `${program} step `) ?? null;
  return (
    <div class="columns">
      <StepList
        space={space}
        run={run}
        walked={walked}
        at={at}
        ends={verdict?.verdict === "violated" ? "breaks it" : verdict?.verdict}
        go={(step) => go({ ...place, step })}
      />
      <div class="beside-steps">
        <StepCard space={space} run={run} walked={walked} at={at} />
        <Choices
          space={space}
          walked={walked}
          at={at}
          goOn={goOn}
          looking={finder?.looking ?? false}
          take={(id) => go(stepped(place, run, walked, id))}
        />
        <StateTable space={space} walked={walked} at={at} />
      </div>
    </div>
  );
};

/** A run, step by step: lanes, what each step changes, what else could have happened, and the graph around it. */
export const RunView = (asked: Asked) => {
  const { shown, space, place: wanted, go, finder } = asked;
  const { run } = shown;
  const walked = walkedOf(space, run, wanted.walk);
  const at = Math.min(wanted.step, walked.steps.length);
  const here = { ...wanted, step: at };
  const state = walked.states[at];
  const unseen = walked.stuck?.at ?? state;
  const isUnseen = !space.isLookedAt(unseen);

  const back = undone(here);
  useStepKeys(
    at,
    walked.steps.length,
    (step) => go({ ...here, step }),
    () => back !== undefined && go(back),
  );
  useEffect(() => {
    if (isUnseen) finder?.look(run.space, unseen);
  }, [run.space, unseen, isUnseen]);
  return (
    <article class="run">
      <p>
        <a href="#">All verdicts</a>
      </p>
      <Heading shown={shown} />
      <RunBar
        run={run}
        walked={walked}
        place={here}
        go={go}
        decides={at === 0 ? [] : space.decidedBy(walked.states[at - 1], walked.steps[at - 1])}
      />
      {finder?.looking === true ? null : <Stuck {...(walked.stuck && { stuck: walked.stuck })} />}
      {here.view === "graph" ? (
        <GraphView space={space} run={run} walked={walked} at={at} place={here} go={go} finder={finder} />
      ) : (
        <StepsView {...asked} walked={walked} place={here} />
      )}
    </article>
  );
};
