import { int, problemOf, record, type Action, type Problem, type Property, type ValueOf } from "#check";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { engines } from "../fixtures/engines.ts";

export const State = record({ n: int(0, 9) });
export type State = ValueOf<typeof State>;

/** A model that counts from 0 to 5 by one action, of which parts are others. */
export const counting = (
  changes: Partial<Action<State>>,
  properties: readonly Property<State>[] = [],
): Problem<State> =>
  problemOf(
    {
      name: "counting",
      state: State,
      init: () => [{ n: 0 }],
      actions: [
        {
          name: "count",
          actor: () => "CPU0",
          args: { by: [1] },
          guard: ({ n }) => n < 5,
          effect: (d) => {
            d.n += 1;
          },
          ...changes,
        },
      ],
    },
    {},
    properties,
  );

/** Every explorer, and what is laid over one, by name. */
export const explorers = [
  ...engines,
  ["paranoid", paranoid(engines[1][1])] as const,
  ["bounded by switches", withinSwitches(engines[1][1], 3)] as const,
];
