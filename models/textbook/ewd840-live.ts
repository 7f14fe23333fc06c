import { type ValueOf } from "#check";
import { ewd840 } from "./ewd840.ts";
import { liveTable, mayStop, oracle } from "./oracle.ts";
import { textbookPropertyOf } from "./source.ts";

type State = ValueOf<typeof ewd840.state>;

const { leadsTo, eventually, infinitelyOften, weak, recurrent } = textbookPropertyOf<State>();
const said = { source: "tlaplus/Examples EWD840" };
const terminated = (s: State): boolean => s.node.every(({ active }) => !active);
const detected = ({ token, node }: State): boolean =>
  token.at === 0 && token.colour === "white" && node[0].colour === "white" && !node[0].active;

const quiet = [0, 1, 2].map((i) => recurrent(`node ${i} is inactive`, ({ node }: State) => !node[i].active));

/** What is detected in the end on a ring of three, by what is assumed. */
export const ewd840Live = liveTable<State>()(
  { unfair: [], "wf-system": [weak({ action: ["InitiateProbe", "PassToken"] })], "wf-next": [weak()] },
  [
    {
      id: "termination-is-detected",
      fails: { unfair: mayStop },
      make: (id, fairness) =>
        leadsTo({
          ...said,
          id,
          fairness,
          statement: "Once every node is inactive, node 0 detects it.",
          from: terminated,
          to: detected,
        }),
    },
    {
      id: "detection-comes",
      fails: {
        unfair: mayStop,
        "wf-system": "the nodes may never terminate",
        "wf-next": "the nodes may never terminate",
      },
      make: (id, fairness) =>
        eventually({ ...said, id, fairness, statement: "Node 0 detects termination.", holds: detected }),
    },
    {
      id: "quiet-is-detected",
      fails: {
        unfair: mayStop,
        "wf-system": "the nodes may be inactive one after the other, never all",
        "wf-next": "the nodes may be inactive one after the other, never all",
      },
      make: (id, fairness) =>
        infinitelyOften({
          ...said,
          id,
          fairness: [...fairness, ...quiet],
          statement: "If each node is inactive again and again, node 0 detects termination again and again.",
          holds: detected,
        }),
    },
  ],
);

export default oracle({
  name: "oracle/ewd840-live",
  about: "Termination detection on a ring of three nodes: what is detected, in the end",
  model: ewd840,
  scope: { node: 3 },
  ...ewd840Live,
});
