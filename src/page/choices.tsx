import { useEffect, useRef } from "preact/hooks";
import { Decides } from "./decides.tsx";
import type { Choice, Space } from "./space.ts";
import type { Walked } from "./walk.ts";

interface Asked {
  readonly space: Space;
  readonly walked: Walked;
  readonly at: number;
  /** The command that goes on from here by hand, where nobody looked further. */
  readonly goOn: string | null;
  readonly looking: boolean;
  readonly take: (id: number) => void;
}

/** What else could have happened where one stands: every enabled step, each of which can be taken. */
export const Choices = ({ space, walked, at, goOn, looking, take }: Asked) => {
  const here = walked.states[at];
  const choices = space.choices(here);
  const heading = useRef<HTMLHeadingElement>(null);
  const taken = useRef(false);
  // The button that was pressed is gone with its step: the keys go on from the choices that there are now.
  useEffect(() => {
    if (taken.current) heading.current?.focus({ preventScroll: true });
    taken.current = false;
  }, [here, at]);
  const next = walked.steps[at];
  const takeHere = (id: number): void => {
    taken.current = true;
    take(id);
  };
  const item = ({ id, step, to, decides }: Choice) => {
    const changes = space
      .changes(here, to)
      .filter(({ bookkeeping }) => !bookkeeping)
      .map(({ leaf, from, to: after }) => `${leaf} ${from}>${after}`);
    return (
      <li key={id}>
        <button type="button" onClick={() => takeHere(id)}>
          <span class="dim">{step.actor}</span> <b>{step.label}</b>
          {id === next ? <span class="next"> (the step that is taken here)</span> : null}
          <Decides words={decides} />
          <span class="changes">{changes.join(", ")}</span>
        </button>
      </li>
    );
  };
  return (
    <section aria-label="What else could have happened here">
      <h3 ref={heading} tabIndex={-1}>
        What else could have happened here
      </h3>
      {choices === undefined ? (
        <p class="dim">
          {looking ? "Looking..." : "This page has no states beyond this one."}
          {looking || goOn === null ? null : (
            <>
              {" "}
              To walk on: <code>{goOn}</code>
            </>
          )}
        </p>
      ) : choices.length === 0 ? (
        <p>Nothing: no step is enabled.</p>
      ) : (
        <ul class="choices">{choices.map(item)}</ul>
      )}
    </section>
  );
};
