import { bool, index, int, record, vector, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const channel = record({ val: index("message"), rdy: bool, ack: bool });
const State = record({
  in: channel,
  out: channel,
  /** The buffer, its head first; behind its end stands message 0. */
  q: vector("slot", index("message")),
  length: int(0, 4),
});
type State = ValueOf<typeof State>;

const source = "tlaplus/Examples SpecifyingSystems/FIFO InnerFIFO";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const both = [false, true];

/** A channel of every value on which nothing is under way. */
const idle = (messages: number): readonly State["in"][] =>
  Array.from({ length: messages }, (_, val) => val).flatMap((val) =>
    both.map((rdy) => ({ val, rdy, ack: rdy })),
  );

/** A buffer between two channels with handshakes, which the specification does not bound: its model does. */
export const innerFifo: Model<State> = {
  name: "inner-fifo",
  state: State,
  init: ({ message, slot }) =>
    idle(message).flatMap((from) =>
      idle(message).map((to) => ({
        in: from,
        out: to,
        q: Array.from({ length: slot }, () => 0),
        length: 0,
      })),
    ),
  actions: [
    action("SSend", {
      ...cites,
      actor: "sender",
      args: { m: "message" },
      guard: (s) => s.in.rdy === s.in.ack,
      effect: (d, { m }) => {
        d.in.val = m;
        d.in.rdy = !d.in.rdy;
      },
    }),
    action("BufRcv", {
      ...cites,
      actor: "buffer",
      guard: (s) => s.in.rdy !== s.in.ack,
      effect: (d) => {
        d.in.ack = d.in.rdy;
        d.q[d.length] = d.in.val;
        d.length += 1;
      },
    }),
    action("BufSend", {
      ...cites,
      actor: "buffer",
      guard: (s) => s.length > 0 && s.out.rdy === s.out.ack,
      effect: (d) => {
        d.out.val = d.q[0];
        d.out.rdy = !d.out.rdy;
        for (let i = 1; i < d.length; i++) d.q[i - 1] = d.q[i];
        d.length -= 1;
        d.q[d.length] = 0;
      },
    }),
    action("RRcv", {
      ...cites,
      actor: "receiver",
      guard: (s) => s.out.rdy !== s.out.ack,
      effect: (d) => {
        d.out.ack = d.out.rdy;
      },
    }),
  ],
  constraints: [
    {
      id: "q-constraint",
      statement: "The buffer holds three messages at most.",
      holds: (s) => s.length <= 3,
    },
  ],
};

const fifo = textbookPropertyOf<State>();

export const emptyBehind = fifo.invariant({
  id: "empty-behind",
  statement: "Behind the end of the buffer there is nothing.",
  source,
  holds: (s) => s.q.every((m, place) => place < s.length || m === 0),
});

/** True of what TLC counts, and false of the states beyond the constraint: they are judged too. */
export const neverFour = fifo.invariant({
  id: "never-four",
  statement: "The buffer never holds four messages.",
  source,
  holds: (s) => s.length < 4,
});

/** As MCInnerFIFO bounds it: three messages, and a buffer of three; one slot more for the states beyond. */
export const innerFifoScope = { message: 3, slot: 4 };

export default oracle({
  name: "oracle/inner-fifo",
  about: "A buffer between two channels, without bound but for a state constraint",
  model: innerFifo,
  scope: innerFifoScope,
  properties: [emptyBehind, neverFour],
  expected: [
    { property: "empty-behind", verdict: "holds-to-bound" },
    {
      property: "never-four",
      verdict: "violated",
      because: "the constraint keeps fuller buffers from being expanded, not from being judged",
    },
  ],
});
