import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { claims, run, type Ran } from "../fixtures/io.ts";

/** Words that were not meant for whatever reads them. */
const JUNK = [
  "",
  " ",
  "-",
  "\n",
  "\u001b[31mred",
  "\u202etxet",
  "\ud800",
  "__proto__",
  "constructor",
  "NaN",
  "-1",
  "0x10",
  "1e3",
  "9".repeat(30),
  "８",
  "a=b=c",
  "x".repeat(5000),
  "--json=true",
  "-j",
  "../..",
];

const NUMBERS = ["0", "1", "2", "3", "8", "999", "15", "1.5", "0..2", "2..0"];
const PROPERTIES = ["posted-interrupt-never-missed", "both-interrupts-taken", "both-interrupts-take"];
const DESIGNS = ["mode-first", "sync-first", "mode-first", "sync-first", "sync-frist"];

/** What a flag of some command may be given: much of it right, so that more than the parser is reached. */
type Values = readonly string[] | null;
const WORLD: Readonly<Record<string, Values>> = {
  "--scenario": ["kvm/posting", "kvm/postin"],
  "--guest": ["vmx", "td"],
  "--set": ["notification=none", "notification=ipi", "notification=", "=", "notification"],
  "--property": PROPERTIES,
  "--never": ["vcpu[0].on", "(", "before.vcpu", "true"],
  "--leads-to": ["a => b", "=>", "a"],
  "--change": ["post without vcpu", "post when", "post", "post set a: b: c"],
  "--drop": ["post", "*"],
  "--scope": ["vcpu=2", "vcpu=", "=2", "vcpu=0"],
  "--json": null,
  "--allow-unrecorded": null,
};
const LIMITS: Readonly<Record<string, Values>> = {
  "--max-states": ["1", "2", "20", ...NUMBERS],
  "--max-memory": ["1", "512M", "2G", "0", "1.5G", "1e9G", "M", "1 k"],
  "--time-limit": ["1ms", "20ms", "1s", "1h", "0", "0s", "1e9h", "999999999999h", "1d"],
  "--quiet": null,
};

const flagsOf = (dir: string): Readonly<Record<string, Readonly<Record<string, Values>>>> => {
  const files = [
    "none/x.json",
    "file",
    "file/x.json",
    "x.json",
    "circle.json",
    "dangling.json",
    "sub",
    "new/",
  ];
  const outputs = [...files.map((file) => join(dir, file)), "/dev/full", "/dev/null", "-", ""];
  const reports = { "--report": [...outputs.map((file) => `json=${file}`), "json", "text=-", "=", "JSON=-"] };
  const checkpoints = ["sub", "kept", "file", "circle.json", "none/none"].map((name) => join(dir, name));
  return {
    explore: {
      ...WORLD,
      ...LIMITS,
      ...reports,
      "--design": DESIGNS,
      "--depth": NUMBERS,
      "--switches": NUMBERS,
      "--symmetry": ["vcpu", "vcpu,vcpu", "", ",", "__proto__"],
      "--por": null,
      "--paranoid": null,
      "--reference": null,
      "--workers": ["1", "0", "65"],
      "--fail-fast": null,
      "--require-complete": null,
      "--strict": null,
      "--graph": outputs.map((file) => file.replace(/json$/, "dot")),
      "--checkpoint": [...checkpoints, "", "/dev/null"],
      "--checkpoint-every": ["1ms", "1s", "0", ""],
      "--resume": [...checkpoints, "", "/dev/null"],
    },
    simulate: {
      ...WORLD,
      "--design": DESIGNS,
      "--depth": ["0", "1", "20", "100001"],
      "--seed": ["0", "7", "2147483647", "2147483648"],
      "--schedule": ["uniform", "pct", "PCT"],
      "--changes": ["0", "1000", "1001"],
      "--strict": null,
    },
    claims: { "--design": DESIGNS, "--json": null, "--markdown": null, "--quiet": null },
    compare: { ...WORLD, ...LIMITS, "--depth": NUMBERS },
    check: { ...LIMITS, ...reports, "--shard": ["1/1", "2/3", "0/1", "2/1", "1/0", "x"], "--json": null },
    list: { "--json": null },
    explain: {},
    replay: { "--property": PROPERTIES, "--state": null },
    help: {},
  };
};

const OPERANDS = (dir: string): Readonly<Record<string, readonly string[]>> => ({
  explore: [],
  simulate: ["--runs=1", "--runs=3", "--runs=0"],
  claims: [...claims.claims, ...claims.messages].map(({ id }) => id),
  compare: DESIGNS,
  check: ["kvm/posting", "kvm/postin"],
  list: ["designs", "scenarios", "properties", "claims", "actions", "options", "guests", "bugs"],
  explain: ["Y1", "POST", "vmx", "kvm/posting", "mode-first", "both-interrupts-taken", "notification"],
  replay: ["good.json", "spoilt.json", "deep.json", "file", "sub", "circle.json", "none"].map((name) =>
    join(dir, name),
  ),
  help: ["explore", "explor"],
});

/** How many operands a command is given, at least and at most: as many as it takes, or one. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  explore: [0, 0],
  claims: [0, 2],
  compare: [2, 3],
  check: [0, 2],
};

/** Flags whose values become files: these are never given words that lie outside of the directory. */
const WRITES = new Set(["--report", "--graph", "--checkpoint"]);

const flagArbitrary = (name: string, values: Values): fc.Arbitrary<readonly string[]> => {
  if (values === null) return fc.constantFrom([name], [name], [name], [`${name}=1`]);
  const junk = WRITES.has(name) ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...JUNK) }];
  const value = fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...values) }, ...junk);
  return fc.tuple(value, fc.nat(9)).map(([word, form]) => (form < 3 ? [`${name}=${word}`] : [name, word]));
};

/** Command lines that mix what is right with what is not, for a directory that `hostileDirectory` has made. */
export const hostileLines = (dir: string): fc.Arbitrary<readonly string[]> => {
  const commands = Object.entries(flagsOf(dir));
  const lines = commands.map(([command, flags]) => {
    const names = Object.entries(flags);
    const flag =
      names.length === 0
        ? fc.constant([])
        : fc.oneof(...names.map(([name, values]) => flagArbitrary(name, values)));
    const known = OPERANDS(dir)[command];
    const operand: fc.Arbitrary<readonly string[]> =
      known.length === 0
        ? fc.constant([])
        : fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom(...known).map((word) => [word]) },
            { weight: 1, arbitrary: fc.constantFrom(...JUNK).map((word) => [word]) },
          );
    const stray = fc.constantFrom(...JUNK, "--", "--help", "--dept", "-x", command);
    const [least, most] = COUNTS[command] ?? [1, 1];
    return fc
      .tuple(
        fc.array(operand, { minLength: least, maxLength: most }),
        fc.uniqueArray(flag, { maxLength: 3, selector: ([word]) => word?.split("=")[0] }),
        fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: stray }),
        fc.boolean(),
        fc.oneof(
          { weight: 30, arbitrary: fc.constant(command) },
          { weight: 1, arbitrary: fc.constantFrom(`${command} `, command.slice(0, -1)) },
        ),
      )
      .map(([operands, given, odd, before, name]) => {
        const words = before ? [...operands.flat(), ...given.flat()] : [...given.flat(), ...operands.flat()];
        return [name, ...words, ...(odd === null ? [] : [odd])];
      });
  });
  const nothing = fc.array(fc.constantFrom(...JUNK, "--", "--version", "--help"), { maxLength: 3 });
  return fc.oneof(...lines.map((arbitrary, i) => ({ weight: i === 0 ? 32 : 8, arbitrary })), {
    weight: 3,
    arbitrary: nothing,
  });
};

/** A directory with files that nobody would want to be given, and a result of `explore`; to be removed. */
export const hostileDirectory = async (): Promise<{ readonly dir: string; readonly remove: () => void }> => {
  const dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
  mkdirSync(join(dir, "sub"));
  writeFileSync(join(dir, "file"), "\u0000\u001b[2J");
  symlinkSync(join(dir, "circle.json"), join(dir, "circle.json"));
  symlinkSync("led-to.json", join(dir, "dangling.json"));
  const { stdout } = await run(["explore", "--design", "sync-first", "--json"]);
  writeFileSync(join(dir, "good.json"), stdout);
  writeFileSync(join(dir, "spoilt.json"), stdout.replaceAll('"steps"', '"stops"'));
  writeFileSync(
    join(dir, "deep.json"),
    stdout.replace(/"schemaVersion": \d+/, `$&, "deep": ${"[".repeat(9999)}${"]".repeat(9999)}`),
  );
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
};

/** Whatever moves a cursor, sets a colour, or turns the direction of writing. */
const UNPRINTABLE = /[^\n\P{Cc}]|\p{Cf}/u;

interface Verdicts {
  readonly complete?: boolean;
  readonly properties?: readonly { readonly verdict: string }[];
}

/** What holds of every command line, however wrong: it runs the line, and says the exit code. */
export const answersRightly = async (line: readonly string[]): Promise<Ran> => {
  const ran = await run(line, { processors: 1 });
  const { code, stdout, stderr } = ran;
  expect([0, 1, 2, 3, 130]).toContain(code);
  expect(stderr).not.toMatch(/internal error|^\s+at .*:\d+/m);
  expect(stderr).not.toMatch(UNPRINTABLE);
  if (code === 2) expect(stderr.match(/^apicv-check: \S/gm)).toHaveLength(1);
  if (code === 2) expect(stderr).toMatch(/^apicv-check: /);
  if (line.includes("--json") && stdout !== "" && !/^Usage: |^\d+\.\d+\.\d+\n$/.test(stdout)) {
    const { complete, properties } = JSON.parse(stdout) as Verdicts;
    if (complete === false) expect(properties?.map(({ verdict }) => verdict) ?? []).not.toContain("holds");
  }
  return ran;
};
