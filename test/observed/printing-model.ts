import fc from "fast-check";
import {
  actionOf,
  bool,
  int,
  problemOf,
  record,
  text,
  tracepoint,
  tracepointsOf,
  unsigned,
  type Event,
  type Note,
  type Problem,
  type ValueOf,
} from "#check";
import type { Observing } from "../../src/observed/observing.ts";

const State = record({ a: int(0, 2), b: int(0, 2), locked: bool });
export type State = ValueOf<typeof State>;

/** A step of a small model: who takes it, where, what it does, and what it prints in which order. */
export interface Printing {
  readonly context: number;
  readonly field: "a" | "b";
  /** It is not enabled where the field has this value. */
  readonly unless: number;
  readonly to: number;
  /** It waits for the lock, and what it does with it. */
  readonly waits: boolean;
  readonly locks: boolean;
  readonly rare: boolean;
  readonly prints: readonly { readonly when: "before" | "after"; readonly n: number }[];
}

/** The number that an event has at which nobody looks. */
const UNSEEN = 2;

export const arbitraryPrinting: fc.Arbitrary<readonly Printing[]> = fc.array(
  fc.record({
    context: fc.nat({ max: 1 }),
    field: fc.constantFrom("a", "b"),
    unless: fc.nat({ max: 2 }),
    to: fc.nat({ max: 2 }),
    waits: fc.boolean(),
    locks: fc.nat({ max: 3 }).map((n) => n === 0),
    rare: fc.nat({ max: 5 }).map((n) => n === 0),
    prints: fc.array(fc.record({ when: fc.constantFrom("before", "after"), n: fc.nat({ max: UNSEEN }) }), {
      maxLength: 3,
    }),
  }),
  { minLength: 4, maxLength: 6 },
);

const pointOf = (when: "before" | "after") =>
  tracepoint({
    system: "toy",
    name: when,
    by: "own",
    when,
    newest: { of: "1", source: "the test", text: text`n ${unsigned("n")}` },
  });
const points = { before: pointOf("before"), after: pointOf("after") };

/** The model of some steps, from its one start state. */
export const printingProblem = (steps: readonly Printing[]): Problem<State> => {
  const action = actionOf<State>();
  const noteOf = ({ prints }: Printing): Note => ({
    cites: {},
    facts: [],
    events: (): readonly Event[] => prints.map(({ when, n }) => points[when].event({ n })),
  });
  return problemOf(
    {
      name: "printing",
      state: State,
      init: () => [{ a: 0, b: 0, locked: false }],
      actions: steps.map((step, place) =>
        action(`step_${place}`, {
          actor: String(step.context),
          guard: (s) => s[step.field] !== step.unless && !(step.waits && s.locked),
          effect: (d) => {
            d[step.field] = step.to;
            d.locked = step.locks;
          },
          note: noteOf(step),
        }),
      ),
    },
    {},
  );
};

/** How it is seen. */
export const observing = (steps: readonly Printing[]): Observing<State> => ({
  tracepoints: tracepointsOf(Object.values(points)),
  label: ({ name, fields }) => (fields["n"] === UNSEEN ? undefined : `${name} ${String(fields["n"])}`),
  context: ({ actor }) => actor,
  unlocked: (s) => (s.locked ? { ...s, locked: false } : s),
  rare: ({ id }) => (steps[id].rare ? "act" : undefined),
  marks: { "a is 1": ({ a }) => a === 1 },
  facts: { a: ({ a }) => String(a) },
});

/** Where everything stands: the state, and of each context what it has announced and what it has still to print. */
export interface Configuration extends State {
  readonly contexts: readonly { readonly said: string; readonly owed: string }[];
}

/** What a step prints up to its effect, and after it, each with a semicolon behind it. */
const partsOf = ({ prints }: Printing): { readonly before: string; readonly after: string } => {
  const labels = prints.map(({ when, n }) => (n === UNSEEN ? "" : `${when} ${n};`));
  const first = labels.findIndex((label) => label !== "");
  const announces = first >= 0 && prints.slice(0, first + 1).every(({ when }) => when === "before");
  const at = announces ? first + 1 : 0;
  return { before: labels.slice(0, at).join(""), after: labels.slice(at).join("") };
};

const enabled = ({ field, unless, waits }: Printing, at: Configuration, anyLock: boolean): boolean =>
  at[field] !== unless && (anyLock || !(waits && at.locked));

const firstOf = (labels: string): string => labels.slice(0, labels.indexOf(";"));

/** What can happen, written once more and in another way: what a context has said is a text that steps may begin with. */
export const next = (
  steps: readonly Printing[],
  at: Configuration,
): readonly (readonly [string, Configuration])[] => {
  const withContext = (
    place: number,
    one: Configuration["contexts"][number],
    state: Partial<State> = {},
  ): Configuration => ({
    ...at,
    ...state,
    contexts: at.contexts.map((other, i) => (i === place ? one : other)),
  });
  const found: (readonly [string, Configuration])[] = [];
  for (const [place, { said, owed }] of at.contexts.entries())
    if (owed !== "")
      found.push([firstOf(owed), withContext(place, { said, owed: owed.slice(owed.indexOf(";") + 1) })]);
  for (const step of steps) {
    const { context, field, to, locks, rare } = step;
    const { said, owed } = at.contexts[context];
    const { before, after } = partsOf(step);
    if (owed !== "" || !before.startsWith(said)) continue;
    if (before === said && enabled(step, at, false))
      found.push([
        rare ? "rare act" : "",
        withContext(context, { said: "", owed: after }, { [field]: to, locked: locks }),
      ]);
    if (before !== said && enabled(step, at, true)) {
      const label = firstOf(before.slice(said.length));
      found.push([label, withContext(context, { said: `${said}${label};`, owed: "" })]);
    }
  }
  return found;
};

const keyOf = (at: Configuration): string => JSON.stringify([at.a, at.b, at.locked, at.contexts]);

/** Where it starts, with nothing said and nothing owed. */
export const start: Configuration = {
  a: 0,
  b: 0,
  locked: false,
  contexts: [
    { said: "", owed: "" },
    { said: "", owed: "" },
  ],
};

/** The plain meaning of being tracked: sets of configurations, none of it kept. */
export const naively = (steps: readonly Printing[], hidden: (label: string) => boolean) => {
  const closed = (
    some: readonly Configuration[],
    unseen: (label: string) => boolean,
  ): readonly Configuration[] => {
    const found = new Map(some.map((at) => [keyOf(at), at]));
    for (const at of found.values())
      for (const [label, to] of next(steps, at)) if (label === "" || unseen(label)) found.set(keyOf(to), to);
    return [...found.values()];
  };
  return {
    anywhere: closed([start], () => true),
    step: (from: readonly Configuration[], label: string): readonly Configuration[] =>
      closed(
        label === "mark a is 1"
          ? from.filter(({ a }) => a === 1)
          : from.flatMap((at) => next(steps, at).flatMap(([seen, to]) => (seen === label ? [to] : []))),
        hidden,
      ),
    /** Labels of a run from the start, as a random choice has it. */
    run: (choices: readonly number[]): readonly string[] => {
      let at = start;
      const labels: string[] = [];
      for (const choice of choices) {
        const possible = next(steps, at);
        if (possible.length === 0) break;
        const [label, to] = possible[choice % possible.length];
        labels.push(label);
        at = to;
      }
      return labels;
    },
  };
};
