import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main([...argv], io, shipped);
  return { code, ...written };
};

interface Found {
  readonly states: number;
  readonly modelVersion: string;
  readonly varied: { readonly from: string; readonly changes: readonly string[] };
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly expected: string | null;
    readonly trace: { readonly length: number; readonly replay: string } | null;
  }[];
}
const found = async (...argv: readonly string[]): Promise<Found> =>
  JSON.parse((await run(...argv, "--json")).stdout) as Found;

test("what is asked of a mutation is asked of its model, and its own expectations still count", async () => {
  const alone = await found("explore", "--mutate", "M1");
  const flags = ["--property", "no-pending-timer-in-guest", "--never", "timer[0].pending > 1"];
  const asked = await found("explore", "--mutate", "M1", ...flags);
  expect([asked.states, asked.modelVersion]).toEqual([alone.states, alone.modelVersion]);
  expect(asked.varied).toMatchObject({ from: "M1", changes: alone.varied.changes });
  const [known, never] = asked.properties;
  const { trace, verdict, expected } = alone.properties.find(({ id }) => id === known.id)!;
  expect([verdict, expected]).toEqual(["violated", "violated"]);
  expect(known).toMatchObject({ verdict, expected, trace: { length: trace!.length } });
  expect(never.expected).toBe(null);
});

test("a mutation is changed further, its run replayed with the same flags, and with no others", async () => {
  const flags = ["--mutate", "M1", "--drop", "guest_io", "--reach", "timer[0].pending > 0"];
  const { varied, properties } = await found("explore", ...flags);
  expect(varied.changes).toEqual(["fix=pre: M1 no UNBLOCK", "drop guest_io"]);
  const { replay, length } = properties[0].trace!;
  const again = await run("replay", replay, ...flags);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain(`${length} steps`);
  expect(again.stdout).toContain("model changed in the mutation M1 and the flags");
  expect((await run("replay", replay, ...flags.slice(2))).code).toBe(2);
});

test("such a question cannot be a file, and nobody is told to make it one", async () => {
  const flags = ["explore", "--mutate", "M1", "--never", "timer[0].pending > 0"];
  const refused = await run(...flags, "--save", "never-written.yaml");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    "a scenario file extends a world that ships, and M1 is the mutation M1: leave --save out",
  );
  expect(existsSync("never-written.yaml")).toBe(false);
  const violated = await run(...flags);
  expect(violated.code).toBe(1);
  expect(violated.stdout).toContain("model changed in the mutation M1\n");
  expect(violated.stdout).not.toContain("--save");
});
