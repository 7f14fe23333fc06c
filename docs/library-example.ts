import { actionOf, int, propertyOf, record, vector, type Model, type ValueOf } from "apicv-check";
import { answer, deadlocksOf, exploreFast } from "apicv-check/check";
import { answerText, claimsText, gateText, graphText, printedRun } from "apicv-check/report";
import { checkClaims, claimBook, gate, scenarioOf } from "apicv-check/catalogue";

// Declared here since this project has no types of node or of a browser.
declare const console: { readonly log: (text: string) => void };

/** How many of its two locks each worker holds, and which worker owns each lock: -1 for none. */
const State = record({ held: vector("worker", int(0, 2)), owner: vector("lock", int(-1, 1)) });
type State = ValueOf<typeof State>;

const action = actionOf<State>();
const worker = { args: { w: "worker" }, actor: ({ w }: { w: number }) => `worker${w}` } as const;

/** Two workers who need both locks; `first` is the lock that a worker takes first. */
const locks = (name: string, first: (w: number) => number): Model<State> => {
  const next = (w: number, held: number): number => (held === 0 ? first(w) : 1 - first(w));
  return {
    name,
    state: State,
    init: () => [{ held: [0, 0], owner: [-1, -1] }],
    actions: [
      action("lock", {
        ...worker,
        guard: (s, { w }) => s.held[w] < 2 && s.owner[next(w, s.held[w])] === -1,
        effect: (d, { w }) => {
          d.owner[next(w, d.held[w])] = w;
          d.held[w]++;
        },
      }),
      action("unlock_both", {
        ...worker,
        guard: (s, { w }) => s.held[w] === 2,
        effect: (d, { w }) => {
          d.owner[0] = d.owner[1] = -1;
          d.held[w] = 0;
        },
      }),
    ],
  };
};

const neverStuck = propertyOf<State>().invariant({
  id: "never-stuck",
  statement: "The workers do not hold one lock each",
  holds: ({ held }) => !held.every((count) => count === 1),
});

const about = { scope: { worker: 2, lock: 2 }, properties: [neverStuck] };
const crossed = scenarioOf({
  ...about,
  name: "locks/crossed",
  about: "Each worker takes its own lock first",
  model: locks("crossed", (w) => w),
  expected: [{ property: "never-stuck", verdict: "violated", because: "each waits for the other" }],
});
const ordered = scenarioOf({
  ...about,
  name: "locks/ordered",
  about: "Both workers take lock 0 first",
  model: locks("ordered", () => 0),
  expected: [{ property: "never-stuck", verdict: "holds" }],
});

// A verdict, and the shortest run to what breaks the property.
const outcome = await answer(crossed);
console.log(answerText(outcome));

// Deadlocks, each with a run to it.
for (const { trace } of deadlocksOf(outcome.problem, outcome.exploration))
  console.log(
    `A deadlock after ${trace.steps.length} steps:\n\n${printedRun(outcome.problem, trace)}`,
  );

// The graph of all states, for Graphviz; the counterexample is red.
console.log(graphText(outcome, "dot").text);

// What somebody says of it, with the questions that decide whether it is so.
const book = claimBook([crossed, ordered], {
  columns: [{ name: "as-written", about: "The workers as they are", set: [] }],
  messages: [{ id: "m1", author: "Ann Other", about: "one order of locks is enough" }],
  claims: [
    {
      id: "C1",
      statement: "Where all take their locks in one order nobody gets stuck",
      messages: ["m1"],
      source: "an example",
      word: "confirmed",
      checks: [{ property: "never-stuck", scenario: "locks/ordered", columns: ["as-written"] }],
    },
  ],
});
const { answers } = await checkClaims([crossed, ordered], book, book.claims, exploreFast);
console.log(claimsText(book, answers));

// The gate for CI: every scenario against its expected verdicts.
const gated = await gate([crossed, ordered]);
console.log(gateText(gated) + (gated.passed ? "The gate is open." : "The gate is shut."));
