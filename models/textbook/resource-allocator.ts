import { none, record, set, someOf, vector, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({
  client: vector("client", record({ wants: set("resource"), holds: set("resource") })),
});
type State = ValueOf<typeof State>;

const source = "tlaplus/Examples SimpleAllocator";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const actor = ({ c }: { readonly c: number }): string => `client ${c}`;

const within = (part: number, whole: number): boolean => (part & ~whole) === none;
const held = (s: State): number => s.client.reduce((taken, { holds }) => taken | holds, none);

const args = { c: "client", of: someOf("resource") } as const;

/** An allocator that hands out any free part of what a client still wants. */
export const resourceAllocator: Model<State> = {
  name: "resource-allocator",
  state: State,
  init: ({ client }) => [{ client: Array.from({ length: client }, () => ({ wants: none, holds: none })) }],
  actions: [
    action("Request", {
      ...cites,
      actor,
      args,
      guard: (s, { c }) => s.client[c].wants === none && s.client[c].holds === none,
      effect: (d, { c, of }) => {
        d.client[c].wants = of;
      },
    }),
    action("Allocate", {
      ...cites,
      actor: "allocator",
      args,
      guard: (s, { c, of }) => within(of, s.client[c].wants & ~held(s)),
      effect: (d, { c, of }) => {
        d.client[c].holds |= of;
        d.client[c].wants &= ~of;
      },
    }),
    action("Return", {
      ...cites,
      actor,
      args,
      guard: (s, { c, of }) => within(of, s.client[c].holds),
      effect: (d, { c, of }) => {
        d.client[c].holds &= ~of;
      },
    }),
  ],
};

export const heldOnce = textbookPropertyOf<State>().invariant({
  id: "resource-held-once",
  statement: "No two clients hold the same resource.",
  source: `${source} ResourceMutex`,
  args: { a: "client", b: "client" },
  antecedent: (_, { a, b }) => a < b,
  holds: (s, { a, b }) => (s.client[a].holds & s.client[b].holds) === none,
});

export default oracle({
  name: "oracle/resource-allocator",
  about: "Three clients share two resources through an allocator",
  model: resourceAllocator,
  scope: { client: 3, resource: 2 },
  properties: [heldOnce],
  expected: [{ property: "resource-held-once", verdict: "holds" }],
});
