import { has, none, type Fairness, type ValueOf } from "#check";
import { liveTable, mayStop, oracle } from "./oracle.ts";
import { resourceAllocator } from "./resource-allocator.ts";
import { textbookPropertyOf } from "./source.ts";

type State = ValueOf<typeof resourceAllocator.state>;

const { leadsTo, infinitelyOften, weak, strong } = textbookPropertyOf<State>();
const said = { source: "tlaplus/Examples SimpleAllocator" };

type Client = State["client"][number];
/** Each client returns everything it holds, where it is of this mind. */
const returnsAll = (says: string, willing: (client: Client) => boolean): Fairness<State> =>
  weak({
    action: "Return",
    each: "args.c",
    only: {
      says,
      when: (before, _, { args: { c, of } }) => {
        const client = before.client[Number(c)];
        return of === client.holds && willing(client);
      },
    },
  });
const everything = returnsAll("returns everything", () => true);
const whenSatisfied = returnsAll("returns everything when nothing is wanted", ({ wants }) => wants === none);
const given = { action: "Allocate", each: "args.c" } as const;

const keeps = "a client that still wants something may keep what it holds for ever";
const passedOver = "what a client wants may always be given to others";

/** What clients get in the end, by what is assumed. */
export const resourceAllocatorLive = liveTable<State>()(
  {
    unfair: [],
    sf: [everything, strong(given)],
    "sf-satisfied": [whenSatisfied, strong(given)],
    wf: [everything, weak(given)],
  },
  [
    {
      id: "satisfied-returns",
      fails: { unfair: mayStop },
      make: (id, fairness) =>
        leadsTo({
          ...said,
          id,
          fairness,
          statement: "A client that wants nothing more comes to hold nothing.",
          args: { c: "client" },
          from: (s, { c }) => s.client[c].wants === none,
          to: (s, { c }) => s.client[c].holds === none,
        }),
    },
    {
      id: "wanted-is-held",
      fails: { unfair: mayStop, "sf-satisfied": keeps, wf: passedOver },
      make: (id, fairness) =>
        leadsTo({
          ...said,
          id,
          fairness,
          statement: "A client that wants a resource comes to hold it.",
          args: { c: "client", r: "resource" },
          from: (s, { c, r }) => has(s.client[c].wants, r),
          to: (s, { c, r }) => has(s.client[c].holds, r),
        }),
    },
    {
      id: "satisfied-again",
      fails: { unfair: mayStop, "sf-satisfied": keeps, wf: passedOver },
      make: (id, fairness) =>
        infinitelyOften({
          ...said,
          id,
          fairness,
          statement: "Each client wants nothing again and again.",
          args: { c: "client" },
          holds: (s, { c }) => s.client[c].wants === none,
        }),
    },
  ],
);

export default oracle({
  name: "oracle/resource-allocator-live",
  about: "Three clients share two resources: who gets what, in the end",
  model: resourceAllocator,
  scope: { client: 3, resource: 2 },
  ...resourceAllocatorLive,
});
