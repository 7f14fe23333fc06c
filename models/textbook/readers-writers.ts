import { add, del, has, none, oneOf, record, set, vector, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({
  /** First in, first out; an actor waits at most once for each kind, so two slots an actor are enough. A free slot has no actor. */
  queue: vector("slot", record({ kind: oneOf("free", "read", "write"), actor: set("actor") })),
  readers: set("actor"),
  writers: set("actor"),
});
type State = ValueOf<typeof State>;
type Kind = State["queue"][number]["kind"];

const source = "tlaplus/Examples ReadersWriters";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const { invariant } = textbookPropertyOf<State>();
const args = { a: "actor" } as const;
const actor = ({ a }: { readonly a: number }): string => `actor ${a}`;

const waits = (s: State, kind: Kind, a: number): boolean =>
  s.queue.some((slot) => slot.kind === kind && has(slot.actor, a));
const somebodyWaits = (s: State, kind: Kind): boolean => s.queue.some((slot) => slot.kind === kind);
const active = (s: State): number => s.readers | s.writers;

const request = (name: string, kind: "read" | "write") =>
  action(name, {
    ...cites,
    actor,
    args,
    guard: (s, { a }) => !waits(s, kind, a),
    effect: (d, { a }) => {
      const last = d.queue.find((slot) => slot.kind === "free")!;
      last.kind = kind;
      last.actor = add(none, a);
    },
  });

/** Readers share, writers do not, and a queue keeps either from starving. */
export const readersWriters: Model<State> = {
  name: "readers-writers",
  state: State,
  init: ({ slot }) => [
    {
      queue: Array.from({ length: slot }, () => ({ kind: "free" as const, actor: none })),
      readers: none,
      writers: none,
    },
  ],
  actions: [
    request("TryRead", "read"),
    request("TryWrite", "write"),
    action("Serve", {
      ...cites,
      actor: "queue",
      guard: ({ queue: [head], readers, writers }) =>
        writers === none && (head.kind === "read" || (head.kind === "write" && readers === none)),
      effect: (d) => {
        const { kind, actor: served } = d.queue[0];
        if (kind === "read") d.readers |= served;
        else d.writers |= served;
        d.queue.forEach((slot, place) => {
          const next = d.queue[place + 1];
          slot.kind = next?.kind ?? "free";
          slot.actor = next?.actor ?? none;
        });
      },
    }),
    action("Stop", {
      ...cites,
      actor,
      args,
      guard: (s, { a }) => has(active(s), a),
      effect: (d, { a }) => {
        if (has(d.readers, a)) d.readers = del(d.readers, a);
        else d.writers = del(d.writers, a);
      },
    }),
  ],
};

export const safe = invariant({
  id: "writers-alone",
  statement: "A writer is alone: no reader and no second writer is active beside it.",
  source: `${source} Safety`,
  antecedent: (s) => s.writers !== none,
  holds: (s) => s.readers === none && (s.writers & (s.writers - 1)) === none,
});

/** Four things one might expect of the queue, all of them wrong. */
export const misconceptions = [
  invariant({
    id: "never-all-reading",
    statement: "Some actor is not reading.",
    source,
    holds: (s) => !Array.from({ length: s.queue.length / 2 }, (_, a) => a).every((a) => has(s.readers, a)),
  }),
  invariant({
    id: "never-all-waiting-to-write",
    statement: "Some actor is not waiting to write.",
    source,
    holds: (s) => s.queue.filter(({ kind }) => kind === "write").length < s.queue.length / 2,
  }),
  invariant({
    id: "no-writer-behind-readers",
    statement: "Nobody waits to write while somebody waits to read.",
    source,
    antecedent: (s) => somebodyWaits(s, "read"),
    holds: (s) => !somebodyWaits(s, "write"),
  }),
  invariant({
    id: "no-reader-behind-writers",
    statement: "Nobody waits to read while somebody waits to write.",
    source,
    antecedent: (s) => somebodyWaits(s, "write"),
    holds: (s) => !somebodyWaits(s, "read"),
  }),
];

export default oracle({
  name: "oracle/readers-writers",
  about: "Two actors read and write through a fair queue",
  model: readersWriters,
  scope: { actor: 2, slot: 4 },
  properties: [safe, ...misconceptions],
  expected: [
    { property: "writers-alone", verdict: "holds" },
    ...misconceptions.map(({ id }) => ({
      property: id,
      verdict: "violated" as const,
      because: "the queue takes every request",
    })),
  ],
});
