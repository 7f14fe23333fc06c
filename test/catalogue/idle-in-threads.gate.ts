import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled("catalogue/idle-in-threads.mjs");
});
afterAll(() => program.remove());

interface Noticed {
  readonly name: string;
  readonly count: number | "others";
  readonly states: number;
  readonly idleChanges: readonly string[];
  /** How many changes others than the thread that calls saw make a difference. */
  readonly noted?: number;
}

const fileOf = (changes: readonly string[], place: number) => {
  const name = `q${place}`;
  const asks = "properties: { no-pending-timer-in-guest: any }";
  const lines = ["format: 1", `name: ${name}`, "about: q", "extends: kvm/timer", ...changes, asks, ""];
  return { name: `${name}.yaml`, text: lines.join("\n") };
};

test("any number of threads see the same changes make no difference", async () => {
  const files = [
    [
      "change:",
      '  - { in: clear_pending, without: "timer[v].pending" }',
      '  - { in: inject_pending_timer, when: "vcpu[v].req.UNBLOCK" }',
      '  - { in: exit_to_userspace, set: { "timer[v].pending": "0" } }',
      '  - { in: irqs_on, when: "!vcpu[v].req.UNBLOCK" }',
      '  - { in: KVM_RUN, when: "timer[v].pending < 2" }',
    ],
    [
      "change:",
      '  - { in: clear_unblock, without: "vcpu[v].req.UNBLOCK" }',
      '  - { in: clear_pending, set: { "timer[v].pending": "0" } }',
      "  - drop: fn_request_unblock",
    ],
    [
      "actions: [ userspace_lower_line ]",
      "change:",
      '  - { in: expired_request_unblock, set: { "vcpu[v].req.UNBLOCK": "true" } }',
      "  - { in: deadline_passes, when: 'timer[v].pending == 0' }",
      '  - { in: irqs_on, when: "!vcpu[v].req.UNBLOCK" }',
    ],
  ].map(fileOf);
  const ended = await program.run("idle-in-threads.mjs", [JSON.stringify({ files, counts: [1, 2, 3] })]);
  expect(ended.stderr).toBe("");
  const found = JSON.parse(ended.stdout) as readonly Noticed[];
  for (const { name } of files) {
    const [alone, two, three, others] = found.filter((one) => one.name === name);
    expect(alone.idleChanges.length).toBeGreaterThan(0);
    expect(two).toEqual({ ...alone, count: 2 });
    expect(three).toEqual({ ...alone, count: 3 });
    expect(others.noted).toBeGreaterThan(0);
  }
});
