import { isMainThread, threadId } from "node:worker_threads";
import { problemOf } from "./dist/src/api/inside.js";
import { reduced } from "./dist/src/methods/por/reduced.js";
import { withSymmetry } from "./dist/src/methods/symmetry/choose-families.js";

/** The scenarios among which one of a name is: those of the textbooks are loaded without the worlds, which take long. */
const shelfOf = async (name) =>
  name.startsWith("oracle/")
    ? (await import("./dist/models/textbook/index.js")).oracles
    : (await import("./dist/scenarios/index.js")).scenarios;

/** The problem of a shipped scenario; `noise` makes its guards take a random time now and then. */
export const shipped = async ({
  scenario: name,
  design,
  guest,
  set = {},
  symmetry = false,
  por = false,
  noise = false,
}) => {
  const scenario = (await shelfOf(name)).find((candidate) => candidate.name === name);
  const options = Object.fromEntries(scenario.options.map(({ name, values }) => [name, values[0]]));
  const { model, start } = scenario.build({
    ...Object.fromEntries(Object.entries(scenario.axes ?? {}).map(([axis, [first]]) => [axis, first])),
    ...(design && { design }),
    ...(guest && { guest }),
    options: { ...options, ...set },
  });
  const all = problemOf(model, scenario.scope, scenario.properties, start);
  const problem = symmetry ? withSymmetry(all) : por ? reduced(all) : all;
  return noise ? noisy(problem) : problem;
};

const cell = new Int32Array(new SharedArrayBuffer(4));
const noisy = (problem) => ({
  ...problem,
  steps: problem.steps.map((step) => ({
    ...step,
    action: {
      ...step.action,
      guard: (state, args) => {
        if (Math.random() < 0.02) Atomics.wait(cell, 0, 0, 3 * Math.random());
        return step.action.guard(state, args);
      },
    },
  })),
});

const leaf = (min, max) => ({ kind: "int", min, max });
const counters = ["a", "b", "c"];

/** Counters that each thread can count up, in ways that differ from thread to thread. */
export const counting = ({ most = 40, at = 30, how = "well" }) => {
  const here = {
    well: () => undefined,
    throws: () => {
      throw new Error("this counter is stuck");
    },
    "throws in a worker": () => {
      if (!isMainThread) throw new Error("a worker is stuck");
    },
    "ends in a worker": () => {
      if (!isMainThread) process.exit(9);
    },
    "fills the heap of a worker": () => {
      const all = [];
      while (!isMainThread) all.push(Array.from({ length: 1e6 }, () => ({})));
    },
    waits: () => {
      if (threadId === 1) Atomics.wait(cell, 0, 0, 300);
    },
    "differs in a worker": () => undefined,
    "remembers states": () => undefined,
  }[how];
  /** A copy of a state, which one way remembers by the identity of what it was shown. */
  const copies = new WeakMap();
  const read = (state) => {
    if (how !== "remembers states") return state;
    const copy = copies.get(state) ?? { ...state };
    copies.set(state, copy);
    return copy;
  };
  const actions = counters.map((name) => ({
    name,
    actor: () => "counter",
    args: {},
    kernel: "-",
    source: "-",
    atomic: "-",
    guard: (state) => read(state)[name] < most,
    effect: (draft) => {
      if (draft[name] === at) here();
      draft[name] += 1;
    },
  }));
  const start = Object.fromEntries(counters.map((name) => [name, 0]));
  const fields = Object.fromEntries(counters.map((name) => [name, leaf(0, most)]));
  const model = {
    name: "counting",
    state: { node: { kind: "record", fields } },
    init: () => [start],
    actions,
  };
  if (how === "differs in a worker" && !isMainThread) model.actions.pop();
  const below = (id, limit) => ({
    kind: "invariant",
    id,
    statement: "-",
    source: "-",
    kernel: "-",
    args: {},
    holds: (state) => {
      const { a, b, c } = read(state);
      return a + b + c < limit;
    },
  });
  return problemOf(
    model,
    {},
    [below("below-25", 25), below("below-60", 60), below("below-1000", 1000)],
    [start],
  );
};
