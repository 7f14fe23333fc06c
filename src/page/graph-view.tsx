import { useMemo, useState } from "preact/hooks";
import type { PageRun } from "../report/page/page-report.ts";
import { GraphCanvas } from "./graph-canvas.tsx";
import { graphOf, reachedFrom, wayTo, type GraphKind, type GraphModel } from "./graph-model.ts";
import type { Place } from "./place.ts";
import type { Finder } from "./finder.ts";
import type { Space } from "./space.ts";
import type { Walked } from "./walk.ts";

interface Asked {
  readonly space: Space;
  readonly run: PageRun;
  readonly walked: Walked;
  readonly at: number;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly finder: Finder | undefined;
}

/** The fields that a graph can be grouped by: first those that say where a thread stands. */
const fieldsOf = (space: Space): readonly number[] => {
  const all = space.leaves.map((_, i) => i);
  const first = all.filter((i) => space.isBookkeeping(i) && /(^|\.)pc$/.test(space.leaves[i]));
  return [...first, ...all.filter((i) => !first.includes(i))];
};

const kindOf = (text: string): GraphKind => {
  const [kind, number] = text.split(":");
  if (kind === "near") return { kind, steps: Number(number) };
  return kind === "field" ? { kind, leaf: Number(number) } : { kind: "all" };
};

/** The nodes and where each leads, for who does not see the picture; of very many only the first. */
const NodeTable = ({ model }: { readonly model: GraphModel }) => {
  const most = 200;
  const out = new Map<number, string[]>();
  for (const { from, to, actions } of model.edges) {
    const texts = out.get(from) ?? [];
    texts.push(`${model.nodes[to].label || `state ${model.nodes[to].state}`} by ${actions.join(", ")}`);
    out.set(from, texts);
  }
  return (
    <details>
      <summary>The same as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col">states</th>
            <th scope="col">leads to</th>
          </tr>
        </thead>
        <tbody>
          {model.nodes.slice(0, most).map(({ label, states, state }, i) => (
            <tr key={i}>
              <th scope="row">{label || `state ${state}`}</th>
              <td>{states}</td>
              <td>{(out.get(i) ?? []).join("; ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {model.nodes.length > most ? (
        <p class="dim">
          The first {most} of {model.nodes.length}.
        </p>
      ) : null}
    </details>
  );
};

/** The graph around a run: its neighbourhood, all that is known by depth, or grouped by a field. */
export const GraphView = ({ space, run, walked, at, place, go, finder }: Asked) => {
  const [kind, setKind] = useState("near:1");
  const [selected, setSelected] = useState<number>();
  const { size } = space;
  const model = useMemo(
    () => graphOf(space, walked, kindOf(kind)),
    [space, size, kind, walked.states.join()],
  );
  const now = model.nodeOf.get(walked.states[at]);
  const node = selected === undefined ? undefined : model.nodes[selected];
  const walkThere = (state: number): void => {
    const onRun = walked.states.indexOf(state);
    if (onRun >= 0) return go({ ...place, step: onRun, view: "steps" });
    const reached = reachedFrom(space, run.states);
    const { from, steps } = wayTo(reached, state);
    const after = run.states.indexOf(from);
    return go({ ...place, step: after + steps.length, walk: { after, steps }, view: "steps" });
  };
  const choose = (text: string): void => {
    setSelected(undefined);
    setKind(text);
  };
  return (
    <section aria-label="Graph">
      <div class="bar">
        <label>
          Show{" "}
          <select id="graph-kind" value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="near:1">one step from the run</option>
            <option value="near:2">two steps from the run</option>
            <option value="all">all known states, by depth</option>
            <optgroup label="states as one by">
              {fieldsOf(space).map((leaf) => (
                <option key={leaf} value={`field:${leaf}`}>
                  {space.leaves[leaf]}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        {finder === undefined
          ? null
          : [2_000, 20_000].map((most) => (
              <button
                key={most}
                type="button"
                disabled={finder.looking || size >= most}
                onClick={() => finder.grow(run.space, most)}
              >
                Find up to {most.toLocaleString("en")} states
              </button>
            ))}
      </div>
      <p role="status">
        {model.said} {finder === undefined ? `This page has ${space.said}.` : ""}
        {finder?.looking === true ? " Looking..." : ""}
      </p>
      <GraphCanvas
        model={model}
        across={kind.startsWith("field") ? 220 : 40}
        selected={selected}
        now={now}
        select={setSelected}
      />
      <p class="dim">
        The run is drawn thick, its states numbered by their steps. Drag to move, + and - for the size, 0 fits
        all.
      </p>
      {node === undefined ? null : (
        <div class="card" role="status">
          <p>
            {node.states === 1
              ? `State ${node.state}`
              : `${node.label}: ${node.states} states, one of them ${node.state}`}
            , {node.depth} steps from the start.{" "}
            <button type="button" onClick={() => walkThere(node.state)}>
              Walk there
            </button>
          </p>
          <table class="diff">
            <tbody>
              {space.changes(walked.states[at], node.state).map(({ leaf, from, to }) => (
                <tr key={leaf}>
                  <th scope="row">{leaf}</th>
                  <td>{from}</td>
                  <td>
                    <strong>{to}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NodeTable model={model} />
    </section>
  );
};
