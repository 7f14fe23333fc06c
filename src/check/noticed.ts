import { produce } from "immer";
import { codecOf } from "../derive/codec.ts";
import { leavesOf } from "../derive/component.ts";
import type { LeafValue } from "../derive/leaf.ts";
import { pathText } from "../errors.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Step } from "../model/model.ts";
import type { PathKey } from "../state-path.ts";
import type { Trace } from "./trace.ts";

/** What one step of a run changed and a later one of another actor noticed. */
export interface Noticed {
  /** The place of the step that changed it. */
  readonly from: number;
  /** The place of the first step of another actor that is not the same without the change. */
  readonly to: number;
  readonly path: string;
}

/** Steps that are taken to find out, at most. */
const MOST_TAKEN = 20_000;

/** A state with another value of one leaf. */
const withLeaf = <S>(state: S, path: readonly PathKey[], value: LeafValue): S =>
  produce(state, (draft) => {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<PathKey, unknown>)[key], draft);
    (parent as Record<PathKey, unknown>)[path.at(-1)!] = value;
  });

/**
 * Which steps of a run noticed what other actors had changed: of each leaf that a step changes, the first later step of another actor
 * that could not have been taken, or would have done something else, had the leaf been as it was before. Each is tried on the
 * reference semantics, up to the step that changes the leaf next.
 */
export const noticedIn = <S>(
  problem: Problem<S>,
  { start, steps }: Pick<Trace<S>, "start" | "steps">,
): readonly Noticed[] => {
  const take = takerOf(problem);
  const { model, scope } = problem;
  const leaves = leavesOf(model.state.node, scope);
  const places = new Map(leaves.map(({ path }, i) => [pathText(path), i]));
  const { encode } = codecOf(model.state, scope);
  let left = MOST_TAKEN;
  const codesAfter = (step: Step<S>, state: S): ArrayLike<number> | undefined => {
    left -= 1;
    try {
      const after = take(step, state)?.after;
      return after === undefined ? undefined : encode(after);
    } catch {
      return undefined;
    }
  };
  /** Whether a step of the run is another where a leaf is as it was: it cannot be taken, or leads elsewhere. */
  const notices = (to: number, leaf: number, was: LeafValue): boolean => {
    const state = before(to);
    const instead = withLeaf(state, leaves[leaf].path, was);
    const [now, then] = [encode(steps[to].after), codesAfter(steps[to].step, instead)];
    if (then === undefined) return true;
    // The leaf itself may be left as it was: then the step has not looked at it.
    const untouched = then[leaf] === encode(instead)[leaf] && now[leaf] === encode(state)[leaf];
    return Array.from(now).some((code, i) => code !== then[i] && !(i === leaf && untouched));
  };
  const before = (place: number): S => (place === 0 ? start : steps[place - 1].after);
  const found: Noticed[] = [];
  for (const [from, { step, changes }] of steps.entries())
    for (const { path, from: was } of changes) {
      const leaf = places.get(path)!;
      for (let to = from + 1; to < steps.length && left > 0; to++) {
        const later = steps[to];
        if (later.step.actor !== step.actor && notices(to, leaf, was)) {
          found.push({ from, to, path });
          break;
        }
        if (later.changes.some((change) => change.path === path)) break;
      }
    }
  return found;
};
