import { describe, expect, test } from "vitest";
import { exploreFast, int, oneOf, record, vector, type Draft, type Property, type ValueOf } from "#check";
import { agree } from "../fixtures/agree.ts";
import { said, toy } from "../fixtures/toy.ts";

const State = record({
  vcpu: vector("vcpu", record({ mode: oneOf("OUT", "GUEST"), pid: record({ on: int(0, 1) }) })),
  ticks: int(0, 9),
});
type State = ValueOf<typeof State>;

const vcpu = { mode: "OUT" as const, pid: { on: 0 } };
const start: State = { vcpu: [vcpu, vcpu], ticks: 0 };

/** A model that goes wrong two steps from its start, and the message of both engines. */
const failing = async (
  effect: (draft: Draft<State>) => void,
  { guard = (): boolean => true, properties = [] as readonly Property<State>[] } = {},
): Promise<string> => {
  const answer = await agree(
    toy(
      State,
      { vcpu: 2 },
      [start],
      {
        tick: {
          guard: (s) => s.ticks < 2,
          effect: (d: Draft<State>) => {
            d.ticks++;
          },
        },
        fail: {
          args: { v: "vcpu" },
          guard: (s, { v }) => s.vcpu[Number(v)].mode === "OUT" && s.ticks === 2 && guard(),
          effect,
        },
      },
      properties,
    ),
  );
  return "error" in answer ? answer.error : `it found ${answer.found.states} states`;
};
const reached = "in fail(v=0), reached by tick, tick";

describe("both engines refuse with the same words", () => {
  test("a value outside its domain", async () => {
    const wrong = await failing((d) => {
      d.ticks = 10;
    });
    expect(wrong).toBe(`domain: ticks = 10 is outside int(0, 9)\n  ${reached}`);
  });

  test("a word that is no word of its domain", async () => {
    const wrong = await failing((d) => {
      d.vcpu[1].mode = "IN" as "GUEST";
    });
    expect(wrong).toBe(`domain: vcpu[1].mode = "IN" is outside oneOf(OUT, GUEST)\n  ${reached}`);
  });

  test("a record that is replaced", async () => {
    const wrong = await failing((d) => {
      (d.vcpu[1] as { pid: unknown }).pid = { on: 1 };
    });
    expect(wrong).toMatch(/^mutation: vcpu\[1\]\.pid is a record or a vector/);
    expect(wrong).toContain(reached);
  });

  test("a vector that is replaced", async () => {
    const wrong = await failing((d) => {
      (d as { vcpu: unknown }).vcpu = [vcpu, vcpu];
    });
    expect(wrong).toMatch(/^mutation: vcpu is a record or a vector/);
  });

  test("a vector that grows", async () => {
    const wrong = await failing((d) => {
      (d.vcpu as unknown as unknown[]).push(vcpu);
    });
    expect(wrong).toContain(reached);
  });

  test("a field that the schema does not declare", async () => {
    const wrong = await failing((d) => {
      (d.vcpu[0].pid as Record<string, unknown>)["nv"] = 1;
    });
    expect(wrong).toContain("vcpu[0].pid.nv");
    expect(wrong).toContain(reached);
  });

  test("a field that is deleted", async () => {
    const wrong = await failing((d) => {
      delete (d.vcpu[0].pid as { on?: number }).on;
    });
    expect(wrong).toContain("vcpu[0].pid.on");
  });

  test("a recipe that throws", async () => {
    const wrong = await failing(() => {
      throw new Error("no such path");
    });
    expect(wrong).toBe(`recipe: no such path\n  ${reached}`);
  });

  test("a guard that throws", async () => {
    const guard = (): boolean => {
      throw new Error("no such question");
    };
    expect(await failing(() => undefined, { guard })).toBe(`recipe: no such question\n  ${reached}`);
  });

  test("a guard that writes", async () => {
    const writes = (s: State): boolean => {
      (s as { ticks: number }).ticks = 1;
      return true;
    };
    const answer = await agree(
      toy(State, { vcpu: 2 }, [start], { sneak: { guard: writes, effect: () => undefined } }),
    );
    expect(answer).toHaveProperty("error", expect.stringContaining("in sneak, reached by no step"));
  });

  test.for(["invariant", "sometimes", "step"] as const)("a property that throws: %s", async (kind) => {
    const holds = (state: State): boolean => {
      if (state.ticks === 2) throw new Error("cannot say");
      return true;
    };
    const wrong = await failing(() => undefined, { properties: [{ ...said, id: "p", kind, holds }] });
    expect(wrong).toContain("recipe: cannot say\n  in property p\n  in ");
  });

  test("a property that throws in the start state", async () => {
    const holds = (): boolean => {
      throw new Error("cannot say");
    };
    const property = { ...said, id: "p", kind: "invariant", holds } as const;
    expect(await failing(() => undefined, { properties: [property] })).toBe(
      "recipe: cannot say\n  in property p",
    );
  });

  test("but a step beyond the bound is not looked at", async () => {
    const throws = (): never => {
      throw new Error("never run");
    };
    const problem = toy(State, { vcpu: 2 }, [start], { late: { guard: throws, effect: throws } });
    expect(await agree(problem, { depth: 0 })).toHaveProperty("found.stop", "depth");
  });
});

test("a guard that answers differently in equal states is found out where it reads differently", async () => {
  let asked = 0;
  const moody = (s: State): boolean =>
    asked++ % 2 === 0 ? s.ticks < 9 : s.vcpu[1].mode === "OUT" && s.ticks < 9;
  const problem = toy(State, { vcpu: 2 }, [start], {
    tick: {
      guard: moody,
      effect: (d: Draft<State>) => {
        d.ticks++;
      },
    },
  });
  await expect(exploreFast(problem)).rejects.toThrow(/not deterministic\n {2}in a step reached by tick/);
});
