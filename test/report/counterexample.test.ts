import { expect, test } from "vitest";
import { counter, below } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { printedRunIn } from "../fixtures/printed-run.ts";

const report = async (line: string): Promise<string> => (await run(line)).stdout;

test("the counterexample is what one pastes into a mail", async () => {
  const text = await report("explore --design sync-first --reference");
  expect(printedRunIn(text, "posted-interrupt-never-missed violated")).toBe(`\
    posted-interrupt-never-missed violated after 4 steps, 2 switches
    kvm/posting, design sync-first, guest vmx, from created

      From created, CPU0 takes 1, PREPARE. Between 1 and 4 of CPU0, sender
      takes 2-3, POST v=0 to NOTIFY (sender.sent 0>1, vcpu[0].pir 0>1).
      Then CPU0 takes 4, ENTER (vcpu[0].mode OUT>IN); 4 breaks it.

       CPU0     sender    vcpu[0]
     1 PREPARE
     2          POST v=0  .pir 0>1, sender.sent 0>1
  *  3          NOTIFY
  *  4 ENTER              .mode OUT>IN

    ** broken: posted-interrupt-never-missed (v=0): A vCPU that runs its
       guest has no posted interrupt that nobody will notify. **
    known: the mode is set after the PIR was read
    * Had 4 come before 3, the same steps would break nothing.
    After step 3 POST v=1 of sender still puts it off or avoids it.

    apicv-check replay \\
      kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0
`);
});

test("in full it has the kernel function below each step", async () => {
  const text = await report("explore --design sync-first --trace full");
  expect(text.slice(text.indexOf("    CPU0 "), text.indexOf("\n    **"))).toBe(`\
    CPU0                       sender
    ----                       ------
    PREPARE(v=0)
      vmx_sync_pir_to_irr()
                               POST(v=0)
                                 vmx_deliver_posted_interrupt()
                                 sender.sent: 0 -> 1
                                 vcpu[0].pir: 0 -> 1
                               NOTIFY
                                 kvm_vcpu_trigger_posted_interrupt()
    ENTER(v=0)
      vcpu_enter_guest()
      vcpu[0].mode: OUT -> IN
`);
});

test("the counterexample's own command replays it", async () => {
  const text = await report("explore --design sync-first");
  const command = /apicv-check (replay .*)\n\n/.exec(text.replace(/ \\\n */, " "))?.[1] ?? "";
  const replayed = await run(command);
  expect(replayed).toMatchObject({ code: 0, stderr: "" });
  expect(replayed.stdout).toContain("posted-interrupt-never-missed: violated after 4 steps");
});

test("a witness is printed when it is asked for, without the model's own bookkeeping", async () => {
  expect(await report("explore")).not.toContain("** reached");
  expect(await report("explore")).toContain("ask for it: --property both-interrupts-taken");
  const text = await report("explore --property both-interrupts-taken");
  expect(text).toContain("    ** reached: both-interrupts-taken: Both interrupts are taken. **");
  expect(text).not.toMatch(/ghost|\.pc/);
});

test("violations that nobody expected are printed in full, before known ones", async () => {
  const properties = [below(2), below(3), below(4)];
  const expected = [{ property: "below-2", verdict: "violated" as const, because: "it counts on" }];
  const { stdout, code } = await run(
    "explore",
    {},
    {
      ...catalogue,
      scenarios: [counter({ properties, expected })],
    },
  );
  expect(code).toBe(1);
  expect(stdout).toContain("below-2  violated (known: it counts on) after 2 steps");
  expect(stdout).toContain("    below-3 violated after 3 steps");
  expect(stdout).toContain("    below-4 violated after 4 steps");
  expect(stdout).not.toContain("    below-2 violated after 2 steps");
  expect(stdout).toMatch(
    /The other violations, step by step:\n {2}below-2, after 2 steps\n {4}apicv-check replay oracle\/counter:\S+:below-2:2CO\n\n/,
  );
});

test("a violation in the start state says so", async () => {
  const { stdout } = await run(
    "explore",
    {},
    { ...catalogue, scenarios: [counter({ properties: [below(0)] })] },
  );
  expect(stdout).toContain("    (in the start state)\n");
  expect(stdout).toMatch(/apicv-check replay oracle\/counter:\S+:below-0:-\n\n/);
});
