import type { Trace } from "../../check/trace.ts";
import { plural } from "../../check/verdict.ts";
import { CheckError } from "../../errors.ts";
import { stepText } from "../../model/model.ts";
import { stepsJson } from "../../report/json.ts";
import type { Recorded } from "./trace-file.ts";

/** Sorts the keys of records, so that equal values have equal texts. */
const byKey = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, byKey) === JSON.stringify(b, byKey);

/** Whether all that was recorded of a state is so still; a field may have come since. */
const covers = (state: unknown, recorded: unknown): boolean =>
  typeof recorded === "object" && recorded !== null && typeof state === "object" && state !== null
    ? Object.entries(recorded).every(([key, value]) =>
        // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema, where it stops
        covers((state as Readonly<Record<string, unknown>>)[key], value),
      )
    : same(state, recorded);

/**
 * Compares a recorded run with what the model does; the wording of citations may differ.
 * @throws CheckError at the first difference.
 */
export const compareTrace = ({ length, start, steps, loopAt }: Recorded, trace: Trace<unknown>): void => {
  const differs = (where: string): CheckError =>
    new CheckError("input", `the file was altered, or is of another model: ${where}`);
  if (typeof start !== "object" || !covers(trace.start, start))
    throw differs("it records another start state");
  if (steps.length !== trace.steps.length)
    throw differs(`it records ${plural(steps.length, "step")}, the run has ${trace.steps.length}`);
  if (length !== steps.length)
    throw differs(
      `it says that its length is ${JSON.stringify(length)}, the run has ${plural(steps.length, "step")}`,
    );
  if ((loopAt ?? null) !== (trace.loopAt ?? null)) throw differs("its loop begins elsewhere");
  stepsJson(trace).forEach((made, i) => {
    const recorded = (steps[i] ?? {}) as Readonly<Record<string, unknown>>;
    if (!(["action", "actor", "args", "changes"] as const).every((key) => same(recorded[key], made[key])))
      throw differs(`its step ${i + 1} is not what ${stepText(trace.steps[i].step)} does`);
  });
};
