import {
  afterwards,
  choices,
  enabledAfter,
  leavesOf,
  same,
  type ActionLike,
  type Args,
  type FairnessLike,
  type ModelLike,
  type Move,
  type PropertyLike,
  type TraceLike,
} from "./rerun.ts";

type Ask = (...looked: unknown[]) => boolean;
type Condition = (move: Move) => boolean;

const changes = ({ before, after }: Move): boolean => !same(leavesOf(before), leavesOf(after));

/** Every step that can be taken from a state and changes it. */
const movesFrom = ({ actions, scope }: ModelLike, before: unknown): readonly Move[] =>
  actions.flatMap((action: ActionLike) =>
    choices(action.args, scope)
      .filter((args) => enabledAfter(action, before, args) !== undefined)
      .map((args) => ({
        before,
        after: afterwards(action, before, args),
        action: action.name,
        actor: action.actor(args as never),
        args,
      }))
      .filter(changes),
  );

const within = (name: string, names: string | readonly string[] | undefined): boolean =>
  names === undefined || (typeof names === "string" ? name === names : names.includes(name));

const isMeant = ({ action, actor, args = {} }: FairnessLike, move: Omit<Move, "before" | "after">): boolean =>
  within(move.action, action) &&
  within(move.actor, actor) &&
  Object.entries(args).every(([name, value]) => move.args[name] === value);

/** What tells a step apart from those of other conditions of the same declaration. */
const groupOf = ({ each = [] }: FairnessLike, move: Omit<Move, "before" | "after">): string =>
  JSON.stringify(
    [each].flat().map((by) => {
      if (by === "action") return move.action;
      if (by === "actor") return move.actor;
      return by === "step" ? [move.action, move.args] : move.args[by.replace("args.", "")];
    }),
  );

/** The conditions that a declaration stands for, each as the steps that it is about. */
const conditionsOf = (fairness: FairnessLike, { actions, scope }: ModelLike): readonly Condition[] => {
  const steps = actions.flatMap((action) =>
    choices(action.args, scope).map((args) => ({
      action: action.name,
      args,
      actor: action.actor(args as never),
    })),
  );
  const groups = new Set(
    steps.filter((step) => isMeant(fairness, step)).map((step) => groupOf(fairness, step)),
  );
  const when = fairness.only?.when as Ask | undefined;
  return [...groups].map(
    (group) => (move) =>
      isMeant(fairness, move) &&
      groupOf(fairness, move) === group &&
      (when === undefined || when(move.before, move.after, move)),
  );
};

/** Whether the states and steps that come again and again break a property, after the states before them. */
const breaks = (
  property: PropertyLike,
  args: Args,
  states: readonly unknown[],
  again: readonly unknown[],
  loop: readonly Move[],
): boolean => {
  const [holds, from, to, step] = [property.holds, property.from, property.to, property.step].map(
    (look) => look as Ask | undefined,
  );
  const isNo = (look: Ask | undefined, of: readonly unknown[]): boolean => of.every((s) => !look!(s, args));
  if (property.kind === "leadsTo")
    return isNo(to, again) && states.some((state, i) => from!(state, args) && isNo(to, states.slice(i)));
  if (property.kind === "eventually") return isNo(holds, states);
  if (property.kind === "eventuallyAlways") return again.some((state) => !holds!(state, args));
  if (step === undefined) return isNo(holds, again);
  return loop.every((move) => !step(move.before, move.after, { action: move.action, args: move.args }, args));
};

/** Whether the states and steps that come again and again meet what a declaration stands for. */
const isFair = (
  fairness: FairnessLike,
  model: ModelLike,
  again: readonly unknown[],
  loop: readonly Move[],
): boolean => {
  if (fairness.strength === "recurrent") return again.some((state) => (fairness.holds as Ask)(state));
  return conditionsOf(fairness, model).every((condition) => {
    if (loop.some(condition)) return true;
    const could = again.map((state) => movesFrom(model, state).some(condition));
    return !(fairness.strength === "weak" ? could.every(Boolean) : could.some(Boolean));
  });
};

/** What is wrong with a run that is said to go on for ever and to break a property by it; nothing where it is right. */
export const wrongForEver = (
  model: ModelLike,
  property: PropertyLike,
  { start, loopAt }: TraceLike,
  moves: readonly Move[],
): string | undefined => {
  const states = [start, ...moves.map(({ after }) => after)];
  if (loopAt === null || loopAt >= states.length) return "it does not say how it goes on for ever";
  if (!same(leavesOf(states[loopAt]), leavesOf(states.at(-1)))) return "its loop does not close";
  const again = states.slice(loopAt);
  const loop = moves.slice(loopAt).filter(changes);
  const unfair = property.fairness?.find((fairness) => !isFair(fairness, model, again, loop));
  if (unfair !== undefined) return `it is not fair (${JSON.stringify(unfair)})`;
  return choices(property.args, model.scope).some((args) => breaks(property, args, states, again, loop))
    ? undefined
    : "going on for ever it does not break the property";
};
