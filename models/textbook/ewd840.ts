import { bool, index, oneOf, record, variant, vector, type Model, type Scope, type ValueOf } from "#check";
import { deadlockFree, oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const Colour = oneOf("white", "black");
const State = record({
  node: vector("node", record({ active: bool, colour: Colour })),
  token: record({ at: index("node"), colour: Colour }),
});
type State = ValueOf<typeof State>;
type Node = State["node"][number];

const source = "tlaplus/Examples EWD840";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const { invariant } = textbookPropertyOf<State>();
const actor = ({ i }: { readonly i: number }): string => `node ${i}`;

const nodes: readonly Node[] = [true, false].flatMap((active) => [
  { active, colour: "white" },
  { active, colour: "black" },
]);
/** Every ring of `size` nodes. */
const rings = (size: number): readonly (readonly Node[])[] =>
  size === 0 ? [[]] : rings(size - 1).flatMap((ring) => nodes.map((node) => [...ring, node]));
/** Any activity, any colours, and a black token anywhere. */
const init = ({ node: size }: Scope): readonly State[] =>
  rings(size).flatMap((node) => node.map((_, at): State => ({ node, token: { at, colour: "black" } })));

const sendMsg = (blackens: (i: number, j: number) => boolean) =>
  action("SendMsg", {
    ...cites,
    actor,
    args: { i: "node", j: "node" },
    guard: (s, { i, j }) => i !== j && s.node[i].active,
    effect: (d, { i, j }) => {
      d.node[j].active = true;
      if (blackens(i, j)) d.node[i].colour = "black";
    },
  });

/** Dijkstra's detection of termination on a ring: a token goes round and turns black where work was sent back. */
export const ewd840: Model<State> = {
  name: "ewd840",
  state: State,
  init,
  actions: [
    action("InitiateProbe", {
      ...cites,
      actor: "node 0",
      guard: ({ token, node }) => token.at === 0 && (token.colour === "black" || node[0].colour === "black"),
      effect: (d) => {
        d.token.at = d.node.length - 1;
        d.token.colour = "white";
        d.node[0].colour = "white";
      },
    }),
    action("PassToken", {
      ...cites,
      actor,
      args: { i: "node" },
      guard: ({ token, node }, { i }) =>
        i !== 0 &&
        token.at === i &&
        (!node[i].active || node[i].colour === "black" || token.colour === "black"),
      effect: (d, { i }) => {
        d.token.at = i - 1;
        if (d.node[i].colour === "black") d.token.colour = "black";
        d.node[i].colour = "white";
      },
    }),
    sendMsg((i, j) => j > i),
    action("Deactivate", {
      ...cites,
      actor,
      args: { i: "node" },
      guard: (s, { i }) => s.node[i].active,
      effect: (d, { i }) => {
        d.node[i].active = false;
      },
    }),
  ],
};

/** The seeded bug: sending work back leaves no mark. */
export const forgetfulEwd840 = variant(ewd840, "ewd840-forgetful", { replace: [sendMsg(() => false)] });

export const terminationDetection = invariant({
  id: "termination-detection",
  statement: "Node 0 detects termination only when every node is inactive.",
  source: "EWD 840; tlaplus/Examples EWD840 TerminationDetection",
  antecedent: ({ token, node }) =>
    token.at === 0 && token.colour === "white" && node[0].colour === "white" && !node[0].active,
  holds: (s) => s.node.every(({ active }) => !active),
});
export const dijkstraInvariant = invariant({
  id: "dijkstra-invariant",
  statement: "The nodes the token has passed are inactive, or it will meet a black node, or it is black.",
  source: "EWD 840 P0 to P2; tlaplus/Examples EWD840 Inv",
  holds: ({ token, node }) =>
    token.colour === "black" ||
    node.every(({ active }, i) => i <= token.at || !active) ||
    node.some(({ colour }, i) => i <= token.at && colour === "black"),
});

const scope = { node: 3 };

export default [
  oracle({
    name: "oracle/ewd840",
    about: "Termination detection on a ring of three nodes, from all 192 initial states",
    model: ewd840,
    scope,
    properties: [terminationDetection, dijkstraInvariant, deadlockFree(ewd840, scope, source)],
    expected: [
      { property: "termination-detection", verdict: "holds" },
      { property: "dijkstra-invariant", verdict: "holds" },
      { property: "deadlock-free", verdict: "violated", because: "detected termination is the end" },
    ],
  }),
  oracle({
    name: "oracle/ewd840-forgetful",
    about: "Termination detection by a ring that forgets to mark work sent back",
    model: forgetfulEwd840,
    scope,
    properties: [terminationDetection, dijkstraInvariant],
    expected: [
      {
        property: "termination-detection",
        verdict: "violated",
        because: "a node woken behind the token is missed",
      },
      {
        property: "dijkstra-invariant",
        verdict: "violated",
        because: "a node woken behind the token is missed",
      },
    ],
  }),
];
