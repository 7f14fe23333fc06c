import { describe, expect, test } from "vitest";
import { explored, same, useProgram } from "./compared.ts";

useProgram();

describe("every number of workers finds the same states in the same order, in worlds too", () => {
  test.for([
    ...["oracle/die-hard", "oracle/peterson", "oracle/increment", "oracle/increment-locked"].map(
      (scenario) => ({ scenario }),
    ),
    { scenario: "oracle/philosophers-naive" },
    { scenario: "oracle/inner-fifo" },
    { scenario: "oracle/missionaries" },
  ])("%o", async (given) => {
    const { states, error } = await same({ given, counts: [1, 2, 3, 4, 8] });
    expect(error).toBeUndefined();
    expect(states).toBeGreaterThan(0);
  });

  test.for([
    { scenario: "bench/tdx-timer-n2g1" },
    { scenario: "bench/tdx-timer-n2g1", symmetry: true },
    { scenario: "bench/tdx-timer-n2g1", por: true },
    { scenario: "oracle/philosophers-naive", por: true },
    { scenario: "kvm/apicv" },
    { scenario: "kvm/apicv", design: "v1-inhibit" },
    { scenario: "kvm/apicv", por: true },
    { scenario: "kvm/block" },
    { scenario: "kvm/halt-migrates" },
  ])("%o", async (given) => {
    const { states, error } = await same({ given, counts: [1, 2, 5], slice: 128 });
    expect(error).toBeUndefined();
    expect(states).toBeGreaterThan(0);
  });

  test("also where a state takes two words", async () => {
    const asked = {
      given: { scenario: "kvm/ipi" },
      bounds: { states: 20_000 },
      counts: [1, 2, 3],
      slice: 64,
    };
    expect(await same(asked)).toMatchObject({ stop: "states", states: 20_000 });
  });

  test("with far more workers than there is work for", async () => {
    const given = { most: 3 };
    await same({ name: "counting", given, counts: [1, 16], slice: 1 });
    expect(await same({ name: "counting", given: { most: 0 }, counts: [1, 64], slice: 1 })).toMatchObject({
      states: 1,
    });
  });

  test("whatever the threads are delayed by", async () => {
    const given = { scenario: "kvm/rtc", noise: true };
    expect(await same({ given, counts: [1, 2, 3, 4], rounds: 2 })).toMatchObject({ stop: "exhausted" });
  });
});

test("a worker that fills its heap ends the search, and no verdict is given", async () => {
  const given = { how: "fills the heap of a worker", at: 20 };
  const [found] = await explored({ name: "counting", given, counts: [2], slice: 2 });
  expect(found.error).toContain("reaching memory limit");
});
