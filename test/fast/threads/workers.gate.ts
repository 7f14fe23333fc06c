import { describe, expect, test } from "vitest";
import { explored, same, type Found, useProgram } from "./compared.ts";

useProgram();

const oracles = ["oracle/die-hard", "oracle/peterson", "oracle/increment", "oracle/increment-locked"].map(
  (scenario) => ({ scenario }),
);

test("A1: what threads remember by identity of a state answers for no other", async () => {
  const counting = (how: string): Promise<Found> =>
    same({ name: "counting", given: { how, most: 12 }, counts: [1, 2, 3] });
  expect(await counting("remembers states")).toEqual(await counting("well"));
});

describe("every number of workers finds the same states in the same order, and says the same of them", () => {
  test.for([
    ...oracles,
    { scenario: "oracle/philosophers-naive" },
    { scenario: "oracle/inner-fifo" },
    { scenario: "oracle/missionaries" },
  ])("%o", async (given) => {
    const { states, error } = await same({ given, counts: [1, 2, 3] });
    expect(error).toBeUndefined();
    expect(states).toBeGreaterThan(0);
  });

  test.for([{ states: 1 }, { states: 777 }, { depth: 9 }, { failFast: true }])(
    "within %o",
    async (bounds) => {
      const given = { most: 30 };
      const { stop } = await same({ name: "counting", given, bounds, counts: [1, 2, 5], slice: 4 });
      expect(stop).toBe({ states: "states", depth: "depth", failFast: "violation" }[Object.keys(bounds)[0]]);
    },
  );

  test.for([
    [{ count: 1, how: "loads", waits: true }, [0, 0]],
    [{ count: 1, how: "loads", waits: false }, [0, 0]],
    [{ count: 3, how: "loads", waits: true }, [2, 1]],
    [{ count: 2, how: "throws", waits: true }, [1, 0]],
    [{ count: 2, how: "throws", waits: false }, [1, 0]],
  ] as const)("where threads were started before: %j", async ([early, remaining]) => {
    const [alone] = await explored({ name: "counting", given: { most: 12 }, counts: [1] });
    const asked = { name: "counting", given: { most: 12 }, counts: [2, 3], slice: 2, early } as const;
    expect(await explored(asked)).toEqual({ found: [alone, alone], remaining });
  });

  test("where one of them is slow", async () => {
    const given = { most: 12, at: 5, how: "waits" };
    const found = await same({ name: "counting", given, counts: [1, 2], slice: 2 });
    expect(found).toMatchObject({ stop: "exhausted", states: 13 ** 3 });
  });

  test("and fails with the same words where the model does", async () => {
    const { error } = await same({ name: "counting", given: { how: "throws" }, counts: [1, 2, 4], slice: 2 });
    expect(error).toContain("CheckError: this counter is stuck\n  in a, reached by a, a,");
  });
});

describe("a worker that is not as it should be ends the search, and no verdict is given", () => {
  test.for([
    ["ends in a worker", "worker 1 ended before the search did"],
    ["throws in a worker", "it is not deterministic"],
    ["differs in a worker", "gives a worker another problem than the one that is searched"],
  ] as const)("where it %s", async ([how, message]) => {
    const [found] = await explored({ name: "counting", given: { how, at: 20 }, counts: [2], slice: 2 });
    expect(found.error).toContain(message);
  });
});
