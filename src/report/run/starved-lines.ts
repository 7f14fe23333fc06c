import { starvedIn } from "../../check/starved.ts";
import type { Trace } from "../../check/trace.ts";
import type { Problem } from "../../problem/exploration.ts";

/** Who is starved in the loop of a run, and the weakest fairness of that actor's steps that rules the loop out. */
export const starvedLines = <S>(problem: Problem<S>, trace: Trace<S>): readonly string[] =>
  starvedIn(problem, trace).map(({ actor, always }) =>
    always
      ? `Starved: ${actor} could move all the time and never does; weak fairness of its steps rules this loop out.`
      : `Starved: ${actor} could move again and again and never does; strong fairness of its steps rules this loop out, weak fairness does not.`,
  );
