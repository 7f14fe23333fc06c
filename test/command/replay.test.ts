import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../fixtures/io.ts";
import { runs } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const HANDLE = "kvm/posting:sync-first:vmx:ed6b56:pinm:PR0.PO0.NO.EN0";
let dir = "";
let result = "";
beforeAll(async () => {
  dir = temporaryFolder();
  result = (await run("explore --design sync-first --json --reference")).stdout;
  writeFileSync(join(dir, "result.json"), result);
});

describe("a trace from a mail", () => {
  test("is printed step by step, with all it cites, and judged at the end", async () => {
    const { code, stdout } = await run(["replay", HANDLE, "--trace", "full"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`\
    4   CPU0    ENTER(v=0)
                  vcpu_enter_guest()
                  vcpu[0].mode: OUT -> IN
                  .pc: prepared -> guest
                  from fixture 1
                  atomic: one instruction
`);
    expect(stdout).toMatch(/posted-interrupt-never-missed: violated after 4 steps\n$/);
  });

  test("is printed as a line a step, as explore prints it", async () => {
    const brief = await run(["replay", HANDLE]);
    expect(brief).toMatchObject({ code: 0, stderr: "" });
    const table = `\
       CPU0     sender    vcpu[0]
     1 PREPARE
     2          POST v=0  .pir 0>1, sender.sent 0>1
  *  3          NOTIFY
  *  4 ENTER              .mode OUT>IN
`;
    expect(brief.stdout).toContain(table);
    expect(brief.stdout).toContain("\n* Had 4 come before 3, the same steps would break nothing.\n");
    expect((await run("explore --design sync-first")).stdout).toContain(table);
    expect((await run(["replay", HANDLE, "--trace", "steps"])).stdout).toContain(
      "  *  4 ENTER              .mode OUT>IN, .pc prepared>guest\n",
    );
  });

  test("is printed as a capture only where actions say what they print, in a layout that there is", async () => {
    for (const [flags, why] of [
      [["--format", "ftrace"], "no action of this catalogue says what it prints: leave out --format"],
      [["--format", "ftrce"], "Allowed choices are ftrace, trace-cmd, perf"],
      [["--format", "perf", "--state"], "--state says how its steps are printed: leave out one of the two"],
      [["--format", "perf", "--trace", "steps"], "--trace says how its steps are printed"],
      [["--format", "perf", "--watch", "sender.sent"], "--watch says how its steps are printed"],
    ] as const) {
      const { code, stdout, stderr } = await run(["replay", HANDLE, ...flags]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(why);
    }
  });

  test("shows states in full or not at all", async () => {
    expect(await run(["replay", HANDLE, "--state", "--trace", "full"])).toEqual(
      await run(["replay", HANDLE, "--state"]),
    );
    const { code, stdout, stderr } = await run(["replay", HANDLE, "--state", "--trace", "brief"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/--state prints every step in full, and --trace brief does not/);
  });

  test("may come in several words, as the shell hands over a continued line", async () => {
    const whole = await run(["replay", HANDLE]);
    expect(await run(["replay", HANDLE.slice(0, 31), HANDLE.slice(31)])).toEqual(whole);
  });

  test("shows the full state on request", async () => {
    const { stdout } = await run(["replay", HANDLE, "--state"]);
    expect(stdout.match(/^ {8}sender\.pc = /gm)).toHaveLength(5);
  });

  test("of a witness ends in what was reached", async () => {
    const handle = /replay (\S+:bit:\S+)$/m.exec(
      (await run("explore --property both-interrupts-taken")).stdout.replace(/ \\\n */g, " "),
    )?.[1];
    expect((await run(["replay", handle ?? ""])).stdout).toContain(
      "both-interrupts-taken: witnessed after 8 steps",
    );
  });

  test("of another version of the model is said to be so where it still fits", async () => {
    const other = HANDLE.replace("ed6b56", "ed6b57");
    const same = await run(["replay", HANDLE]);
    const { code, stdout, stderr } = await run(["replay", other]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.startsWith(same.stdout)).toBe(true);
    expect(stdout.slice(same.stdout.length)).toMatch(/^note: the trace was made for version ed6b57 /);
  });

  test("of another version is refused where it fits no more, with what and the way to find it again", async () => {
    const other = HANDLE.replace("ed6b56", "ed6b57");
    for (const [from, to, why] of [
      ["NO.", "SE0.", "step 3: no step of this model is called SE0; enabled are "],
      ["PR0.PO0", "EN0.PO0", "step 1: ENTER(v=0) is not enabled there; enabled are "],
      [".EN0", "", "posted-interrupt-never-missed is not violated at its end"],
    ]) {
      const { code, stdout, stderr } = await run(["replay", other.replace(from, to)]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("made for version ed6b57 of this model, which is now ed6b56");
      expect(stderr).toContain(why);
      expect(stderr).toContain("apicv-check explore --scenario kvm/posting");
    }
  });

  test("whose step is not enabled is refused, with what is", async () => {
    const { code, stderr } = await run(["replay", HANDLE.replace("NO.EN0", "EN1.EN0")]);
    expect(code).toBe(2);
    expect(stderr).toContain("step 3: ENTER(v=1) is not enabled there; enabled are NOTIFY, ");
  });

  test("cut short is refused, not called a violation", async () => {
    const { code, stdout, stderr } = await run(["replay", HANDLE.replace(".EN0", "")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("posted-interrupt-never-missed is not violated at its end");
  });

  test("that goes on after what it shows is refused", async () => {
    for (const more of [".PR1", ".PO1.NO", ".PO1.NO.PR1"]) {
      const { code, stdout, stderr } = await run(["replay", `${HANDLE}${more}`]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.replaceAll(/\s+/g, " ")).toBe(
        `apicv-check: the run of ${4 + more.split(".").length - 1} steps goes on after what it shows: ` +
          "posted-interrupt-never-missed is violated after 4 steps: the trace is altered, or the model has changed ",
      );
    }
    const witness = "kvm/posting:mode-first:vmx:a520c1:bit:PO0.NO.PR0.EN0.PO0.TA0.NO.TA0";
    expect((await run(["replay", witness])).code).toBe(0);
    const { code, stderr } = await run(["replay", `${witness}.PR1`]);
    expect(code).toBe(2);
    expect(stderr).toContain("both-interrupts-taken is witnessed after 8 steps");
  });

  test("changed at random is refused, or still ends in the same violation", async () => {
    const place = fc.nat({ max: HANDLE.length - 1 });
    const character = fc.constantFrom(..."0123456789abcdefz:-=./@,A ".split(""));
    const mutated = fc
      .array(fc.tuple(place, fc.oneof(character, fc.constant(""))), { minLength: 1, maxLength: 3 })
      .map((changes) =>
        changes.reduce((text, [at, to]) => text.slice(0, at) + to + text.slice(at + 1), HANDLE),
      );
    await fc.assert(
      fc.asyncProperty(mutated, async (handle) => {
        const { code, stdout, stderr } = await run(["replay", handle]);
        expect(stderr).not.toContain("internal");
        expect(code === 0 ? stdout : `${code}${stdout}`).toMatch(
          /^2$|posted-interrupt-never-missed: violated after \d+ steps?\n(note: [^*]*)?$/,
        );
      }),
      { numRuns: runs(1_500) },
    );
  });
});

describe("a result file", () => {
  const replayFile = async (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return run(["replay", join(dir, name), "--property", "posted-interrupt-never-missed"]);
  };

  test("is replayed like the trace in it", async () => {
    expect(await replayFile("same.json", result)).toEqual(await run(["replay", HANDLE]));
  });

  test("with several traces needs to know which", async () => {
    const { code, stderr } = await run(["replay", join(dir, "result.json")]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "it has 2 traces: add --property posted-interrupt-never-missed or both-interrupts-taken",
    );
    const other = await run(["replay", join(dir, "result.json"), "--property", "both-interrupt-taken"]);
    expect(other.stderr).toContain('did you mean "both-interrupts-taken"?');
  });

  test("that was altered is refused", async () => {
    const alterations: readonly (readonly [RegExp, string])[] = [
      [/"action": "ENTER"/, '"action": "EXIT"'],
      [/"actor": "CPU0"/, '"actor": "CPU1"'],
      [/"v": 0/, '"v": 1'],
      [/"to": "prepared"/, '"to": "guest"'],
      [/"taken": 0/, '"taken": 1'],
      [/"steps": \[/, '"steps": [null,'],
      [/"length": 4/, '"length": 5'],
      [/"length": 4/, '"length": "4"'],
      [/"length": 4,/, ""],
      [/:pinm:PR0.PO0.NO/, ":pinm:PR0.NO.PO0"],
      [/:pinm:PR0/, ":rkm:PR0"],
    ];
    for (const [from, to] of alterations) {
      expect(result).toMatch(from);
      const { code, stdout, stderr } = await replayFile("altered.json", result.replace(from, to));
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/altered|not violated|no schedule|not enabled|no step/);
    }
  });
});
