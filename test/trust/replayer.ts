/*
 * A second opinion on counterexamples: plain objects, plain assignment, nothing of the engine. It reads a trace as the
 * JSON report has it and takes nothing on trust but the guards, recipes and predicates of the model itself.
 */

type Args = Readonly<Record<string, string | number>>;

/** What it needs of an action, a property and a model. */
interface ActionLike {
  readonly name: string;
  readonly actor: (args: never) => string;
  readonly guard: (state: never, args: never) => boolean;
  readonly effect: (draft: never, args: never) => void;
}
interface PropertyLike {
  readonly kind: string;
  readonly args: Readonly<Record<string, string | readonly (string | number)[]>>;
  readonly antecedent?: (...looked: never[]) => boolean;
  readonly holds?: ((...looked: never[]) => boolean) | undefined;
}
export interface ModelLike {
  readonly actions: readonly ActionLike[];
  readonly scope: Readonly<Record<string, number>>;
  readonly start: readonly unknown[];
}

/** A trace of the JSON report. */
export interface TraceLike {
  readonly length: number;
  readonly start: unknown;
  readonly steps: readonly {
    readonly action: string;
    readonly actor: string;
    readonly args: Args;
    readonly changes: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  }[];
}

type Leaves = ReadonlyMap<string, unknown>;

/** Every leaf of a state by its path, written `vcpu[0].pid.on`. */
const leavesOf = (value: unknown, path = "", into = new Map<string, unknown>()): Map<string, unknown> => {
  if (Array.isArray(value)) value.forEach((item, i) => leavesOf(item, `${path}[${i}]`, into));
  else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value))
      leavesOf(item, path === "" ? name : `${path}.${name}`, into);
  else into.set(path, value);
  return into;
};

const same = (a: Leaves, b: Leaves): boolean =>
  a.size === b.size && [...a].every(([path, value]) => b.has(path) && Object.is(b.get(path), value));

/** What differs, as `path: from -> to`, sorted. */
const changed = (before: Leaves, after: Leaves): readonly string[] =>
  [...after]
    .filter(([path, to]) => !Object.is(before.get(path), to))
    .map(([path, to]) => `${path}: ${String(before.get(path))} -> ${String(to)}`)
    .sort();

const choices = (ranges: PropertyLike["args"], scope: ModelLike["scope"]): readonly Args[] => {
  let all: Args[] = [{}];
  for (const [name, range] of Object.entries(ranges)) {
    const values = typeof range === "string" ? [...Array(scope[range]).keys()] : range;
    all = all.flatMap((args) => values.map((value) => ({ ...args, [name]: value })));
  }
  return all;
};

/** Whether the end of a run decides a property: breaks it, or for a `sometimes` is a witness. */
const decides = (
  { kind, args: ranges, antecedent, holds }: PropertyLike,
  scope: ModelLike["scope"],
  looked: readonly unknown[],
): boolean =>
  choices(ranges, scope).some((args) => {
    const words = [...looked, args] as never[];
    if (kind === "sometimes") return holds!(...words);
    return (antecedent === undefined || antecedent(...words)) && !holds!(...words);
  });

/** What is wrong with a trace that is said to decide a property of safety; nothing where it is right. */
export const wrongWith = (model: ModelLike, property: PropertyLike, trace: TraceLike): string | undefined => {
  const start = leavesOf(trace.start);
  if (!model.start.some((state) => same(leavesOf(state), start))) return "it starts in no start state";
  if (trace.length !== trace.steps.length) return `its length is ${trace.steps.length}, not ${trace.length}`;
  let before: unknown = undefined;
  let state = structuredClone(trace.start);
  for (const [i, { action: name, actor, args, changes }] of trace.steps.entries()) {
    const action = model.actions.find((candidate) => candidate.name === name);
    if (action === undefined) return `step ${i + 1}: there is no action ${name}`;
    if (action.actor(args as never) !== actor) return `step ${i + 1}: ${name} is not taken by ${actor}`;
    if (!action.guard(state as never, args as never)) return `step ${i + 1}: ${name} is not enabled`;
    before = state;
    state = structuredClone(state);
    action.effect(state as never, args as never);
    const told = changes.map(({ path, from, to }) => `${path}: ${String(from)} -> ${String(to)}`).sort();
    const did = changed(leavesOf(before), leavesOf(state));
    if (told.join() !== did.join())
      return `step ${i + 1}: ${name} changes ${did.join(", ")}, not ${told.join(", ")}`;
  }
  if (property.kind !== "step")
    return decides(property, model.scope, [state])
      ? undefined
      : "its last state does not decide the property";
  const last = trace.steps.at(-1);
  if (last === undefined) return "a run without steps decides no step property";
  return decides(property, model.scope, [before, state, { action: last.action, args: last.args }])
    ? undefined
    : "its last step does not decide the property";
};
