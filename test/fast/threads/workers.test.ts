import { expect, test } from "vitest";
import { explored, same, useProgram } from "./compared.ts";

// workers.gate.ts asks the same of more models, bounds and numbers of threads.
useProgram();

test("two threads find what one finds, in the same order, and say the same of it", async () => {
  const { states, error } = await same({ given: { scenario: "oracle/peterson" }, counts: [1, 2] });
  expect(error).toBeUndefined();
  expect(states).toBeGreaterThan(0);
});

test("a thread that ends before the search does ends it, and no verdict is given", async () => {
  const given = { how: "ends in a worker", at: 20 };
  const [found] = await explored({ name: "counting", given, counts: [2], slice: 2 });
  expect(found.error).toContain("worker 1 ended before the search did");
});
