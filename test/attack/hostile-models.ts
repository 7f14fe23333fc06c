/*
 * Models out of what people do to objects and had better not do to states: arrays sorted in place, leaves copied by rest
 * and spread, caches, freezing, drafts wrapped or given prototypes, errors in some states only. Made without the generators of the laws.
 */

import fc from "fast-check";
import {
  bool,
  index,
  int,
  oneOf,
  problemOf,
  propertyOf,
  record,
  set,
  someOf,
  subsetOf,
  vector,
  type Problem,
  type Property,
  type ValueOf,
} from "#check";
import type { Action, Args, Ranges } from "../../src/model/action.ts";

const State = record({
  n: int(-1, 2),
  on: bool,
  word: oneOf("", "0", "a b"),
  v: vector("f", int(0, 2)),
  r: vector("f", record({ x: int(-1, 1), to: index("f") })),
  m: set("f"),
  odd: record({ length: int(0, 2), toString: bool, 0: bool, "a.b": bool }),
});
type State = ValueOf<typeof State>;
/** A state as these recipes treat it: nothing of it is safe. */
// oxlint-disable-next-line typescript/no-explicit-any -- recipes that take no heed of types are what this is about
type Open = { -readonly [K in keyof State]: State[K] extends readonly (infer _)[] ? any[] : any };
type Effect = (d: Open, at: number, args: Args) => unknown;
type Guard = (s: Open, at: number, args: Args) => unknown;

/** What an effect does, all of it allowed: no engine may refuse it, and all mean what plain assignment means. */
const allowed: Readonly<Record<string, Effect>> = {
  "adds one": (d, i) => void (d.v[i] = (d.v[i] + 1) % 3),
  "sorts in place": (d) => void d.v.sort((a, b) => a - b),
  "sorts downwards": (d) => void d.v.sort((a, b) => b - a),
  "reverses in place": (d) => void d.v.reverse(),
  fills: (d, i) => void d.v.fill(i % 3),
  "copies within": (d) => void d.v.copyWithin(0, 1),
  "changes places": (d, i) => void ([d.v[0], d.v[i]] = [d.v[i], d.v[0]]),
  "turns by destructuring": (d) => {
    const [first, ...rest] = d.v;
    Object.assign(d.v, [...rest, first]);
  },
  "assigns by rest": (d, i) => {
    const { x, ...rest } = d.r[i];
    Object.assign(d.r[0], rest, { x: -x });
  },
  "copies by spread": (d, i) => void Object.assign(d.r[i], { ...d.r[0] }),
  "copies by JSON": (d, i) => void Object.assign(d.r[i], JSON.parse(JSON.stringify(d.r[d.r[i].to]))),
  "writes while it iterates": (d) => {
    for (const [i, x] of d.v.entries()) d.v[i] = (x + i) % 3;
  },
  "writes while it maps": (d) => void d.v.map((x, i) => (d.v[d.v.length - 1 - i] = x)),
  "writes by Reflect": (d) => void Reflect.set(d, "on", Reflect.get(d, "on") === false),
  "writes through an alias": (d, i) => {
    const { r } = d;
    const one = r[i];
    d.r[i].x = 1;
    one.x = -one.x;
    d.n = r[i].x;
  },
  "writes minus zero": (d) => void (d.n = -0),
  "writes a number that was text": (d) => void (d.n = Number(`${(d.n + 2) % 4}`) - 1),
  "writes and takes back": (d) => {
    const { n } = d;
    d.n = 2;
    d.n = n;
  },
  "toggles members": (d, i) => void (d.m ^= 2 ** i),
  "follows an index": (d, i) => void (d.r[i].to = (d.r[d.r[i].to].to + 1) % d.r.length),
  "writes odd fields": (d) => {
    d.odd["length"] = (d.odd["length"] + 1) % 3;
    d.odd["toString"] = d.odd["length"] === 1;
    d.odd["0"] = !d.odd["a.b"];
  },
  "picks a word by name": (d) =>
    void (d.word = ({ "": "0", "0": "a b" } as Record<string, string>)[d.word] ?? ""),
  "recurses over the vector": (d) => {
    const down = (i: number): number => (i < 0 ? 0 : d.v[i] + down(i - 1));
    d.n = down(d.v.length - 1) % 3;
  },
  "throws and catches": (d) => {
    try {
      d.on = true;
      throw new Error("mine");
    } catch {
      d.n = d.on ? 1 : 0;
    }
  },
  "changes nothing": () => undefined,
};

/** What an effect may not do, at least in some states: both engines refuse it with the same words, or never come there. */
const refused: Readonly<Record<string, Effect>> = {
  "counts beyond its domain": (d) => void d.n++,
  "assigns text": (d) => void (d.n = String(d.n)),
  "assigns NaN now and then": (d) => void (d.n = d.n === 1 ? Number.NaN : d.n + 1),
  "leaves its domain for a moment": (d) => {
    if (d.on) d.n = 7;
    d.n = 0;
  },
  pushes: (d) => void d.v.push(0),
  pops: (d) => void d.v.pop(),
  splices: (d) => void d.v.splice(0, 1, 2),
  "replaces a record": (d, i) => void (d.r[i] = { ...d.r[i] }),
  "replaces a vector": (d) => void (d.v = d.v.map((x) => x)),
  "deletes a field": (d, i) => void delete d.r[i].x,
  "deletes and catches": (d, i) => {
    try {
      delete d.r[i].x;
      d.on = true;
    } catch {
      throw new Error("could not delete");
    }
  },
  "defines a field": (d) => void Object.defineProperty(d, "n", { value: 1 }),
  "writes a symbol": (d) => void ((d as never as Record<symbol, number>)[Symbol("x")] = 1),
  "writes a prototype": (d) => void ((d as never as { __proto__: object }).__proto__ = { n: 1 }),
  "has another prototype": (d) => void Object.setPrototypeOf(d, null),
  "has the same prototype": (d) => void Reflect.setPrototypeOf(d, Object.prototype),
  "asks whether it is frozen": (d) => {
    if (!Object.isFrozen(d)) d.on = !d.on;
  },
  "asks whether a vector can be extended": (d) => {
    if (Object.isExtensible(d.v)) d.v[0] = 1;
  },
  freezes: (d, i) => void Object.freeze(d.r[i]),
  seals: (d) => {
    Object.preventExtensions(d);
    d.on = true;
  },
  returns: (d) => (d.on = true),
  "returns its draft": (d) => d,
  "is asynchronous": async (d) => {
    d.on = true;
  },
  "writes its arguments": (d, i, args) => {
    (args as Record<string, number>)["i"] = 0;
    d.v[i] = 1;
  },
  "throws now and then": (d, i) => {
    if (d.v[i] === 1) throw new Error("boom");
    d.v[i]++;
  },
  "throws no error": (d, i) => {
    if (d.v[i] === 1) throw Object.create(null);
    d.v[i]++;
  },
};

/** What a guard or an invariant asks, all of it allowed. */
const asked: Readonly<Record<string, Guard>> = {
  always: () => true,
  "one leaf": (s) => s.n < 2,
  "its member": (s, i) => s.v[i] < 2,
  "a sorted copy": (s) => [...s.v].sort((a, b) => a - b).join() !== "0,1,2",
  "all as text": (s, i) => JSON.stringify(s).length % (i + 3) !== 0,
  "all values": (s) => Object.values(s).includes(true) === s.on,
  "spread and rest": (s) => {
    const { n, ...rest } = s;
    return n + Object.keys(rest).length < 8;
  },
  "an alias": (s, i) => s.r[s.r[i].to].x < 1,
  "records by ===": (s, i) => s.r[i] === s.r[i] && s.r !== (s.v as unknown),
  "what is not there": (s) => (s as never as { none?: number }).none === undefined && !("none" in s),
  "odd fields": (s) => s.odd["length"] < 2 && typeof s.odd["a.b"] === "boolean",
  "a set": (s, i) => (s.m & (2 ** i)) === 0,
  "a type test": (s) => Array.isArray(s.v) && s.v instanceof Array && typeof s.r[0] === "object",
  "nested iterators": (s) => [...s.r.entries()].every(([i, { to }]) => to >= 0 && i < s.r.length),
};

/** What a guard or an invariant may not do, or what it may but only so. */
const askedBadly: Readonly<Record<string, Guard>> = {
  "a number": (s) => s.n as unknown,
  nothing: (s) => (s.n > 0 ? undefined : true),
  "a promise": async () => true,
  "sorts what it is shown": (s) => s.v.sort((a, b) => a - b)[0] < 2,
  "writes what it is shown": (s) => {
    s.n = 0;
    return true;
  },
  "throws now and then": (s) => {
    if (s.n === 1) throw new Error("asked");
    return true;
  },
  "recurses without end": (s) => {
    const down = (n: number): number => 1 + down(n + 1);
    return s.n < 1 || down(0) > 0;
  },
};

const ranges: Readonly<Record<string, Ranges>> = {
  none: {},
  member: { i: "f" },
  "member and list": { i: "f", k: ["1", 1] },
  list: { i: [0, 1] },
  "some members": { q: someOf("f") },
  "any members": { q: subsetOf("f") },
};

/** A model in the names of what it is made of, which is what a failure prints. */
export interface Plan {
  readonly size: number;
  readonly starts: readonly number[];
  readonly actions: readonly {
    readonly args: string;
    readonly guard: string;
    readonly effect: string;
    readonly after: string | null;
  }[];
  readonly properties: readonly {
    readonly kind: "invariant" | "step" | "sometimes";
    readonly args: string;
    readonly holds: string;
  }[];
  readonly constraint: string | null;
}

const rarely = <T>(common: readonly T[], rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...common) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
const guards = rarely(Object.keys(asked), Object.keys(askedBadly));

/** Hostile models, by the names of their ingredients. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  starts: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  actions: fc.array(
    fc.record({
      args: fc.constantFrom(...Object.keys(ranges)),
      guard: guards,
      effect: rarely(Object.keys(allowed), Object.keys(refused)),
      after: fc.option(guards, { freq: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  properties: fc.array(
    fc.record({
      kind: fc.constantFrom("invariant", "step", "sometimes"),
      args: fc.constantFrom(...Object.keys(ranges)),
      holds: guards,
    }),
    { maxLength: 3 },
  ),
  constraint: fc.option(fc.constantFrom(...Object.keys(asked)), { freq: 6 }),
});

/** Whether a model has nothing that an engine may refuse. */
export const isAllowed = ({ actions, properties }: Plan): boolean =>
  actions.every(
    ({ effect, guard, after }) => effect in allowed && guard in asked && (after === null || after in asked),
  ) && properties.every(({ holds }) => holds in asked);

const cited = { kernel: "-", source: "-", atomic: "-" } as const;
const said = { statement: "-", source: "-", kernel: "-" } as const;
const all = { ...asked, ...askedBadly };

/** The start state of a number: some differ in one leaf, and some not at all. */
const startOf = (size: number, number: number): State => ({
  n: (number % 3) - 1,
  on: number === 4,
  word: "",
  v: Array.from({ length: size }, (_, i) => (number === 5 ? i % 3 : 0)),
  r: Array.from({ length: size }, () => ({ x: 0, to: 0 })),
  m: 0,
  odd: { length: 0, toString: false, 0: false, "a.b": false },
});

/** The model that a plan stands for. Functions are made anew each time, so that nothing is remembered from one to the next. */
export const posed = ({ size, starts, actions, properties, constraint }: Plan): Problem<unknown> => {
  const at = (args: Args): number => Number(args["i"] ?? args["q"] ?? 0) % size;
  const guard =
    (name: string): ((s: State, args: Args) => boolean) =>
    (s, args) =>
      all[name](s as Open, at(args), args) as boolean;
  const { invariant, step, sometimes } = propertyOf<State>();
  const asProperty = ({ kind, args, holds }: Plan["properties"][number], i: number): Property<State> => {
    const common = { ...said, id: `p${i}`, args: ranges[args] };
    const ask = guard(holds);
    if (kind === "invariant") return invariant({ ...common, holds: ask });
    if (kind === "sometimes") return sometimes({ ...common, holds: ask });
    return step({
      ...common,
      antecedent: (before: State, after: State) => before.n <= after.n,
      holds: (_: State, after: State, __: unknown, of: Args) => ask(after, of),
    });
  };
  return problemOf<State>(
    {
      name: "hostile",
      state: State,
      init: () => starts.map((number) => startOf(size, number)),
      actions: actions.map(({ args, guard: may, effect, after }, i): Action<State> => ({
        ...cited,
        name: `a${i}`,
        actor: () => `CPU${i % 2}`,
        args: ranges[args],
        guard: guard(may),
        effect: (d, of) => ({ ...allowed, ...refused })[effect](d as never, at(of), of) as undefined,
        ...(after === null ? {} : { guardAfter: (_, to, of) => guard(after)(to, of) }),
      })),
      ...(constraint === null
        ? {}
        : { constraints: [{ id: "c", statement: "-", holds: (s: State) => guard(constraint)(s, {}) }] }),
    },
    { f: size },
    properties.map(asProperty),
  ) as unknown as Problem<unknown>;
};
