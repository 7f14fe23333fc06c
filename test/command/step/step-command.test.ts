import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { counter } from "../../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../../fixtures/io.ts";
import { all } from "./worlds.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const HANDLE = "kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0";
const script = (line: string, typed: readonly string[] = []): Promise<Ran> => run(line, { typed }, all);
const typedAt = (line: string, typed: readonly string[]): Promise<Ran> =>
  run(line, { tty: true, typed }, all);

let dir = "";
beforeAll(() => {
  dir = temporaryFolder();
});

const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

describe("a session", () => {
  test("from a world's start to a violation", async () => {
    const lines = ["PREPARE(v=0)", "1", "NOTIFY", "ENTER", "properties", "trace"];
    const { code, stdout, stderr } = await script("step --design sync-first", lines);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "kvm/posting, sync-first, vmx, from created

      at the start
          threads: vcpu[0].pc=exited, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=0)
                  sender.sent: 0 -> 1, .pc: idle -> posted, vcpu[0].pir: 0 -> 1
             2  POST(v=1)
                  sender.to: 0 -> 1, .sent: 0 -> 1, and 2 more
          CPU0
             3  PREPARE(v=0)  vcpu[0].pc: exited -> prepared
          CPU1
             4  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > PREPARE(v=0)
      step 1
          CPU0  PREPARE(v=0)
                  vmx_sync_pir_to_irr()
                  vcpu[0].pc: exited -> prepared
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=0)
                  sender.sent: 0 -> 1, .pc: idle -> posted, vcpu[0].pir: 0 -> 1
             2  POST(v=1)
                  sender.to: 0 -> 1, .sent: 0 -> 1, and 2 more
          CPU0
             3  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
          CPU1
             4  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > 1
      step 2
          sender  POST(v=0)
                    vmx_deliver_posted_interrupt()
                    sender.pc: idle -> posted
                    .sent: 0 -> 1
                    vcpu[0].pir: 0 -> 1
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=posted

          sender
             1  NOTIFY        sender.pc: posted -> idle
          CPU0
             2  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > NOTIFY
      step 3
          sender  NOTIFY
                    kvm_vcpu_trigger_posted_interrupt()
                    sender.pc: posted -> idle
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=1)
                  sender.to: 0 -> 1, .sent: 1 -> 2, and 2 more
          CPU0
             2  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
                ** breaks posted-interrupt-never-missed (v=0) **
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > ENTER
      step 4
          CPU0  ENTER(v=0)
                  vcpu_enter_guest()
                  vcpu[0].mode: OUT -> IN
                  .pc: prepared -> guest
          threads: vcpu[0].pc=guest, vcpu[1].pc=exited, sender.pc=idle
          ** broken: posted-interrupt-never-missed (v=0): A vCPU that runs its
             guest has no posted interrupt that nobody will notify. **

          sender
             1  POST(v=1)
                  sender.to: 0 -> 1, .sent: 1 -> 2, and 2 more
          CPU0
             2  EXIT(v=0)     vcpu[0].mode: IN -> OUT, .pc: guest -> exited
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > properties
          posted-interrupt-never-missed: broken at step 4 (v=0)
          irr-cleared-only-by-taking: not broken so far; its antecedent has not
            occurred
          both-interrupts-taken: not reached so far
          reset-keeps-mode: not broken so far; its antecedent has not occurred
      > trace
             CPU0     sender    vcpu[0]
           1 PREPARE
           2          POST v=0  .pir 0>1, sender.sent 0>1
           3          NOTIFY
           4 ENTER              .mode OUT>IN

          ** broken: posted-interrupt-never-missed (v=0): A vCPU that runs its
             guest has no posted interrupt that nobody will notify. **

          apicv-check replay \\
            kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0
      walked 4 steps:
          apicv-check replay \\
            kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0
      "
    `);
  });

  test("along a trace stands at its end, and goes back from there", async () => {
    const { code, stdout } = await script(`step ${HANDLE}`, ["undo", "jump 1", "redo", "start", "quit"]);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "kvm/posting, sync-first, vmx, from created
      at the end of a run of 4 steps; start goes back to where it begins

      step 4
          CPU0  ENTER(v=0)
                  vcpu_enter_guest()
                  vcpu[0].mode: OUT -> IN
                  .pc: prepared -> guest
          threads: vcpu[0].pc=guest, vcpu[1].pc=exited, sender.pc=idle
          ** broken: posted-interrupt-never-missed (v=0): A vCPU that runs its
             guest has no posted interrupt that nobody will notify. **

          sender
             1  POST(v=1)
                  sender.to: 0 -> 1, .sent: 1 -> 2, and 2 more
          CPU0
             2  EXIT(v=0)     vcpu[0].mode: IN -> OUT, .pc: guest -> exited
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > undo
      step 3 of 4
          sender  NOTIFY
                    kvm_vcpu_trigger_posted_interrupt()
                    sender.pc: posted -> idle
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=1)
                  sender.to: 0 -> 1, .sent: 1 -> 2, and 2 more
          CPU0
             2  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
                ** breaks posted-interrupt-never-missed (v=0) **
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > jump 1
      step 1 of 4
          CPU0  PREPARE(v=0)
                  vmx_sync_pir_to_irr()
                  vcpu[0].pc: exited -> prepared
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=0)
                  sender.sent: 0 -> 1, .pc: idle -> posted, vcpu[0].pir: 0 -> 1
             2  POST(v=1)
                  sender.to: 0 -> 1, .sent: 0 -> 1, and 2 more
          CPU0
             3  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
          CPU1
             4  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > redo
      step 2 of 4
          sender  POST(v=0)
                    vmx_deliver_posted_interrupt()
                    sender.pc: idle -> posted
                    .sent: 0 -> 1
                    vcpu[0].pir: 0 -> 1
          threads: vcpu[0].pc=prepared, vcpu[1].pc=exited, sender.pc=posted

          sender
             1  NOTIFY        sender.pc: posted -> idle
          CPU0
             2  ENTER(v=0)    vcpu[0].mode: OUT -> IN, .pc: prepared -> guest
          CPU1
             3  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > start
      at the start, 4 to redo
          threads: vcpu[0].pc=exited, vcpu[1].pc=exited, sender.pc=idle

          sender
             1  POST(v=0)
                  sender.sent: 0 -> 1, .pc: idle -> posted, vcpu[0].pir: 0 -> 1
             2  POST(v=1)
                  sender.to: 0 -> 1, .sent: 0 -> 1, and 2 more
          CPU0
             3  PREPARE(v=0)  vcpu[0].pc: exited -> prepared
          CPU1
             4  PREPARE(v=1)  vcpu[1].pc: exited -> prepared
      > quit
      no step was walked
      with what was undone, 4 steps:
          apicv-check replay \\
            kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0
      "
    `);
  });

  test("may begin along a trace in several words, and along one in a result file", async () => {
    const whole = await script(`step ${HANDLE}`, ["trace"]);
    expect(await run(["step", HANDLE.slice(0, 31), HANDLE.slice(31)], { typed: ["trace"] }, all)).toEqual(
      whole,
    );
    const { stdout } = await run("explore --design sync-first --json");
    const result = file("result.json", stdout);
    expect(await script(`step ${result} --property posted-interrupt-never-missed`, ["trace"])).toEqual(whole);
    expect(await script(`step ${result}`)).toMatchObject({ code: 2, stdout: "" });
  });

  test("along a run that goes on for ever says so, and its command replays that run", async () => {
    const { stdout } = await run("explore --scenario oracle/peterson-live --json", {}, all);
    const handle = /"replay": "(oracle\/peterson-live:[^"]+\+[^"]+)"/.exec(stdout)![1];
    const on = await script(`step ${handle}`);
    expect(on.stdout).toMatch(/^step \d+, from where the run goes on for ever as after step \d+$/m);
    expect(on.stdout.replaceAll(/[\s\\]/g, "")).toContain(`replay${handle}`);
    const back = await script(`step ${handle}`, ["undo"]);
    expect(back.stdout.replaceAll(/[\s\\]/g, "")).toMatch(
      /walked6steps:apicv-checkreplayoracle\/peterson-live:\w+:-:[\w.,]+with/,
    );
  });

  test("that goes on after a violation ends with a command that asks nothing, which replay takes", async () => {
    const { stdout } = await script(`step ${HANDLE}`, ["PREPARE(v=1)", "trace"]);
    expect(stdout).toContain("** broken: posted-interrupt-never-missed");
    const [, command] = /^walked 5 steps:\n +apicv-check (.*)\n$/m.exec(stdout.replaceAll(/\\\n */g, ""))!;
    expect(command).toBe("replay kvm/posting:sync-first:vmx:ed6b56:-:PR0.PO0.NO.EN0.PR1");
    expect((await run(command)).code).toBe(0);
  });

  test("ends at the end of its lines, or with quit, which reads no further", async () => {
    expect((await script("step", [])).stdout).toMatch(/\nno step was walked\n$/);
    const { code, stdout } = await script("step", ["1", "quit", "nonsense"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/> quit\nwalked 1 step:\n {4}apicv-check replay kvm\/posting:\S+:-:\S+\n$/);
    expect(stdout).not.toContain("nonsense");
  });

  test("asks only the properties named", async () => {
    const { stdout } = await script("step --design sync-first --property both-interrupts-taken", [
      "properties",
    ]);
    expect(stdout).toContain("> properties\n    both-interrupts-taken: not reached so far\nno step");
  });

  test("begins anew in another start state, where there are several", async () => {
    const { stdout } = await script("step oracle/inner-fifo", ["start 35", "show"]);
    expect(stdout).toContain("at the start, start state 0 of 0 to 35");
    expect(stdout.split("at the start, start state 35 of 0 to 35")).toHaveLength(3);
    const { code, stderr } = await script("step oracle/inner-fifo", ["start 36"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "apicv-check: line 1: there is no start state 36: the last is 35\n",
    });
  });

  test("takes no step beyond a constraint", async () => {
    const lines = ["shortest never-four", "go 8", "1"];
    const { code, stdout, stderr } = await script("step oracle/inner-fifo", lines);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "apicv-check: line 3: there is no step 1 here: none is enabled\n",
    });
    expect(stdout).toContain("no step is taken from here: the state does not satisfy");
  });

  test("shows a part of the state", async () => {
    const { stdout } = await script("step", ["state vcpu[1]", "state sender.pc", "state"]);
    expect(stdout).toContain(
      "> state vcpu[1]\n    vcpu[1].pc = exited\n    vcpu[1].mode = OUT\n    vcpu[1].pir = 0\n    vcpu[1].irr = 0\n" +
        "> state sender.pc\n    sender.pc = idle\n> state\n    vcpu[0].pc = exited\n",
    );
  });
});

describe("a wrong line", () => {
  test.each([
    ["udno", 'no command and no step is called "udno" (did you mean "undo"?)'],
    ["PREPAR(v=0)", 'no command and no step is called "PREPAR(v=0)" (did you mean "PREPARE(v=0)"?)'],
    [
      "ENTER(v=0)",
      "ENTER(v=0) is not enabled here; enabled are POST(v=0), POST(v=1), PREPARE(v=0), PREPARE(v=1)",
    ],
    ["POST", '"POST" may be POST(v=0), POST(v=1): give its arguments, or its number'],
    ["9", "there is no step 9 here: they have the numbers 1 to 4"],
    ["0", "there is no step 0 here: they have the numbers 1 to 4"],
    ["undo", "there is nothing to undo: this is the start"],
    ["redo", "there is nothing to redo: no step was undone"],
    ["undo 3", 'undo takes nothing, and is given "3"'],
    ["jump", "jump takes a number, like jump 3"],
    ["jump x", 'jump takes a number, not "x", like jump 3'],
    ["jump 1", "the walk has 0 steps: jump takes 0 to 0, not 1"],
    ["go", "there is no run to follow: shortest looks for one"],
    ["state vcpu[0].mod", 'unknown path "vcpu[0].mod" (did you mean "vcpu[0].mode"?)'],
    ["state constructor", 'unknown path "constructor"'],
    ["shortest no-such", 'unknown property "no-such"'],
    ["\u001b[2J", 'no command and no step is called "\\u{1b}[2J"'],
  ])("%s ends a script with its number, and what was walked is printed", async (line, message) => {
    const { code, stdout, stderr } = await script("step", ["# a remark", "", line, "1"]);
    expect(code).toBe(2);
    expect(stderr).toContain(`apicv-check: line 3: ${message}`);
    expect(stdout).toMatch(/\nno step was walked\n$/);
    expect(stdout).not.toContain("# a remark");
  });

  test("after some steps leaves the command that takes them again", async () => {
    const { code, stdout } = await script("step", ["3", "shortest 1", "jump 9"]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/\nwalked 1 step:\n {4}apicv-check replay \S+\n$/);
  });

  test("in a terminal is answered, and the session goes on; an empty one is answered with what there is", async () => {
    const { code, stdout, stderr } = await typedAt("step", ["shwo", "", "PREPARE(v=0)"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(
      '(did you mean "show"?)\n  help lists the commands, show the steps\na number or a name',
    );
    expect(stdout).toContain("\nstep 1\n    CPU0  PREPARE(v=0)\n");
    expect(stdout).toMatch(/\nwalked 1 step:\n/);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toMatch(/^> /m);
  });
});

describe("the command", () => {
  test("reads a script from a file, with what a pipe would give", async () => {
    const lines = ["1", "# on", "", "undo", "trace"];
    const asked = file("walk", `\ufeff${lines.join("\r\n")}\r\n`);
    const piped = await script("step", lines);
    expect(await script(`step --script ${asked}`, ["nonsense"])).toEqual(piped);
    expect(await run("step --script -", { tty: true, typed: lines }, all)).toEqual(piped);
  });

  test("refuses a script that cannot be read, before anything is printed", async () => {
    expect(await script(`step --script ${join(dir, "none")}`)).toEqual({
      code: 2,
      stdout: "",
      stderr: `apicv-check: cannot read the script ${join(dir, "none")}: there is no such file\n`,
    });
    expect((await script(`step --script ${dir}`)).stderr).toContain("it is a directory");
  });

  test.each([
    ["step kvm/postin", 'unknown scenario "kvm/postin" (did you mean "kvm/posting"?)'],
    ["step kvm/posting --scenario kvm/posting", "the scenario is given twice"],
    [`step ${HANDLE} --design sync-first`, "the trace names its world: leave out --design"],
    [`step ${HANDLE} --scenario kvm/posting`, "the trace names its world: leave out --scenario"],
    [`step ${HANDLE} --property both-interrupts-taken`, "the trace names its property: leave out --property"],
    [`step ${HANDLE.replace("EN0", "EN1")}`, "step 4: ENTER(v=1) is not enabled there"],
    ["step --property none", 'unknown property "none"'],
    ["step no-such.json", "cannot replay no-such.json: there is no such file"],
  ])("%s: is refused", async (line, message) => {
    const { code, stdout, stderr } = await script(line, ["1"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("says that a trace is of another version of the model", async () => {
    const { stdout } = await script(`step ${HANDLE.replace("ed6b56", "ed6b57")}`);
    expect(stdout).toMatch(
      /^note: the trace was made for version ed6b57 of this model, which is now\n {2}ed6b56: /m,
    );
  });

  test("interrupted exits as such, with what was walked", async () => {
    let interrupt = (): void => undefined;
    const typed = ["1", "2"];
    const { code, stdout } = await run(
      "step",
      {
        onInterrupt: (stop) => {
          interrupt = stop;
          return () => undefined;
        },
        stdin: {
          isTTY: true,
          lines: async function* (_, signal) {
            yield typed[0];
            interrupt();
            if (!signal.aborted) yield typed[1];
          },
        },
      },
      catalogue,
    );
    expect(code).toBe(130);
    expect(stdout).toMatch(/\nwalked 1 step:\n {4}apicv-check replay \S+\n$/);
  });

  test("shows nothing where a guard throws at the start, and stays where it is where one throws on the way", async () => {
    const guard = ({ n }: { readonly n: number }): boolean => {
      if (n > 1) throw new Error("too far");
      return true;
    };
    const world = { ...catalogue, scenarios: [counter({ guard })] };
    const { code, stdout, stderr } = await run("step", { tty: true, typed: ["1", "1", "show"] }, world);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/\nstep 1\n[^]*\ntoo far\n {2}in COUNT\nstep 1\n[^]*\nwalked 1 step:\n/);
  });
});

test("a run that decides nothing is replayed as one that is asked nothing", async () => {
  const { code, stdout } = await run("replay kvm/posting:sync-first:vmx:ed6b56:-:PR0.PO0");
  expect(code).toBe(0);
  expect(stdout).toMatch(/\na run of 2 steps, which is asked nothing\n$/);
  expect((await run("replay kvm/posting:sync-first:vmx:ed6b56:-:EN0.PO0")).code).toBe(2);
});
