import type { PageRun } from "../report/page/page-report.ts";
import type { Space } from "./space.ts";
import type { Walked } from "./walk.ts";

/** The height of a step, which the list beside the lanes has too. */
export const ROW = 30;
/** Narrow where the screen is: the steps need the room. */
const LANE = matchMedia("(max-width: 40rem)").matches ? 40 : 64;
const TOP = 0;

/** The actors of a run from left to right: by name, numbers by their value. */
const actorsIn = (space: Space, steps: readonly number[]): readonly string[] =>
  [...new Set(steps.map((id) => space.steps[id].actor))].toSorted((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );

interface Part {
  readonly from: number;
  readonly to: number;
}

interface Asked {
  readonly space: Space;
  readonly run: PageRun;
  readonly walked: Walked;
  readonly at: number;
  readonly part: Part;
}

/** Lines that are told apart without colour: for what no word is known of, then for each word. */
const DASHES = ["2 4", "none", "9 4", "5 3", "12 3 2 3", "1 3 6 3", "3 2"] as const;

/** What the arrows of a run are called, in the order of their first, without those that have no name. */
const signalsOf = ({ noticed }: PageRun): readonly string[] => [
  ...new Set(noticed.flatMap(([, , , signal]) => (signal === "" ? [] : [signal]))),
];

const dashesOf = (run: PageRun, signal: string): string => {
  const signals = signalsOf(run);
  if (signals.length === 0) return "none";
  return DASHES[signal === "" ? 0 : 1 + (signals.indexOf(signal) % (DASHES.length - 1))];
};

const arrowText = (space: Space, [from, to, leaf, signal]: PageRun["noticed"][number]): string => {
  const what = `step ${to + 1} noticed that step ${from + 1} had changed ${space.leaves[leaf]}`;
  return signal === "" ? what : `${signal}: ${what}`;
};

/** What each kind of arrow looks like, and how many there are. */
export const Legend = ({ run }: Pick<Asked, "run">) => {
  const signals = signalsOf(run);
  if (signals.length === 0) return null;
  const others = run.noticed.some(([, , , signal]) => signal === "") ? [""] : [];
  return (
    <ul class="legend" aria-label="Arrows">
      {[...signals, ...others].map((signal) => {
        const count = run.noticed.filter(([, , , one]) => one === signal).length;
        return (
          <li key={signal}>
            <svg width="44" height="10" aria-hidden="true">
              <line class="arrow" x1="0" x2="44" y1="5" y2="5" stroke-dasharray={dashesOf(run, signal)} />
            </svg>{" "}
            {signal === "" ? "noticed otherwise" : signal} ({count})
          </li>
        );
      })}
    </ul>
  );
};

/** Swim lanes: a lane for each actor, time downwards; an arrow where one noticed what another had changed. */
export const Lanes = ({ space, run, walked, at, part }: Asked) => {
  const actors = actorsIn(space, walked.steps);
  const x = (actor: string): number => actors.indexOf(actor) * LANE + LANE / 2;
  const y = (place: number): number => TOP + (place - part.from) * ROW + ROW / 2;
  const actorAt = (place: number): string => space.steps[walked.steps[place]].actor;
  const isIn = (place: number): boolean => place >= part.from && place < part.to;
  const height = TOP + (part.to - part.from) * ROW;
  const arrows = run.noticed.filter(([from, to]) => to < walked.leaves && (isIn(from) || isIn(to)));
  const places = Array.from({ length: part.to - part.from }, (_, i) => part.from + i);
  const text = `${actors.length} lanes, ${arrows.length} arrows; the steps are listed beside them`;
  return (
    <svg class="lanes" width={actors.length * LANE} height={height} role="img" aria-label={text}>
      <defs>
        {["", "-now"].map((name) => (
          <marker
            key={name}
            id={`head${name}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L10 5L0 10z" class={`head${name}`} />
          </marker>
        ))}
      </defs>
      {at > part.from && at <= part.to ? (
        <rect class="now" x="0" y={y(at - 1) - ROW / 2} width={actors.length * LANE} height={ROW} />
      ) : null}
      {actors.map((actor) => (
        <line key={actor} class="lane" x1={x(actor)} x2={x(actor)} y1="0" y2={height} />
      ))}
      {arrows.map(([from, to, leaf, signal]) => {
        const now = from === at - 1 || to === at - 1;
        const [x1, x2] = [x(actorAt(from)), x(actorAt(to))];
        const side = x2 > x1 ? 7 : -7;
        return (
          <path
            key={`${from} ${to} ${leaf}`}
            class={now ? "arrow now" : "arrow"}
            stroke-dasharray={dashesOf(run, signal)}
            d={`M${x1 + side} ${y(from)}C${x1 + side * 4} ${y(from)} ${x2 - side * 4} ${y(to)} ${x2 - side} ${y(to)}`}
            marker-end={now ? "url(#head-now)" : "url(#head)"}
          >
            <title>{arrowText(space, [from, to, leaf, signal])}</title>
          </path>
        );
      })}
      {places.map((place) => {
        const starred = run.starred.includes(place) && place < walked.leaves;
        return (
          <g key={place}>
            <circle
              class={place >= walked.leaves ? "dot beside" : place === at - 1 ? "dot now" : "dot"}
              cx={x(actorAt(place))}
              cy={y(place)}
              r={6}
            />
            {starred ? (
              <text class="star" x={x(actorAt(place)) - 16} y={y(place) + 5} aria-hidden="true">
                *
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
};

/** The names above the lanes. */
export const LaneNames = ({ space, walked }: Pick<Asked, "space" | "walked">) => (
  <div class="lane-names">
    {actorsIn(space, walked.steps).map((actor) => (
      <span key={actor} style={{ width: `${LANE}px` }} title={actor}>
        {actor}
      </span>
    ))}
  </div>
);
