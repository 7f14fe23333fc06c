import { CheckError, nondeterministicError } from "../errors.ts";
import type { Path, Problem } from "../problem/exploration.ts";
import { choices, type Args } from "../model/action.ts";
import { stepText } from "../model/model.ts";
import { isLiveness, type Property } from "../model/property.ts";
import { decidedBy, decidedIn } from "./decided.ts";
import { breaksLiveness, faultOf } from "./endless-run.ts";
import { replay, type Trace } from "./trace.ts";

/** The arguments for which a run decides a safety property after `taken` of its steps. */
const decidedAfter = <S>(
  { scope }: Problem<S>,
  property: Property<S>,
  { start, steps }: Trace<S>,
  taken: number,
): Args | undefined =>
  taken === 0 ? decidedIn(scope, property, start) : decidedBy(scope, property, steps[taken - 1]);

/**
 * The arguments of `property` for which `trace` breaks it (a `sometimes`: witnesses it), if there are any: the last state
 * is looked at, for a step property the last step, for a liveness property all of a run that is fair and goes on for ever.
 */
export const brokenBy = <S>(
  problem: Problem<S>,
  property: Property<S>,
  trace: Trace<S>,
): Args | undefined => {
  if (isLiveness(property))
    return faultOf(problem, property, trace) === undefined
      ? choices(property.args, problem.scope).find((args) => breaksLiveness(problem, property, trace, args))
      : undefined;
  return trace.loopAt === undefined ? decidedAfter(problem, property, trace, trace.steps.length) : undefined;
};

/**
 * After how many steps a run breaks (or witnesses) `property` before its end; nothing where only its end does, or nothing.
 * A liveness property is asked of all of a run.
 */
export const brokenBeforeEnd = <S>(
  problem: Problem<S>,
  property: Property<S>,
  trace: Trace<S>,
): number | undefined => {
  if (isLiveness(property)) return undefined;
  const place = trace.steps.findIndex(
    (_, taken) => decidedAfter(problem, property, trace, taken) !== undefined,
  );
  return place === -1 ? undefined : place;
};

/** A run that was replayed and does break (or witness) a property, for these arguments of it. */
export interface Confirmed<S> {
  readonly path: Path;
  readonly trace: Trace<S>;
  readonly args: Args;
}

/** The first step at which two replays of one run differ; none where they are the same. */
const parting = <S>(once: Trace<S>, again: Trace<S>): string | undefined => {
  const step = once.steps.find(
    ({ changes }, i) => JSON.stringify(changes) !== JSON.stringify(again.steps[i].changes),
  );
  return step && stepText(step.step);
};

/**
 * Replays a run that an engine found on the reference semantics, twice, and checks that it ends as the engine says.
 * @throws CheckError `internal` when it does not: then the engine is wrong, and no verdict may be built on it; `recipe`
 * when a step does something else the second time.
 */
export const confirm = <S>(problem: Problem<S>, property: Property<S>, path: Path): Confirmed<S> => {
  const wrong = (why: string, cause?: unknown): CheckError =>
    new CheckError("internal", `the run found for ${property.id} is wrong: ${why}`, { cause });
  let trace: Trace<S>;
  let again: Trace<S>;
  try {
    trace = replay(problem, path);
    again = replay(problem, path);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), error);
  }
  const other = parting(trace, again);
  if (other !== undefined) throw nondeterministicError(`the recipe of ${other}`);
  const args = brokenBy(problem, property, trace);
  if (args !== undefined) return { path, trace, args };
  if (isLiveness(property))
    throw wrong(faultOf(problem, property, trace) ?? "going on for ever it does not break the property");
  const last = trace.steps.at(-1);
  throw wrong(
    `replayed on the reference semantics it does not end in ${property.kind === "sometimes" ? "a witness" : "a violation"}` +
      ` (last step: ${last === undefined ? "none" : stepText(last.step)})`,
  );
};
