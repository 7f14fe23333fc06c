import { type ValueOf } from "#check";
import { liveTable, mayStop, oracle } from "./oracle.ts";
import { orderedPhilosophers } from "./philosophers.ts";
import { textbookPropertyOf } from "./source.ts";

type State = ValueOf<typeof orderedPhilosophers.state>;

const { infinitelyOften, weak, strong } = textbookPropertyOf<State>();
const said = { source: "rumur, doc/intro-to-murphi.rst" };
const hungryAgain = "whoever holds a fork may turn hungry again instead of putting it down";
const snatched = "a neighbour may always be quicker to take the fork";

/**
 * Who eats in the end, by what is assumed. That from every state somebody can still come to eat, which rumur calls
 * liveness, is another question: one about what is possible, not about what must happen.
 */
export const philosophersLive = liveTable<State>()(
  {
    unfair: [],
    "wf-philosopher": [weak({ each: "actor" })],
    "sf-philosopher": [strong({ each: "actor" })],
    "wf-step": [weak({ each: "step" })],
    "sf-step": [strong({ each: "step" })],
  },
  [
    {
      id: "first-eats-again",
      fails: {
        unfair: mayStop,
        "wf-philosopher": hungryAgain,
        "sf-philosopher": hungryAgain,
        "wf-step": snatched,
      },
      make: (id, fairness) =>
        infinitelyOften({
          ...said,
          id,
          fairness,
          statement: "The first philosopher eats again and again.",
          holds: ({ philosopher: [first] }) => first.mood === "eating",
        }),
    },
    {
      id: "somebody-eats-again",
      fails: { unfair: mayStop },
      make: (id, fairness) =>
        infinitelyOften({
          ...said,
          id,
          fairness,
          statement: "Some philosopher eats, again and again.",
          holds: (s) => s.philosopher.some(({ mood }) => mood === "eating"),
        }),
    },
  ],
);

export default oracle({
  name: "oracle/philosophers-live",
  about: "Three philosophers who take the fork with the lower number first: who eats, in the end",
  model: orderedPhilosophers,
  scope: { philosopher: 3 },
  ...philosophersLive,
});
