import type { Change, TraceStep } from "../check/trace.ts";
import type { Format } from "../derive/format.ts";
import { stepText } from "../model/model.ts";
import { noteOfStep } from "../model/note.ts";

/** Whether a leaf is one that no code has and only properties read. */
export const isGhost = (path: string): boolean =>
  path.split(/[.[\]]/).some((part) => part.startsWith("ghost"));

/** The record that a leaf is a field of: `vcpu[0]` of `vcpu[0].mode`. */
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(".")));

/** Changes with those of one record beside each other, the records in the order in which they are first changed. */
const byRecord = (changes: readonly Change[]): readonly Change[] => {
  const records = new Map<string, Change[]>();
  for (const change of changes) {
    const parent = parentOf(change.path);
    const known = records.get(parent);
    if (known === undefined) records.set(parent, [change]);
    else known.push(change);
  }
  return [...records.values()].flat();
};

/**
 * What a step changed, one text a leaf; a field of the same record as the one before is written `.field` only. Ghost
 * fields, which no code has and only properties read, stand in brackets.
 */
export const changeTexts = <S>(
  { changes }: Pick<TraceStep<S>, "changes">,
  format: Format<S>,
): readonly string[] => {
  let before = "";
  return byRecord(changes).map(({ path, from, to }) => {
    const parent = parentOf(path);
    const field = parent !== "" && parent === before ? path.slice(parent.length) : path;
    before = parent;
    const text = `${field}: ${format.value(path, from)} -> ${format.value(path, to)}`;
    return isGhost(path) ? `[${text}]` : text;
  });
};

/** A leaf that only the model has: where a thread of the model stands (`pc`), or history that properties read. */
export const isBookkeeping = ({ path }: Change): boolean => isGhost(path) || path.endsWith(".pc");

/**
 * A step as its column shows it: what was done, what is noted of that, and what changed; `all` includes
 * the model's own bookkeeping, which says nothing that the step's name does not.
 */
export const stepLines = <S>(taken: TraceStep<S>, format: Format<S>, all: boolean): readonly string[] => {
  const { action, args } = taken.step;
  const note = noteOfStep(action.note, { args, before: taken.before, after: taken.after });
  const changes = all ? taken.changes : taken.changes.filter((change) => !isBookkeeping(change));
  return [
    stepText(taken.step),
    ...(note?.below ?? []).map((line) => `  ${line}`),
    ...(taken.changes.length === 0
      ? ["  (nothing changes)"]
      : changeTexts({ changes }, format).map((text) => `  ${text}`)),
  ];
};
