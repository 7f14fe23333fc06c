import type { TraceStyle } from "./run/trace-style.ts";
import { chosenPairs } from "../model/axis.ts";
import type { Flip, Side } from "../catalogue/flip.ts";
import type { Outcome, PropertyResult } from "../catalogue/outcome.ts";
import { counterexample } from "./counterexample.ts";
import { columns, row } from "./columns.ts";
import { plural } from "../check/verdict.ts";
import { wrap } from "./wrap.ts";

/** What was found of one side of a flip. */
export interface SideFound {
  readonly side: Side;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** What was found of a flip, and why it does not flip; null where it does. */
export interface Flipped {
  readonly flip: Flip;
  /** The ids of the properties that tell the sides apart. */
  readonly telling: readonly string[];
  readonly sides: readonly SideFound[];
  readonly fault: string | null;
}

const number = (count: number): string => count.toLocaleString("en-US");

/** The results of the properties that tell the sides of a flip apart. */
export const told = ({ properties }: Outcome, ids: readonly string[]): readonly PropertyResult[] =>
  properties.filter(({ property }) => ids.includes(property.id));

/** A verdict, with what it rests on. */
const verdictText = ({ verdict, evidence, antecedent }: PropertyResult): string => {
  if (evidence !== null) return `${verdict} after ${plural(evidence.trace.steps.length, "step")}`;
  return antecedent > 0 ? `${verdict}; what it speaks of occurs ${number(antecedent)} times` : verdict;
};

/** What a flip is of. */
const flipHead = ({ id, about, source, from }: Flip): readonly string[] => [
  ...row([[id], [about]], columns([10, 66], 1), 0),
  ...row([["of"], [source]], columns([8, 66], 1), 2),
  ...row([["in"], [from]], columns([8, 66], 1), 2),
];

const sideLines = ({ side, outcome, seconds }: SideFound, ids: readonly string[]): readonly string[] => {
  const { exploration, complete, choice } = outcome;
  const world = chosenPairs(choice).map(([axis, value]) => `${axis} ${value}`);
  const searched = `${plural(exploration.states, "state")}${complete ? ", all that can be reached" : ", NOT all"}; ${seconds.toFixed(1)} s`;
  return [
    ...wrap(`${side}: ${[...world, searched].join(", ")}`, 75),
    ...told(outcome, ids).flatMap((result) =>
      wrap(`${result.property.id}: ${verdictText(result)}`, 70).map((line) => `  ${line}`),
    ),
  ];
};

/** A flip as text: the story of the side with the bug, what the other side is shown by, and whether it flips. */
export const flipLines = ({ flip, telling, sides, fault }: Flipped, style: TraceStyle): readonly string[] => [
  ...flipHead(flip),
  "",
  ...sides.flatMap((found) => [
    ...sideLines(found, telling),
    ...(found.side === "post"
      ? []
      : told(found.outcome, telling).flatMap((result) =>
          result.evidence === null
            ? []
            : ["", ...counterexample(found.outcome, result, result.evidence, style)],
        )),
    "",
  ]),
  fault === null ? `${flip.id} flips.` : `${flip.id} does NOT flip: ${fault}`,
];

/** A line for each property that tells the sides of a flip apart. */
export const flipLine = ({ flip, telling, sides, fault }: Flipped): readonly string[] => {
  const found = sides.map(
    ({ side, outcome }) =>
      `${side} ${number(outcome.exploration.states)} states, ${told(outcome, telling)
        .map((result) => `${result.property.id} ${verdictText(result)}`)
        .join(", ")}`,
  );
  return row(
    [[fault === null ? "ok" : "FAIL"], [[flip.id, ...found, ...(fault === null ? [] : [fault])].join("; ")]],
    columns([5, 72], 1),
    0,
  );
};

/** The same as data. */
export const flipJson = ({
  flip: { id, kind, about, source, from },
  telling,
  sides,
  fault,
}: Flipped): object => ({
  id,
  kind,
  about,
  source,
  from,
  flips: fault === null,
  fault,
  ...Object.fromEntries(
    sides.map(({ side, outcome, seconds }) => [
      side,
      {
        modelVersion: outcome.version,
        states: outcome.exploration.states,
        transitions: outcome.exploration.transitions,
        complete: outcome.complete,
        seconds,
        properties: told(outcome, telling).map(({ property, verdict, antecedent, evidence }) => ({
          id: property.id,
          verdict,
          antecedent,
          length: evidence?.trace.steps.length ?? null,
          replay: evidence?.handle ?? null,
        })),
      },
    ]),
  ),
});
