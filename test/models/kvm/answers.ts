import { produce } from "immer";
import type { State } from "../../../models/kvm/state.ts";
import { searched, type Asked } from "./timer-ask.ts";

/** Where, in the reachable states, an ioctl is called. */
export type When = (s: State) => boolean;

/** Everything that an ioctl, or the last step of one, answers in the reachable states in which `when` is true. */
export const answersOf = (asked: Asked) => {
  const search = searched(asked).then(({ found, problem }) => ({
    steps: problem.steps,
    states: Array.from({ length: found.states }, (_, id) => found.state(id)),
  }));
  return async (action: string, when: When): Promise<string> => {
    const { states, steps } = await search;
    const calls = steps.filter((step) => step.action.name === action);
    const answers = new Set<string>();
    for (const state of states) {
      if (!when(state)) continue;
      for (const { action, args } of calls) {
        if (!action.guard(state, args)) continue;
        const { ioctl } = produce(state, (draft) => {
          action.effect(draft, args);
        });
        answers.add(ioctl.answer);
      }
    }
    return [...answers].toSorted().join(" ");
  };
};
