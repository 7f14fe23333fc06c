import { problemOf } from "./dist/src/api/inside.js";
import { disturb, pause } from "./dist/test/fast/threads/disturb.js";
import ewd840Scenarios, { ewd840 } from "./dist/models/textbook/ewd840.js";
import readersWritersScenario, { readersWriters } from "./dist/models/textbook/readers-writers.js";
import twoPhaseCommitScenarios, { twoPhaseCommit } from "./dist/models/textbook/two-phase-commit.js";

const inScope = (scenario, model, scope) => ({
  ...scenario,
  scope,
  build: () => ({ model, start: model.init(scope) }),
});

/** Oracles, in the scopes in which they are repeated. */
export const oracles = {
  "two-phase commit, 5 managers": inScope(twoPhaseCommitScenarios[0], twoPhaseCommit, { rm: 5 }),
  "EWD 840, 3 nodes": inScope(ewd840Scenarios[0], ewd840, { node: 3 }),
  "readers and writers, 3 actors": inScope(readersWritersScenario, readersWriters, { actor: 3, slot: 6 }),
};

/** The problem of an oracle; its guards and properties take a random time now and then, and so does all exchange. */
export const noisy = ({ oracle, chance }) => {
  disturb(chance);
  const { build, scope, properties } = oracles[oracle];
  const { model, start } = build();
  const late =
    (ask) =>
    (...looked) => {
      pause(10 * chance, 3);
      return ask(...looked);
    };
  const problem = problemOf(
    model,
    scope,
    properties.map((property) => ({ ...property, holds: late(property.holds) })),
    start,
  );
  const steps = problem.steps.map((step) => ({
    ...step,
    action: { ...step.action, guard: late(step.action.guard) },
  }));
  return { ...problem, steps };
};
