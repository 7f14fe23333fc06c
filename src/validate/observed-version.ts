import { createHash } from "node:crypto";
import { freeze } from "immer";
import { codecOf } from "../derive/codec.ts";
import { leavesOf } from "../derive/component.ts";
import { pathText } from "../errors.ts";
import { stepText } from "../model/model.ts";
import { seenOf, type Observing } from "../observed/observing.ts";
import { isEnabled, moverOf } from "../problem/plain-step.ts";
import type { Problem } from "../problem/exploration.ts";

/** So many steps are taken. */
const WALKED = 200;

/**
 * A text that changes with what a model does and with what is seen of it, in a walk from its start that takes in each state the
 * step that was taken least so far: which steps are enabled, what they write, what they print. Fields that nobody writes there
 * do not change it, nor does the order of actions. It tells in milliseconds whether a graph that was kept is of this model;
 * that it is equal to a fresh one is a test's to say.
 */
export const observedVersion = <S>(problem: Problem<S>, observing: Observing<S>): string => {
  const { model, scope, start } = problem;
  const { encode } = codecOf(model.state, scope);
  const leaves = leavesOf(model.state.node, scope);
  const move = moverOf(problem);
  const steps = problem.steps
    .map((step) => ({ step, name: stepText(step), taken: 0 }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash("sha256");
  const say = (...said: readonly unknown[]): void => void hash.update(`${JSON.stringify(said)}\n`);
  const changes = (before: S, after: S): readonly unknown[] => {
    const [was, is] = [encode(before), encode(after)];
    return leaves
      .flatMap(({ path, decode }, i) =>
        was[i] === is[i] ? [] : [`${pathText(path)}: ${String(decode(was[i]))} ${String(decode(is[i]))}`],
      )
      .toSorted();
  };

  let state = freeze(start[0], true);
  for (let walked = 0; walked < WALKED; walked++) {
    const enabled = steps.filter(({ step }) => isEnabled(problem, step, state));
    say(enabled.map(({ name }) => name));
    for (const [name, mark] of Object.entries(observing.marks)) say(name, mark(state));
    for (const [name, fact] of Object.entries(observing.facts)) say(name, fact(state));
    const [least] = enabled.toSorted((a, b) => a.taken - b.taken);
    if (least === undefined) {
      state = freeze(start[walked % start.length], true);
      continue;
    }
    const { step, name } = least;
    least.taken++;
    const after = move(step, state)!;
    const events = step.action.note?.events?.({ args: step.args, before: state, after }) ?? [];
    say(
      name,
      observing.context(step),
      observing.rare(step) ?? "",
      seenOf(observing, events, { step, before: state }),
    );
    say(changes(state, after), changes(state, observing.unlocked(state)));
    state = after;
  }
  return hash.digest("hex");
};
