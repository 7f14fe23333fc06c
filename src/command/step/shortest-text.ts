import { stepText } from "../../model/model.ts";
import { plural } from "../../check/verdict.ts";
import { columns, INDENT, ROOM, row } from "../../report/columns.ts";
import { largest } from "../../report/largest.ts";
import { argsText } from "../../report/counterexample.ts";
import { indented } from "./position-text.ts";
import type { Nearest } from "./shortest.ts";

/** So many steps of the run that was found are shown; the rest is counted. */
const FIRST = 5;

/** What was found by `shortest`, or why nothing was. */
export const nearestLines = (nearest: Nearest): readonly string[] => {
  if ("none" in nearest) return indented(nearest.none);
  const { property, args, trace } = nearest;
  const { steps } = trace;
  const sentence = `${property.kind === "sometimes" ? "a witness" : "a violation"} of ${property.id}${argsText(args)}`;
  if (steps.length === 0) return indented(`0 steps: here is ${sentence}`);
  const rest = steps.length - FIRST;
  const actor = largest(
    steps.map(({ step }) => step.actor.length),
    1,
  );
  const layout = columns([2, actor, ROOM - actor - 6], 2);
  return [
    ...indented(`${plural(steps.length, "step")} from here to ${sentence}, the nearest there is:`),
    ...steps
      .slice(0, FIRST)
      .flatMap(({ step }, i) => row([[String(i + 1)], [step.actor], [stepText(step)]], layout, INDENT)),
    ...(rest > 0 ? indented(`... and ${rest} more`) : []),
    ...indented("go takes the first of them, and go again the next"),
  ];
};
