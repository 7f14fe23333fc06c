import { describe, expect, test } from "vitest";
import { same, useProgram } from "./compared.ts";

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

  test("whatever the threads are delayed by", async () => {
    const given = { scenario: "kvm/rtc", noise: true };
    expect(await same({ given, counts: [1, 2, 3, 4], rounds: 2 })).toMatchObject({ stop: "exhausted" });
  });
});
