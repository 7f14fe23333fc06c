import fc from "fast-check";
import { actionOf, int, problemOf, propertyOf, record, vector, type Problem, type ValueOf } from "#check";

/** Threads that each go through a short program: set a variable that all share, wait for a value of it, or neither. */
export const arbitraryPrograms: fc.Arbitrary<Problem<unknown>> = fc
  .array(
    fc.array(fc.record({ kind: fc.constantFrom("set", "wait", "go"), value: fc.nat(2) }), {
      minLength: 1,
      maxLength: 4,
    }),
    { minLength: 2, maxLength: 3 },
  )
  .map((programs): Problem<unknown> => {
    const State = record({ x: int(0, 2), at: vector("process", int(0, 4)) });
    const action = actionOf<ValueOf<typeof State>>();
    const actions = programs.flatMap((program, p) =>
      program.map(({ kind, value }, at) =>
        action(`p${p}_${at}`, {
          actor: `P${p}`,
          guard: (s) => s.at[p] === at && (kind !== "wait" || s.x === value),
          effect: (d) => {
            d.at[p] = at + 1;
            if (kind === "set") d.x = value;
          },
        }),
      ),
    );
    const { invariant, sometimes } = propertyOf<ValueOf<typeof State>>();
    const done = (s: ValueOf<typeof State>) => programs.every((program, p) => s.at[p] === program.length);
    const init = () => [{ x: 0, at: programs.map(() => 0) }];
    return problemOf({ name: "processes", state: State, init, actions }, { process: programs.length }, [
      invariant({ id: "never-done", statement: "-", holds: (s) => !done(s) }),
      sometimes({ id: "two", statement: "-", holds: ({ x, at }) => x === 2 && at[1] > 0 }),
    ]) as unknown as Problem<unknown>;
  });
