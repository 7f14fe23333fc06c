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
  const next = walked.steps[at];
  const item = ({ id, step, to }: Choice) => {
    const changes = space
      .changes(here, to)
      .filter(({ bookkeeping }) => !bookkeeping)
      .map(({ leaf, from, to: after }) => `${leaf} ${from}>${after}`);
    return (
      <li key={id}>
        <button type="button" onClick={() => take(id)}>
          <span class="dim">{step.actor}</span> <b>{step.label}</b>
          {id === next ? <span class="next"> (the step that is taken here)</span> : null}
          <span class="changes">{changes.join(", ")}</span>
        </button>
      </li>
    );
  };
  return (
    <section aria-label="What else could have happened here">
      <h3>What else could have happened here</h3>
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
