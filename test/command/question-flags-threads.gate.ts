import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { untimed } from "../fixtures/untimed.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test("threads are handed the question that flags ask", async () => {
  const words = [
    "explore",
    "kvm/timer",
    "--json",
    "--quiet",
    "--allow-unrecorded",
    "--change",
    "apic_timer_fn without vcpu[v].req.UNBLOCK",
    "--never",
    "vcpu[0].mode == IN_GUEST && timer[0].pending > 0",
  ];
  const said = async (workers: string): Promise<unknown> => {
    const { code, stdout, stderr } = await program.run(MAIN, [...words, "--workers", workers]);
    expect([code, stderr]).toEqual([0, ""]);
    const { states, transitions, properties, modelVersion, varied } = JSON.parse(stdout) as Record<
      string,
      unknown
    >;
    expect(states).toBe(2788);
    return { states, transitions, properties, modelVersion, varied };
  };
  expect(await said("2")).toEqual(await said("1"));
});

test("compare asks of the changed world", async () => {
  const { code, stdout, stderr } = await program.run(MAIN, [
    "compare",
    "upstream",
    "v1-inhibit",
    "--scenario",
    "kvm/timer",
    "--change",
    "apic_timer_fn without vcpu[v].req.UNBLOCK",
    "--property",
    "no-pending-timer-in-guest",
    "--allow-unrecorded",
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("its model is CHANGED");
});

test("threads that share a model of check are handed the bug that is meant", async () => {
  const words = ["check", "--bug", "TDX-1", "--quiet"];
  const [one, two] = [await program.run(MAIN, words), await program.run(MAIN, [...words, "--workers", "2"])];
  expect([one.code, one.stderr]).toEqual([0, ""]);
  expect(one.stdout).toMatch(/ no effect: block_test_runnable_again set/);
  expect(untimed(two)).toEqual(untimed(one));
});
