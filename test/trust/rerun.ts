export type Args = Readonly<Record<string, string | number>>;
type RangeLike =
  string | { readonly someOf: string } | { readonly subsetOf: string } | readonly (string | number)[];
type Ranges = Readonly<Record<string, RangeLike>>;

/** What it needs of an action, a property and a model. */
export interface ActionLike {
  readonly name: string;
  readonly args: Ranges;
  readonly actor: (args: never) => string;
  readonly guard: (state: never, args: never) => boolean;
  readonly effect: (draft: never, args: never) => void;
  readonly guardAfter?: (before: never, after: never, args: never) => boolean;
}
export interface PropertyLike {
  readonly kind: string;
  readonly args: Ranges;
  readonly antecedent?: Look;
  readonly holds?: Look | undefined;
  readonly from?: Look;
  readonly to?: Look;
  readonly step?: Look | undefined;
  readonly fairness?: readonly FairnessLike[];
}
type Look = (...looked: never[]) => boolean;
export interface FairnessLike {
  readonly strength: "weak" | "strong" | "recurrent";
  readonly holds?: Look;
  readonly action?: string | readonly string[];
  readonly actor?: string | readonly string[];
  readonly args?: Args;
  readonly each?: string | readonly string[];
  readonly only?: { readonly when: Look };
}
export interface ModelLike {
  readonly actions: readonly ActionLike[];
  readonly scope: Readonly<Record<string, number>>;
  readonly start: readonly unknown[];
}

/** A trace of the JSON report. */
export interface TraceLike {
  readonly length: number;
  readonly loopAt: number | null;
  readonly start: unknown;
  readonly steps: readonly {
    readonly action: string;
    readonly actor: string;
    readonly args: Args;
    readonly changes: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  }[];
}

export type Leaves = ReadonlyMap<string, unknown>;

/** Every leaf of a state by its path, written `vcpu[0].pid.on`. */
export const leavesOf = (
  value: unknown,
  path = "",
  into = new Map<string, unknown>(),
): Map<string, unknown> => {
  if (Array.isArray(value)) value.forEach((item, i) => leavesOf(item, `${path}[${i}]`, into));
  else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value))
      leavesOf(item, path === "" ? name : `${path}.${name}`, into);
  else into.set(path, value);
  return into;
};

export const same = (a: Leaves, b: Leaves): boolean =>
  a.size === b.size && [...a].every(([path, value]) => b.has(path) && Object.is(b.get(path), value));

/** What differs, as `path: from -> to`, sorted. */
const changed = (before: Leaves, after: Leaves): readonly string[] =>
  [...after]
    .filter(([path, to]) => !Object.is(before.get(path), to))
    .map(([path, to]) => `${path}: ${String(before.get(path))} -> ${String(to)}`)
    .sort();

/** The values of a range: members of a family, sets of some of them, or those listed. */
const valuesOf = (range: RangeLike, scope: ModelLike["scope"]): readonly (string | number)[] => {
  if (typeof range === "string") return [...Array(scope[range]).keys()];
  if ("subsetOf" in range) return [...Array(2 ** scope[range.subsetOf]).keys()];
  return "someOf" in range ? [...Array(2 ** scope[range.someOf]).keys()].slice(1) : range;
};

export const choices = (ranges: Ranges, scope: ModelLike["scope"]): readonly Args[] => {
  let all: Args[] = [{}];
  for (const [name, range] of Object.entries(ranges)) {
    all = all.flatMap((args) => valuesOf(range, scope).map((value) => ({ ...args, [name]: value })));
  }
  return all;
};

/** A step that was taken again, and the states on both sides of it. */
export interface Move {
  readonly before: unknown;
  readonly after: unknown;
  readonly action: string;
  readonly actor: string;
  readonly args: Args;
}

/** The state after a step, by plain assignment on a copy. */
export const afterwards = (action: ActionLike, before: unknown, args: Args): unknown => {
  const state = structuredClone(before);
  action.effect(state as never, args as never);
  return state;
};

/** The state after a step, undefined where it is not enabled. */
export const enabledAfter = (action: ActionLike, before: unknown, args: Args): unknown => {
  if (!action.guard(before as never, args as never)) return undefined;
  const after = afterwards(action, before, args);
  return action.guardAfter?.(before as never, after as never, args as never) === false ? undefined : after;
};

/** Takes the steps of a trace again; what is wrong with it, or its steps. */
export const taken = (model: ModelLike, trace: TraceLike): string | readonly Move[] => {
  const start = leavesOf(trace.start);
  if (!model.start.some((state) => same(leavesOf(state), start))) return "it starts in no start state";
  if (trace.length !== trace.steps.length) return `its length is ${trace.steps.length}, not ${trace.length}`;
  const moves: Move[] = [];
  let before = structuredClone(trace.start);
  for (const [i, { action: name, actor, args, changes }] of trace.steps.entries()) {
    const action = model.actions.find((candidate) => candidate.name === name);
    if (action === undefined) return `step ${i + 1}: there is no action ${name}`;
    if (action.actor(args as never) !== actor) return `step ${i + 1}: ${name} is not taken by ${actor}`;
    const after = enabledAfter(action, before, args);
    if (after === undefined) return `step ${i + 1}: ${name} is not enabled`;
    const told = changes.map(({ path, from, to }) => `${path}: ${String(from)} -> ${String(to)}`).sort();
    const did = changed(leavesOf(before), leavesOf(after));
    if (told.join() !== did.join())
      return `step ${i + 1}: ${name} changes ${did.join(", ")}, not ${told.join(", ")}`;
    moves.push({ before, after, action: name, actor, args });
    before = after;
  }
  return moves;
};
