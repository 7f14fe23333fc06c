import fc from "fast-check";
import { int, problemOf, record, vector, type Problem, type Property } from "#check";
import type { Action } from "../../src/model/action.ts";

const stations = 4;
const values = 3;

/** Processes that mostly keep to themselves: each has a program counter and a value of its own, and they share two. */
const State = record({
  process: vector("process", record({ at: int(0, stations - 1), own: int(0, values - 1) })),
  shared: vector("shared", int(0, values - 1)),
});
interface State {
  readonly process: readonly { readonly at: number; readonly own: number }[];
  readonly shared: readonly number[];
}

/** A look at a value: its own, or a shared one. */
interface Look {
  readonly shared: number | undefined;
  readonly is: number;
}
interface Write {
  readonly shared: number | undefined;
  readonly to: number | "next";
}
interface Move {
  readonly process: number;
  readonly from: number;
  readonly to: number;
  readonly guard: Look | undefined;
  readonly write: Write | undefined;
}
interface Claim {
  readonly kind: "invariant" | "sometimes" | "step";
  readonly process: number;
  readonly antecedent: number;
  readonly look: Look;
}

const place = fc.option(fc.nat({ max: 1 }), { nil: undefined, freq: 1 });
/** Half of the moves go on by one station, so that processes get somewhere. */
const way = fc
  .record({ from: fc.nat({ max: stations - 1 }), to: fc.nat({ max: stations - 1 }), onward: fc.boolean() })
  .map(({ from, to, onward }) => ({ from, to: onward ? (from + 1) % stations : to }));
const move: fc.Arbitrary<Move> = fc
  .record({
    process: fc.nat({ max: 2 }),
    way,
    guard: fc.option(fc.record({ shared: place, is: fc.nat({ max: values - 1 }) }), {
      nil: undefined,
      freq: 1,
    }),
    write: fc.option(
      fc.record({
        shared: place,
        to: fc.oneof(fc.nat({ max: values - 1 }), fc.constant("next" as const)),
      }),
      { nil: undefined },
    ),
  })
  .map(({ way, ...rest }) => ({ ...way, ...rest }));
const claim: fc.Arbitrary<Claim> = fc.record({
  kind: fc.constantFrom("invariant", "sometimes", "step"),
  process: fc.nat({ max: 2 }),
  antecedent: fc.nat({ max: stations - 1 }),
  look: fc.record({ shared: place, is: fc.nat({ max: values - 1 }) }),
});

const said = { statement: "-", args: {} } as const;

const isSo = (state: State, process: number, { shared, is }: Look): boolean =>
  (shared === undefined ? state.process[process].own : state.shared[shared]) === is;

const action = ({ process, from, to, guard, write }: Move, name: string): Action<State> => ({
  name,
  actor: () => `process ${process}`,
  args: {},
  guard: (s) => s.process[process].at === from && (guard === undefined || isSo(s, process, guard)),
  effect: (d) => {
    d.process[process].at = to;
    if (write === undefined) return;
    const value = (old: number): number => (write.to === "next" ? (old + 1) % values : write.to);
    if (write.shared === undefined)
      d.process[process].own = value(write.to === "next" ? d.process[process].own : 0);
    else d.shared[write.shared] = value(write.to === "next" ? d.shared[write.shared] : 0);
  },
});

const property = ({ kind, process, antecedent, look }: Claim, id: string): Property<State> => {
  const at = (s: State): boolean => s.process[process].at === antecedent;
  switch (kind) {
    case "invariant":
      return { ...said, id, kind, antecedent: at, holds: (s) => !isSo(s, process, look) };
    case "sometimes":
      return { ...said, id, kind, holds: (s) => at(s) && isSo(s, process, look) };
    case "step":
      return {
        ...said,
        id,
        kind,
        antecedent: (before, after) => at(before) && !at(after),
        holds: (before, after) => isSo(before, process, look) === isSo(after, process, look),
      };
  }
};

/** Any small system of processes, with a few properties: one in which partial-order reduction finds something to leave out. */
export const arbitraryProcesses: fc.Arbitrary<Problem<State>> = fc
  .record({
    moves: fc.array(move, { minLength: 6, maxLength: 16 }),
    claims: fc.array(claim, { maxLength: 3 }),
  })
  .map(({ moves, claims }) =>
    problemOf<State>(
      {
        name: "processes",
        state: State,
        init: () => [],
        actions: moves.map((move, i) => action(move, `M${i}`)),
      },
      { process: 3, shared: 2 },
      claims.map((claim, i) => property(claim, `p${i}`)),
      [{ process: [0, 1, 2].map(() => ({ at: 0, own: 0 })), shared: [0, 0] }],
    ),
  );
