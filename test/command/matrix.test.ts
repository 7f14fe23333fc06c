import { describe, expect, test } from "vitest";
import { CheckError, shelve } from "#check";
import type { Choice } from "../../src/catalogue/scenario.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { counter } from "../fixtures/counter.ts";
import { posting } from "../fixtures/posting.ts";

interface Combination {
  readonly design: string;
  readonly guest: string;
  readonly options: Readonly<Record<string, string>>;
  readonly model: number;
  readonly modelVersion: string;
  readonly verdict: string;
  readonly traceLength: number | null;
  readonly noEffect: readonly unknown[];
  readonly states: number;
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly replay: string | null;
  }[];
}

interface Result {
  readonly models: number;
  readonly several: readonly string[];
  readonly combinations: readonly Combination[];
  readonly refused: readonly (Choice & { readonly because: string })[];
  readonly notLookedAt: readonly unknown[];
  readonly stop: string | null;
  readonly asked: readonly string[];
  readonly standings: Readonly<Record<string, number>>;
}

const json = async (line: string, ...more: readonly Parameters<typeof run>[2][]): Promise<Result> =>
  JSON.parse((await run(`${line} --json`, {}, ...more)).stdout) as Result;
const lines = (stdout: string): readonly string[] =>
  stdout
    .split("\n")
    .filter((line) => /^(violated|vacuous|holds|unknown|holds-to-bound|not-applicable)\b/.test(line));

/** Two options of which each is ignored or refused with some value of the other. */
const twoOptions = shelve({
  ...posting,
  options: [
    ...posting.options,
    { name: "extra", about: "", source: "", values: ["none", "ignored", "clashes"] },
  ],
  build: (choice) => {
    if (choice.options["extra"] === "clashes" && choice.options["notification"] === "none")
      throw new CheckError("usage", "extra=clashes and notification=none clash: set extra=none");
    return posting.build(choice);
  },
});
const withOptions = { ...catalogue, scenarios: [twoOptions] };

describe("explore with several values", () => {
  test("a line a combination, the gravest first, those of one model together", async () => {
    const { code, stdout, stderr } = await run("explore --design * --guest * --set notification=*");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(lines(stdout).map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      "violated 4 design mode-first guest vmx notification=none: 585 states; violated: posted-interrupt-never-missed 4 (known); 1 vacuous",
      "violated 4 design mode-first guest td notification=none: the same model",
      "violated 4 design sync-first guest vmx notification=ipi: 585 states; violated: posted-interrupt-never-missed 4 (known); 1 vacuous",
      "violated 4 design sync-first guest td notification=ipi: the same model",
      "violated 4 design sync-first guest vmx notification=none: 585 states; violated: posted-interrupt-never-missed 4 (known); 1 vacuous",
      "violated 4 design sync-first guest td notification=none: the same model",
      "vacuous design mode-first guest vmx notification=ipi: 521 states; vacuous: reset-keeps-mode",
      "vacuous design mode-first guest td notification=ipi: the same model",
    ]);
    expect(stdout).toContain("8 combinations in 4 models: 6 violated, 2 vacuous.");
    const [, command] = /apicv-check (explore [^]*)$/.exec(stdout.replaceAll(/ \\\n */g, " ")) ?? [];
    expect(command).toContain(
      "--design mode-first --guest vmx --set notification=none --property posted-interrupt-never-missed",
    );
    expect(await run(command.trim())).toMatchObject({ code: 0 });
  });

  test("as data: all of it, and what explore says of each combination alone", async () => {
    const { combinations, several, models, refused, notLookedAt, stop } = await json(
      "explore --design * --set notification=none,ipi",
    );
    expect({ several, models, refused, notLookedAt, stop }).toEqual({
      several: ["design", "notification"],
      models: 4,
      refused: [],
      notLookedAt: [],
      stop: null,
    });
    expect(combinations.map(({ verdict, traceLength }) => `${verdict} ${traceLength}`)).toEqual([
      "violated 4",
      "violated 4",
      "violated 4",
      "vacuous null",
    ]);
    for (const { design, guest, options, modelVersion, states, properties } of combinations) {
      const alone = JSON.parse(
        (
          await run(
            `explore --design ${design} --guest ${guest} --set notification=${options["notification"]} --trace-order shortest --json`,
          )
        ).stdout,
      ) as {
        readonly modelVersion: string;
        readonly states: number;
        readonly properties: readonly { id: string; verdict: string; trace: { replay: string } | null }[];
      };
      expect({ modelVersion, states }).toEqual({ modelVersion: alone.modelVersion, states: alone.states });
      expect(properties.map(({ id, verdict, replay }) => [id, verdict, replay])).toEqual(
        alone.properties.map(({ id, verdict, trace }) => [id, verdict, trace?.replay ?? null]),
      );
    }
  });

  test.each(["explore --design * --set notification=*", "compare --all-options *"])(
    "%s as formats show it: a world for each combination, each with its run",
    async (line) => {
      const { combinations } = await json(line);
      const violated = combinations.filter(({ verdict }) => verdict === "violated");
      expect(violated.length).toBe(3);
      const kinds = await run([...line.split(" "), "--report", "junit=-"]);
      expect(kinds).toMatchObject({ code: 0, stderr: "" });
      expect(kinds.stdout.split("<testsuite ").length - 1).toBe(combinations.length);
      const runs = combinations.flatMap(({ properties }) =>
        properties.filter(({ replay }) => replay !== null),
      );
      const one = await run([...line.split(" "), "--report", "mermaid=-"]);
      expect(one.stdout).toContain("sequenceDiagram");
      expect(one.stderr).toContain(
        `mermaid has one run, that of posted-interrupt-never-missed in kvm/posting:mode-first:vmx:notification=none; ${runs.length - 1} others left out`,
      );
    },
  );

  test("a verdict that nobody expected fails in the formats as it does in the exit code", async () => {
    const from = { ...catalogue, scenarios: [shelve({ ...posting, expected: [] })] };
    const failed = async (more: string) => {
      const { code, stdout } = await run(`explore --design * --report ktap=-${more}`, {}, from);
      return { code, failed: /^not ok /m.test(stdout) };
    };
    expect(await failed("")).toEqual({ code: 1, failed: true });
    expect(await failed(" --allow-unrecorded")).toEqual({ code: 0, failed: false });
  });

  test("what does not go together is refused and no verdict; where nothing goes together it is an error", async () => {
    const { code, stdout } = await run("explore --set notification=* --set extra=*", {}, withOptions);
    expect(code).toBe(0);
    expect(lines(stdout).length).toBe(5);
    expect(stdout).toContain("5 combinations in 2 models: 2 violated, 3 vacuous; 1 more refused.");
    expect(stdout).toContain(
      "Refused, 1 combination: extra=clashes and notification=none clash: set\n  extra=none",
    );
    const { refused, combinations } = await json("explore --set notification=* --set extra=*", withOptions);
    expect(refused).toMatchObject([{ options: { notification: "none", extra: "clashes" } }]);
    expect(new Set(combinations.map(({ model }) => model)).size).toBe(2);
    const none = await run("explore --set notification=none --set extra=clashes,clashes", {}, withOptions);
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("no combination goes together: extra=clashes and notification=none clash");
  });

  test("what is asked of all and has no effect is said of each", async () => {
    const { stdout } = await run(
      "explore --guest td --set extra=ignored --set notification=*",
      {},
      withOptions,
    );
    for (const line of lines(stdout)) expect(line).toContain(" (no effect: guest td extra=ignored): ");
    const { combinations } = await json("explore --guest td --set notification=*");
    for (const { noEffect } of combinations)
      expect(noEffect).toEqual([{ name: "guest", value: "td", instead: "vmx" }]);
  });

  test("bounds are part of the question, limits leave it open", async () => {
    const bounded = await run("explore --design * --depth 3 --property posted-interrupt-never-missed");
    expect(bounded.code).toBe(0);
    expect(lines(bounded.stdout).map((line) => line.split(" ")[0])).toEqual([
      "holds-to-bound",
      "holds-to-bound",
    ]);
    expect(bounded.stdout).toContain("within depth 3");
    const limited = await run("explore --design * --max-states 10");
    expect(limited.code).toBe(3);
    expect(lines(limited.stdout).map((line) => line.split(" ")[0])).toEqual(["unknown", "unknown"]);
    expect((await run("explore --design * --require-complete --depth 3")).code).toBe(3);
    expect((await run("explore --design * --switches 0")).stdout).toContain("within 0 switches");
  });

  test("out of time or interrupted, it says what was not looked at", async () => {
    const late = await run("explore --design * --time-limit 1ms");
    expect(late.code).toBe(3);
    expect(late.stdout).toContain("INCOMPLETE: stopped at the time limit; 2 combinations not looked at.");
    const interrupted: Ran = await run("explore --design *", {
      onInterrupt: (stop) => {
        stop();
        return () => undefined;
      },
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stdout).toContain("INCOMPLETE: interrupted; 2 combinations not looked at.");
  });

  test("a violation that nobody expected is exit 1, with --strict any", async () => {
    const surprising = shelve({ ...posting, expected: [] });
    const from = { ...catalogue, scenarios: [surprising] };
    const { code, stdout } = await run("explore --design *", {}, from);
    expect(code).toBe(1);
    expect(lines(stdout)[0]).toMatch(/^violated 4 ! +design sync-first: .*posted-interrupt-never-missed 4 !/);
    expect((await run("explore --design * --allow-unrecorded", {}, from)).code).toBe(0);
    expect((await run("explore --design * --strict")).code).toBe(1);
  });

  test("what is of one search is refused, and names that do not exist", async () => {
    for (const flag of [
      "--graph x.dot",
      "--checkpoint x",
      "--resume x",
      "--symmetry",
      "--por",
      "--paranoid",
      "--reference",
      "--fail-fast",
    ]) {
      const { code, stdout, stderr } = await run(`explore --design * ${flag}`);
      expect({ flag, code, stdout }).toEqual({ flag, code: 2, stdout: "" });
      expect(stderr).toContain(`${flag.split(" ")[0]} is of one search`);
    }
    expect((await run("explore --design * --switches 0..2")).code).toBe(2);
    expect((await run("explore --design mode-first,sync-frist")).stderr).toContain("sync-first");
    const plain = await run("explore --design *", {}, { ...catalogue, scenarios: [counter()] });
    expect(plain).toMatchObject({ code: 2, stdout: "" });
    expect(plain.stderr).toContain("has no design to choose: leave out --design *");
  });
});

describe("compare with options", () => {
  test("a design with values of options beside another, by what they were called", async () => {
    const { code, stdout } = await run("compare mode-first mode-first,notification=none");
    expect(code).toBe(0);
    expect(stdout).toContain("mode-first,notification=none against mode-first: actions: 1 replaced");
    expect(stdout).toMatch(/^\* {2}posted-interrupt-never-missed +holds +violated 4$/m);
    expect(stdout).toMatch(/^ +posted-interrupt-never-missed, mode-first,notification=none, after/m);
    const result = JSON.parse((await run("compare mode-first notification=none --json")).stdout) as {
      readonly designs: readonly string[];
      readonly searches: readonly object[];
      readonly properties: readonly { readonly verdicts: Readonly<Record<string, unknown>> }[];
    };
    expect(result.designs).toEqual(["mode-first", "notification=none"]);
    expect(result.searches).toMatchObject([
      { name: "mode-first", design: "mode-first", options: { notification: "ipi" } },
      { name: "notification=none", design: "mode-first", options: { notification: "none" } },
    ]);
    expect(Object.keys(result.properties[0].verdicts)).toEqual(result.designs);
  });

  test("what has no effect is said, and what is wrong refused", async () => {
    const { stdout } = await run("compare mode-first mode-first,extra=ignored", {}, withOptions);
    expect(stdout).toContain("extra=ignored has no effect under mode-first,extra=ignored");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("no action that takes part here differs");
    for (const [line, why] of [
      ["compare mode-first mode-first,notification=nun", "unknown value"],
      ["compare mode-first mode-first,notificaton=none", "notification"],
      ["compare mode-first mode-first,none", "option=value"],
      ["compare mode-first notification=ipi --set notification=none", "notification"],
      ["compare mode-first", "two designs or more"],
      ["compare", "two designs or more"],
      ["compare mode-first sync-first --workers 2", "--workers shares the models of --all-options"],
    ] as const) {
      const { code, stdout, stderr } = await run(line);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: "" });
      expect(stderr).toContain(why);
    }
  });
});

describe("a catalogue without axes", () => {
  const plain = shelve({ ...posting, axes: {}, expected: [] });
  const from = { ...catalogue, axes: [], named: {}, scenarios: [plain] };

  test("compares values of options, and all of them", async () => {
    const line = "compare notification=ipi notification=none --allow-unrecorded";
    const { code, stdout } = await run(line, {}, from);
    expect(code).toBe(0);
    expect(stdout).toContain("worlds    notification=ipi, notification=none\n");
    expect(stdout).toContain("notification=none against notification=ipi: actions: 1 replaced");
    expect(stdout).toContain("*: the worlds differ.");
    expect(JSON.parse((await run(`${line} --json`, {}, from)).stdout)).toMatchObject({
      worlds: ["notification=ipi", "notification=none"],
      differences: [{ world: "notification=none", against: "notification=ipi" }],
    });
    const { combinations } = await json("compare --all-options", from);
    expect(combinations.map(({ options }) => options["notification"]).toSorted()).toEqual(["ipi", "none"]);
  });

  test("has no values that could be compared", async () => {
    for (const [line, why] of [
      ["compare a b", "names no axis to compare worlds along: compare values of its options"],
      ["compare notification=ipi", "compare takes two worlds or more; options are compared as option=value"],
      ["compare --all-options a b", "names no axis: leave out a b"],
    ] as const) {
      const { code, stdout, stderr } = await run(line, {}, from);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: "" });
      expect(stderr).toContain(why);
    }
  });
});

describe("compare --all-options", () => {
  test("under which combinations every safety property holds, and what fails first under the others", async () => {
    const line = "compare --all-options --property posted-interrupt-never-missed";
    const { code, stdout } = await run(line, {}, withOptions);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "Every requirement holds, in complete searches: 3 combinations in 1 model\n    notification=ipi\n",
    );
    expect(stdout).toContain(
      "Every requirement is violated: 2 combinations in 1 model\n" +
        "  posted-interrupt-never-missed after 4 steps (known): 2 combinations in 1\n    model\n" +
        "    notification=none extra=none,ignored\n",
    );
    expect(stdout).toContain("Refused, 1 combination: extra=clashes");
    const { standings, models, asked } = await json(line, withOptions);
    expect(standings).toEqual({ holds: 3, vacuous: 0, open: 0, violated: 2, "not-applicable": 0 });
    expect({ models, asked }).toEqual({ models: 2, asked: ["posted-interrupt-never-missed"] });
  });

  test("what is vacuous does not hold; only safety is asked unless another is named", async () => {
    const { stdout } = await run("compare --all-options");
    expect(stdout).toContain("Every requirement holds, in complete searches: under no combination.");
    expect(stdout).toContain("  vacuous: reset-keeps-mode: 1 combination in 1 model\n    notification=ipi\n");
    const { asked } = await json("compare --all-options");
    expect(asked).toEqual([
      "posted-interrupt-never-missed",
      "irr-cleared-only-by-taking",
      "reset-keeps-mode",
    ]);
    const named = await json("compare --all-options --property both-interrupts-taken");
    expect(named.standings["holds"]).toBe(2);
  });

  test("designs, and values that --set leaves", async () => {
    const both = await json("compare --all-options mode-first sync-first");
    expect(both.combinations.length).toBe(4);
    const one = await json("compare --all-options * --set notification=ipi");
    expect(one.combinations.map(({ options }) => options["notification"])).toEqual(["ipi", "ipi"]);
  });

  test("a limit leaves combinations open and is exit 3, a world without options exit 2", async () => {
    const limited = await run("compare --all-options --max-states 10");
    expect(limited.code).toBe(3);
    expect(limited.stdout).toContain("Not decided: 2 combinations");
    const { code, stderr } = await run("compare --all-options", {}, { ...catalogue, scenarios: [counter()] });
    expect(code).toBe(2);
    expect(stderr).toContain("has no options");
  });
});
