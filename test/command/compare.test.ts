import { describe, expect, test } from "vitest";
import { shelve, type AnyScenario } from "#check";
import { counter } from "../fixtures/counter.ts";
import { axes, catalogue, run, type Ran } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";

const compare = (scenario: AnyScenario, line: string): Promise<Ran> =>
  run(`compare ${line}`, {}, { ...catalogue, scenarios: [scenario] });
const unwrapped = (text: string): string => text.replaceAll(/\s+/g, " ");

interface Result {
  readonly designs: readonly string[];
  readonly differences: readonly {
    readonly design: string;
    readonly added: readonly unknown[];
    readonly replaced: readonly { readonly name: string; readonly was: unknown; readonly cites: unknown }[];
    readonly start: readonly unknown[];
  }[];
  readonly properties: readonly {
    readonly id: string;
    readonly differs: boolean;
    readonly verdicts: Readonly<
      Record<string, { readonly verdict: string; readonly traceLength: number | null }>
    >;
  }[];
}

describe("two designs", () => {
  test("what differs, with what it cites, then the verdicts side by side and the runs that tell them apart", async () => {
    const { code, stdout, stderr } = await run("compare mode-first sync-first");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("sync-first against mode-first: actions: 2 replaced\n");
    expect(stdout).toMatch(/^ {2}replaced PREPARE\n {13}kernel .*\n(.*\n)* {2}replaced ENTER$/m);
    const [, table] = /^( {3}property [^]*?)\n\n/m.exec(stdout) ?? [];
    expect(table.split("\n")).toEqual([
      "   property                       mode-first   sync-first",
      "*  posted-interrupt-never-missed  holds        violated 4",
      "   irr-cleared-only-by-taking     holds        holds",
      "   both-interrupts-taken          witnessed 8  witnessed 8",
      "   reset-keeps-mode               vacuous      vacuous",
      "   (states searched)              521 states   585 states",
    ]);
    expect(unwrapped(stdout)).toContain("*: the designs differ. A number is the steps of the shortest run");
    const [, handle] = /apicv-check replay ?(\S+)/.exec(stdout.replace(/ \\\n */g, "")) ?? [];
    expect(await run(`replay ${handle}`)).toMatchObject({ code: 0 });
  });

  test("as data", async () => {
    const result = JSON.parse((await run("compare sync-first mode-first --json")).stdout) as Result;
    expect(result).toMatchObject({
      schemaVersion: 2,
      scenario: "kvm/posting",
      guest: "vmx",
      designs: ["sync-first", "mode-first"],
      differences: [{ design: "mode-first", against: "sync-first", added: [], dropped: [], start: [] }],
      searches: [
        { design: "sync-first", stop: "exhausted", states: 585 },
        { design: "mode-first", stop: "exhausted", states: 521 },
      ],
    });
    expect(result.differences[0].replaced.map(({ name }) => name)).toEqual(["PREPARE", "ENTER"]);
    expect(result.properties.map(({ id, differs }) => [id, differs])).toEqual([
      ["posted-interrupt-never-missed", true],
      ["irr-cleared-only-by-taking", false],
      ["both-interrupts-taken", false],
      ["reset-keeps-mode", false],
    ]);
    expect(result.properties[0].verdicts).toMatchObject({
      "sync-first": { verdict: "violated", traceLength: 4, expected: "violated", asExpected: true },
      "mode-first": { verdict: "holds", traceLength: null },
    });
  });

  test("one property only, under options", async () => {
    const { code, stdout } = await run(
      "compare mode-first sync-first --set notification=none --property posted-interrupt-never-missed",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("The designs do not differ in any verdict.");
    expect(stdout).not.toContain("both-interrupts-taken");
  });
});

test("actions added and dropped, and a start that differs or cannot be reached", async () => {
  const build: typeof posting.build = (choice) => {
    const base = posting.build({ ...choice, design: "mode-first" });
    const [start] = base.start;
    const actions = base.model.actions;
    if (choice["design"] === "fewer")
      return {
        ...base,
        model: { ...base.model, actions: actions.filter(({ name }) => name !== "RESET") },
        start: [{ ...start, sender: { ...start.sender, to: 1 } }],
      };
    return choice["design"] === "none" ? { ...base, start: [], unreachable: "it refuses the ioctl" } : base;
  };
  const scenario = shelve({
    ...posting,
    axes: { ...posting.axes, design: ["base", "fewer", "none", "same"] },
    expected: posting.properties.map(({ id }) => ({
      property: id,
      where: { design: "none" },
      verdict: "not-applicable" as const,
    })),
    build,
  });
  const { code, stdout, stderr } = await compare(scenario, "base fewer none same");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^fewer against base: actions: 1 dropped\n {2}dropped {2}RESET$/m);
  expect(stdout).toContain("  start    sender.to: 0 -> 1\n");
  expect(stdout).toContain("  start    none: it refuses the ioctl\n");
  expect(stdout).toContain("same against base: no action that takes part here differs\n");
  const added = await compare(scenario, "fewer base");
  expect(added.stdout).toMatch(/^base against fewer: actions: 1 added\n {2}added {4}RESET$/m);
});

test("exit codes: 1 for an unexpected verdict, 3 at a limit", async () => {
  const surprising = shelve({
    ...posting,
    expected: [{ property: "posted-interrupt-never-missed", verdict: "holds" as const }],
  });
  const { code, stdout } = await compare(surprising, "mode-first sync-first");
  expect(code).toBe(1);
  expect(stdout).toContain("violated 4 !");
  expect(unwrapped(stdout)).toContain("!: another verdict was expected.");
  const limited = await run("compare mode-first sync-first --max-states 10");
  expect(limited.code).toBe(3);
  expect(unwrapped(limited.stdout)).toContain("stopped at the states limit");
  expect((await run("compare mode-first sync-first --depth 3")).code).toBe(0);
});

test("a world without designs has none to compare", async () => {
  const { code, stderr } = await compare(counter(), "a b");
  expect(code).toBe(2);
  expect(stderr).toContain("oracle/counter has no designs to compare");
});

describe("along another axis than the first", () => {
  const [notification] = posting.options;
  const follows = { axis: "era", defaults: { new: "ipi", old: "none" } };
  const world = shelve({
    ...posting,
    axes: { ...posting.axes, era: ["new", "old"] },
    presets: ["era"],
    options: [{ ...notification, follows }],
  });
  const eras = { name: "era", plural: "eras", about: "when it was" };
  const ask = (line: string): Promise<Ran> =>
    run(`compare ${line}`, {}, { ...catalogue, axes: [...axes, eras], scenarios: [world, counter()] });

  test("a flag names the first value, and says the axis; what follows it is named", async () => {
    const { code, stdout } = await ask("--era old new");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "eras      old, new\nfollows   old: notification=none\n          new: notification=ipi\n",
    );
    expect(stdout).toContain("design    mode-first\nguest     vmx\n");
    expect(stdout).toMatch(/^\* {2}posted-interrupt-never-missed +violated \d+ +holds$/m);
    for (const other of ["old new", "--era old,new"]) expect((await ask(other)).stdout).toBe(stdout);
    expect(JSON.parse((await ask("--era old new --json")).stdout)).toMatchObject({
      eras: ["old", "new"],
      design: "mode-first",
      followed: [{ option: "notification", isNamed: true, values: { old: "none", new: "ipi" } }],
    });
  });

  test("the first axis is compared as before, under what the flag says of the other", async () => {
    const { stdout } = await ask("mode-first sync-first --era old");
    expect(stdout).toContain("designs   mode-first, sync-first\nguest     vmx\nera       old\n");
    expect((await ask("--design mode-first sync-first --era old")).stdout).toBe(stdout);
  });

  test("a value that is on no axis is refused as one of the flag's", async () => {
    const { code, stderr } = await ask("--era old older");
    expect(code).toBe(2);
    expect(stderr).toContain('unknown era "older" (did you mean "old"?)');
  });

  test("in every world that has the values, each choice that the other flags make", async () => {
    const { code, stdout } = await ask("--era old new --all --guest * --design sync-first,mode-first");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "*  kvm/posting mode-first vmx: 1 action that differs\n     posted-interrupt-never-missed: old ",
    );
    expect(stdout).toContain("   kvm/posting sync-first td: 1 action that differs\n");
    expect(unwrapped(stdout)).toContain(
      "4 worlds compared: 2 differ in a verdict (*), 0 are the same model under all eras.",
    );
    const { worlds } = JSON.parse((await ask("--era old new --all --json")).stdout) as {
      readonly worlds: readonly object[];
    };
    expect(worlds).toMatchObject([
      { scenario: "kvm/posting", design: "mode-first", guest: "vmx", sameModel: false, complete: true },
    ]);
    const same = await ask("vmx td --all");
    expect(unwrapped(same.stdout)).toContain(
      "kvm/posting mode-first: the same model 1 world compared: 0 differ",
    );
  });

  test("what is of one world is refused with --all, and so is what no world has", async () => {
    for (const [line, said] of [
      ["--era old new --all --set notification=ipi", "leave out --set, or --all"],
      ["notification=ipi notification=none --all", "an option is compared in one world"],
      ["--era old older --all", 'unknown era "older"'],
      ["--era old --all", "compare takes two"],
    ] as const) {
      const { code, stderr } = await ask(line);
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    }
  });
});
