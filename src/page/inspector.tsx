import { useState } from "preact/hooks";
import type { PageRun } from "../report/page/page-report.ts";
import { Decides } from "./decides.tsx";
import { Facts } from "./facts.tsx";
import type { Space } from "./space.ts";
import type { Walked } from "./walk.ts";

interface Asked {
  readonly space: Space;
  readonly run: PageRun;
  readonly walked: Walked;
  readonly at: number;
}

/** The step that was taken last: what it is, what it changed, who noticed. */
export const StepCard = ({ space, run, walked, at }: Asked) => {
  if (at === 0)
    return (
      <section aria-label="Step">
        <h3>The start</h3>
        <p class="dim">No step has been taken yet.</p>
      </section>
    );
  const id = walked.steps[at - 1];
  const { label, actor } = space.steps[id];
  const changes = space.changes(walked.states[at - 1], walked.states[at]);
  const decides = space.decidedBy(walked.states[at - 1], id);
  const noticed = run.noticed.filter(
    ([from, to]) => to < walked.leaves && (from === at - 1 || to === at - 1),
  );
  return (
    <section aria-label="Step">
      <h3>
        Step {at}: {label} <span class="dim">of {actor}</span>
      </h3>
      {decides.length === 0 ? null : (
        <p>
          It
          <Decides words={decides} />.
        </p>
      )}
      {changes.length === 0 ? (
        <p class="dim">It changes nothing.</p>
      ) : (
        <table class="diff">
          <thead>
            <tr>
              <th scope="col">changed</th>
              <th scope="col">before</th>
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ leaf, from, to, bookkeeping }) => (
              <tr key={leaf} class={bookkeeping ? "dim" : ""}>
                <th scope="row">{leaf}</th>
                <td>{from}</td>
                <td>
                  <strong>{to}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {noticed.map(([from, to, leaf, signal]) => (
        <p key={`${from} ${to} ${leaf}`}>
          {from === at - 1
            ? `Step ${to + 1} noticed that this changed ${space.leaves[leaf]}`
            : `It noticed that step ${from + 1} had changed ${space.leaves[leaf]}`}
          {signal === "" ? "." : `: a ${signal}.`}
        </p>
      ))}
      <Facts facts={space.actionOf(id).facts} />
    </section>
  );
};

/** The whole state where one stands, with a filter. */
export const StateTable = ({ space, walked, at }: Omit<Asked, "run">) => {
  const [words, setWords] = useState("");
  const changed = new Set(
    at === 0 ? [] : space.changes(walked.states[at - 1], walked.states[at]).map(({ leaf }) => leaf),
  );
  const leaves = space
    .leavesOf(walked.states[at])
    .filter(([leaf]) => leaf.toLowerCase().includes(words.toLowerCase()));
  return (
    <section aria-label="State">
      <h3>The state after step {at}</h3>
      <label>
        Fields{" "}
        <input
          type="search"
          id="fields"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      <div class="state" tabIndex={0}>
        <table>
          <tbody>
            {leaves.map(([leaf, value]) => (
              <tr key={leaf} class={changed.has(leaf) ? "changed" : ""}>
                <th scope="row">{leaf}</th>
                <td>
                  {value}
                  {changed.has(leaf) ? <span class="offscreen"> (changed by this step)</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
