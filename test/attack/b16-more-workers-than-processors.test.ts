import { expect, test } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { main } from "../../src/command/program.ts";
import { fakeIo } from "../fixtures/io.ts";

const explored = async (line: string, processors: number) => {
  const { io, written } = fakeIo({ processors });
  const code = await main(["explore", "--scenario", "oracle/peterson", ...line.split(" ")], io, () =>
    shipped(),
  );
  return { code, ...written };
};

test("B16: no more threads are started than can run at once, and that is said", async () => {
  const { code, stdout } = await explored("--workers 64", 1);
  expect(code).toBe(0);
  expect(stdout).toContain("Searched with 1 thread instead of 64: more cannot run at once on this machine.");
  const json: unknown = JSON.parse((await explored("--workers 64 --json", 1)).stdout);
  expect(json).toMatchObject({ workers: 1, states: expect.any(Number) as number });
});

test("B16: so many as can run are as they were asked for", async () => {
  const { code, stdout } = await explored("--workers 1", 1);
  expect(code).toBe(0);
  expect(stdout).not.toContain("Searched with");
});
