import type { Leaf } from "../derive/component.ts";
import type { Decision } from "../export/decision.ts";
import type { StepEnd, StepTable } from "../export/tables.ts";
import { argsKey, patternOf, who } from "./naming.ts";
import { deciding } from "./deciding.ts";
import type { PathKey } from "../state-path.ts";

/** What leads a thread from one place to the next: a step whose guard asks a leaf of words, and whose effect changes it. */
export interface Move {
  readonly action: string;
  readonly actor: string;
  /** The leaf, without the numbers of members. */
  readonly thread: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The leaf of each step of the action that makes this move, by its arguments. */
  readonly places: ReadonlyMap<string, readonly PathKey[]>;
}

/** A leaf that says where somebody stands has more values than yes and no. */
const FEWEST = 3;

/** All that is known of how a step runs: the code that each place was found to have, and how it ended. */
const runsOf = (
  { decision, ends }: StepTable<unknown>,
  isPlace: (leaf: number) => boolean,
): readonly { readonly read: ReadonlyMap<number, number>; readonly end: StepEnd }[] => {
  const runs: { read: ReadonlyMap<number, number>; end: StepEnd }[] = [];
  const open: { here: Decision | undefined; read: ReadonlyMap<number, number> }[] = [
    { here: decision, read: new Map() },
  ];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { here, read } = top;
    if (typeof here === "object") {
      for (const [code, next] of here.next.entries())
        open.push({ here: next, read: isPlace(here.leaf) ? new Map(read).set(here.leaf, code) : read });
      continue;
    }
    const end = here === undefined ? undefined : ends[here];
    if (end !== undefined) runs.push({ read, end });
  }
  return runs;
};

/** The codes between which a step leads each place that it asks and writes; none of one that some run writes unread. */
const movesOf = (
  table: StepTable<unknown>,
  isPlace: (leaf: number) => boolean,
): ReadonlyMap<number, readonly (readonly [number, number])[]> => {
  const found = new Map<number, (readonly [number, number])[]>();
  const unread = new Set<number>();
  for (const { read, end } of runsOf(table, isPlace))
    for (const [leaf, to] of end.writes) {
      const from = read.get(leaf);
      if (!isPlace(leaf) || from === to) continue;
      if (from === undefined) unread.add(leaf);
      else found.set(leaf, [...(found.get(leaf) ?? []), [from, to]]);
    }
  for (const leaf of unread) found.delete(leaf);
  return found;
};

/** All moves that the steps of a model make, each once. */
export const programOrder = (
  steps: readonly StepTable<unknown>[],
  leaves: readonly Leaf[],
): readonly Move[] => {
  const moves = new Map<string, Move & { readonly places: Map<string, readonly PathKey[]> }>();
  for (const table of steps) {
    const { step, decision } = table;
    const asked = deciding(decision);
    const isPlace = (leaf: number): boolean => {
      const { node } = leaves[leaf];
      return asked.has(leaf) && node.kind === "oneOf" && node.values.length >= FEWEST;
    };
    for (const [leaf, all] of movesOf(table, isPlace))
      for (const [from, to] of all) {
        const { path, decode } = leaves[leaf];
        const key = JSON.stringify([step.action.name, patternOf(path), from, to]);
        const move = moves.get(key) ?? {
          action: step.action.name,
          actor: who(step.actor),
          thread: patternOf(path),
          from: decode(from),
          to: decode(to),
          places: new Map<string, readonly PathKey[]>(),
        };
        move.places.set(argsKey(step.args), path);
        moves.set(key, move);
      }
  }
  return [...moves.values()];
};
