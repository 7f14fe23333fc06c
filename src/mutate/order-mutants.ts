import type { Action, Args, Draft } from "../model/action.ts";
import type { PathKey } from "../state-path.ts";
import { ignoring } from "../variation/changes/ignoring.ts";
import type { Mutant } from "./mutant.ts";
import { argsKey } from "./naming.ts";
import { pretending } from "./pretending.ts";
import type { Move } from "./program-order.ts";
import { standingElsewhere } from "./standing-elsewhere.ts";

const valueAt = (state: unknown, path: readonly PathKey[]): unknown =>
  path.reduce((here, key) => (here as Record<PathKey, unknown>)[key], state);

/** An action taken at `now` as if its thread stood at `as`; where it then leads to `instead[0]`, it leads to `instead[1]`. */
const takenAt = <S>(
  action: Action<S>,
  places: Move["places"],
  { now, as, instead }: { now: unknown; as: unknown; instead: readonly [unknown, unknown] },
): Action<S> => {
  const placeIn = (state: unknown, args: Args) => {
    const path = places.get(argsKey(args));
    return { path, here: path === undefined ? undefined : valueAt(state, path) };
  };
  return {
    ...action,
    guard: (state, args) => {
      const { path, here } = placeIn(state, args);
      if (path === undefined || (here !== now && here !== as)) return action.guard(state, args);
      return here === now && action.guard(pretending(state as object, [{ path, value: as }]) as S, args);
    },
    effect: (draft, args) => {
      const { path, here } = placeIn(draft, args);
      if (path === undefined || here !== now) return action.effect(draft, args);
      const put = (value: unknown): unknown => (value === instead[0] ? instead[1] : value);
      return action.effect(standingElsewhere(draft as object, path, as, put) as never, args);
    },
  };
};

/** Two steps in a row trade places: the second is taken first, then the first. Whoever else goes on from there does so still. */
const swaps = (moves: readonly Move[]): readonly Mutant[] =>
  moves.flatMap((first) =>
    moves
      .filter(
        ({ action, actor, thread, from, to }) =>
          action !== first.action &&
          actor === first.actor &&
          thread === first.thread &&
          from === first.to &&
          to !== first.to,
      )
      .map((second): Mutant => {
        const { from: x, to: y } = first;
        const z = second.to;
        return {
          id: `${first.action}: is taken after ${second.action}, from ${String(x)} to ${String(z)}`,
          action: first.action,
          actor: first.actor,
          mutated: (action) => {
            if (action.name === first.action)
              return takenAt(action, first.places, { now: y, as: x, instead: [y, z] });
            if (action.name === second.action)
              return takenAt(action, second.places, { now: x, as: y, instead: [z, y] });
            return action;
          },
        };
      }),
  );

/** The fields that an action writes, each with the leaves. */
export type Writes = ReadonlyMap<string, readonly (readonly PathKey[])[]>;

/** What is left of the effect of an action where only one field is written, by a step of another action on the same thread. */
const writingOnly = (
  { places, from }: Move,
  writes: Writes,
  field: string,
): (<S>(action: Action<S>, draft: Draft<S>, path: readonly PathKey[]) => void) => {
  const others = [...writes].filter(([pattern]) => pattern !== field).flatMap(([, paths]) => paths);
  return (action, draft, path) => {
    const [key] = [...places].find(([, other]) => String(other) === String(path)) ?? [];
    if (key === undefined) return;
    const args = Object.fromEntries(JSON.parse(key) as readonly (readonly [string, never])[]);
    const there = standingElsewhere(draft as object, path, from, () => from);
    action.effect(ignoring(there, others, () => undefined) as never, args);
  };
};

/** Whether no two steps of the action are of one thread: then it is known from the thread what would be written. */
const onePerThread = ({ places }: Move): boolean =>
  new Set([...places.values()].map(String)).size === places.size;

/** An action that writes a field by whoever leads its thread on, or by whoever has led it there. */
const moved = <S>(
  actions: ReadonlyMap<string, Action<S>>,
  moves: readonly Move[],
  writes: ReadonlyMap<string, Writes>,
): readonly Mutant[] =>
  moves.flatMap((move) => {
    const { action: name, actor, thread, from, to } = move;
    const ofThread = moves.filter((other) => other.thread === thread);
    const own = ofThread.filter((other) => other.action === name);
    const fields = [...(writes.get(name) ?? [])].filter(([field]) => field !== thread);
    const whole = actions.get(name);
    if (whole === undefined || !onePerThread(move) || fields.length === 0) return [];
    const into = ofThread.filter((other) => other.to === to);
    const onwards = ofThread.filter((other) => other.from === to && other.action !== name);
    const outOf = ofThread.filter((other) => other.from === from);
    const before = ofThread.filter((other) => other.to === from && other.action !== name);
    const mutant = (
      [field, paths]: (typeof fields)[number],
      when: "later" | "earlier",
      neighbours: readonly Move[],
    ): Mutant => {
      const write = writingOnly(move, writes.get(name)!, field);
      return {
        id: `${name}: writes ${field} one step ${when}`,
        action: name,
        actor,
        mutated: (action) => {
          if (action.name === name)
            return {
              ...action,
              effect: (draft, args) =>
                action.effect(ignoring(draft as object, paths, () => undefined) as never, args),
            };
          const near = neighbours.filter((other) => other.action === action.name);
          if (near.length === 0) return action;
          const pathOf = (args: Args) => near[0].places.get(argsKey(args));
          return {
            ...action,
            effect: (draft, args) => {
              const path = pathOf(args);
              if (path === undefined) return action.effect(draft, args);
              if (when === "later" && valueAt(draft, path) === to)
                write(whole as never, draft as never, path);
              action.effect(draft, args);
              if (when === "earlier" && valueAt(draft, path) === from)
                write(whole as never, draft as never, path);
            },
          };
        },
      };
    };
    const alone = own.length === 1;
    return fields.flatMap((field) => [
      ...(alone && into.length === 1 && onwards.length > 0 ? [mutant(field, "later", onwards)] : []),
      ...(own.every((other) => other.from === from) &&
      outOf.every((other) => other.action === name) &&
      own[0] === move &&
      before.length > 0
        ? [mutant(field, "earlier", before)]
        : []),
    ]);
  });

/**
 * The mutants of the order of steps, as far as it is learned from where threads stand. Two steps in a row trade places. A
 * write is left to the next step, where nobody else leads there; or is done by the step before, where nobody else goes on
 * from there.
 */
export const orderMutants = <S>(
  actions: readonly Action<S>[],
  moves: readonly Move[],
  writes: ReadonlyMap<string, Writes>,
): readonly Mutant[] => [
  ...swaps(moves),
  ...moved(new Map(actions.map((action) => [action.name, action])), moves, writes),
];
