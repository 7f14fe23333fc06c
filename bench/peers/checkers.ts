import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";
import { installed, prepare, type Command, type Ran } from "./run.ts";

/** What a checker found; a checker that does not print a number leaves it out. */
export interface Found {
  readonly states: number;
  readonly transitions?: number;
  /** The significant digits of `transitions` that were printed, where not all were. */
  readonly digits?: number;
  readonly depth?: number;
  /** Where the checker says itself how much memory it took, in bytes. */
  readonly bytes?: number;
}

/** One way to run one checker. */
export interface Checker {
  readonly name: string;
  readonly threads: number;
  /** What to know of the setting beside the figures. */
  readonly about: string;
  /** Why it cannot run here, if so. */
  readonly missing: () => string | undefined;
  /** The sizes it is run on; all where left out. */
  readonly fits?: (config: Config) => boolean;
  /** Whether what it counts as states are orbits under the renaming of vCPUs. */
  readonly orbits?: boolean;
  /** Whether it is the fastest search of this model that is known, and says how far from that the others are. */
  readonly limit?: boolean;
  /** Makes it ready in a folder of its own; the command that is timed. */
  readonly build: (config: Config, folder: string) => Command;
  readonly read: (ran: Ran) => Found;
}

/** The folder of this project's sources, two above the compiled file's. */
const root = fileURLToPath(new URL("../../../", import.meta.url));
const source = (file: string): string => join(root, "bench/peers", file);
const main = join(root, "dist/cli/main.js");

const number = (text: string, pattern: RegExp): number => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${String(pattern)} in:\n${text.slice(-2000)}`);
  return Number(found);
};

const needs =
  (...programs: readonly string[]) =>
  (): string | undefined => {
    const absent = programs.filter((program) => !installed(program, "--version"));
    return absent.length === 0 ? undefined : `${absent.join(", ")} not installed`;
  };

const ours = (workers: number, about: string, symmetry = false): Checker => ({
  name: symmetry ? "apicv-check --symmetry" : "apicv-check",
  threads: workers,
  orbits: symmetry,
  about,
  missing: () => undefined,
  build: ({ scenario }) => [
    process.execPath,
    main,
    "explore",
    "--scenario",
    scenario,
    "--json",
    ...(workers === 1 ? [] : ["--workers", String(workers)]),
    ...(symmetry ? ["--symmetry"] : []),
  ],
  read: ({ output }) => {
    const { complete, states, transitions, depth, properties } = JSON.parse(output) as {
      readonly complete: boolean;
      readonly states: number;
      readonly transitions: number;
      readonly depth: number;
      readonly properties: readonly { readonly verdict: string }[];
    };
    if (!complete || properties.some(({ verdict }) => verdict !== "holds"))
      throw new Error(`no complete search, or a broken invariant:\n${output.slice(0, 2000)}`);
    return symmetry ? { states, depth } : { states, transitions, depth };
  },
});

const flags = ["-O3", "-march=native", "-w"] as const;

const cpp = (file: string, what: Pick<Checker, "name" | "about" | "limit">, threads: number): Checker => ({
  ...what,
  threads,
  missing: needs("g++"),
  build: ({ n, g, hk }, folder) => {
    const sizes = [`-DN=${n}`, `-DG=${g}`, `-DHK=${hk}`, `-DTHREADS=${threads}`];
    prepare(["g++", "-std=c++17", ...flags, ...sizes, source(file), "-o", "search", "-lpthread"], folder);
    return [join(folder, "search")];
  },
  read: ({ output }) => ({
    states: number(output, /states (\d+)/),
    transitions: number(output, /transitions (\d+)/),
    depth: number(output, /depth (\d+)/),
  }),
});

const byHand = cpp(
  "tdx-timer.cpp",
  {
    name: "C++ by hand",
    about: "the same model written out, breadth first, one probe at a time, no parents kept",
  },
  1,
);

const limit = (threads: number): Checker =>
  cpp(
    "tdx-timer-limit.cpp",
    {
      name: "C++, the limit",
      limit: true,
      about:
        "the same model as an expert writes it: a vCPU is a number, what it does alone a list of changes, visited states are bits, probed in batches; breadth first, no parents kept",
    },
    threads,
  );

/** Slots of Spin's hash table, as a power of two, so that it is neither crowded nor idle. */
const slots = ({ states }: Config): number => Math.max(18, Math.ceil(Math.log2(states * 1.5)));

const spin = (name: string, threads: number, about: string, defines: readonly string[]): Checker => ({
  name,
  threads,
  about,
  missing: needs("spin", "gcc"),
  build: (config, folder) => {
    const { n, g, hk } = config;
    prepare(["spin", "-a", `-DN=${n}`, `-DG=${g}`, `-DHK=${hk}`, source("tdx-timer.pml")], folder);
    const settings = ["-DSAFETY", "-DNOREDUCE", "-DMEMLIM=12000", ...defines];
    prepare(["gcc", ...flags, ...settings, "-o", "pan", "pan.c", "-lpthread"], folder);
    const deepest = Math.max(100_000, Math.ceil(config.states / 2));
    return [
      join(folder, "pan"),
      `-w${slots(config)}`,
      ...(threads === 1 ? [`-m${deepest}`] : [`-u${threads}`]),
    ];
  },
  read: ({ output }) => {
    if (number(output, /errors: (\d+)/) !== 0) throw new Error(`an error was found:\n${output}`);
    const shared = /([\d.]+)\s+total shared memory usage/.exec(output)?.[1];
    const transitions = /([\d.e+]+) transitions/.exec(output)?.[1] ?? "";
    return {
      states: number(output, /(\d+) states, stored/),
      // Spin counts the initial state too, and prints seven digits of a large number.
      transitions: Number(transitions) - 1,
      ...(transitions.includes("e") ? { digits: 7 } : {}),
      ...(shared === undefined ? {} : { bytes: Number(shared) * 2 ** 20 }),
    };
  },
});

const rumur = (threads: number): Checker => ({
  name: "Rumur",
  threads,
  about: "exact, no symmetry reduction",
  missing: needs("rumur", "gcc"),
  fits: ({ states }) => states < 5_000_000 || threads > 1,
  build: ({ n, g, hk }, folder) => {
    const model = readFileSync(source("tdx-timer.m"), "utf8")
      .replace(/N: \d+;/, `N: ${n};`)
      .replace(/G: \d+;/, `G: ${g};`)
      .replace(/HK: \d+;/, `HK: ${hk};`);
    writeFileSync(join(folder, "tdx-timer.m"), model);
    const settings = [
      "--symmetry-reduction",
      "off",
      "--deadlock-detection",
      "off",
      "--threads",
      String(threads),
    ];
    prepare(["rumur", ...settings, "--output", "m.c", "tdx-timer.m"], folder);
    prepare(["gcc", "-std=c11", ...flags, "-mcx16", "-o", "m", "m.c", "-lpthread", "-latomic"], folder);
    return [join(folder, "m")];
  },
  read: ({ output }) => {
    if (!output.includes("No error found")) throw new Error(`an error was found:\n${output}`);
    return {
      states: number(output, /Explored:\s+(\d+) states/),
      transitions: number(output, /Explored:\s+\d+ states, (\d+) rules fired/),
    };
  },
});

/** The project that is built around the model: `crate` is where stateright is. */
const manifest = (crate: string): string => `[package]
name = "search"
edition = "2021"

[dependencies]
stateright = { path = ${JSON.stringify(crate)} }

[profile.release]
lto = true
codegen-units = 1
`;

const stateright = (threads: number): Checker => ({
  name: "stateright",
  threads,
  about: "breadth first, parents kept, 64-bit fingerprints, so not exact; STATERIGHT names its crate",
  missing: () =>
    process.env["STATERIGHT"] === undefined
      ? "STATERIGHT does not name stateright's crate"
      : needs("cargo")(),
  build: ({ n, g, hk }, folder) => {
    const crate = resolve(process.env["STATERIGHT"] ?? "");
    const model = readFileSync(source("tdx-timer.rs"), "utf8")
      .replace(/N: usize = \d+/, `N: usize = ${n}`)
      .replace(/G: u8 = \d+/, `G: u8 = ${g}`)
      .replace(/HK: u8 = \d+/, `HK: u8 = ${hk}`);
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/main.rs"), model);
    writeFileSync(join(folder, "Cargo.toml"), manifest(crate));
    const settings = ["--release", "--offline", "--config", 'build.rustflags = ["-Ctarget-cpu=native"]'];
    const places = ["--manifest-path", join(folder, "Cargo.toml"), "--target-dir", join(folder, "target")];
    // From within the crate, so that the settings of cargo that hold there say where its dependencies come from.
    prepare(["cargo", "build", ...settings, ...places], crate);
    return [join(folder, "target/release/search"), String(threads)];
  },
  read: ({ output }) => ({
    states: number(output, /states (\d+)/),
    transitions: number(output, /transitions (\d+)/),
    // Two threads take states out of order, so what they count is no distance.
    ...(threads === 1 ? { depth: number(output, /depth (\d+)/) } : {}),
  }),
});

const tlc: Checker = {
  name: "TLC",
  threads: 1,
  about: "64-bit fingerprints; TLA2TOOLS names its jar",
  missing: () =>
    process.env["TLA2TOOLS"] === undefined ? "TLA2TOOLS does not name tla2tools.jar" : needs("java")(),
  fits: ({ states }) => states < 5_000_000,
  build: ({ n, g, hk }, folder) => {
    copyFileSync(source("TdxTimer.tla"), join(folder, "TdxTimer.tla"));
    const settings = readFileSync(source("TdxTimer.cfg"), "utf8")
      .replace(/N = \d+/, `N = ${n}`)
      .replace(/G = \d+/, `G = ${g}`)
      .replace(/HK = \d+/, `HK = ${hk}`);
    writeFileSync(join(folder, "TdxTimer.cfg"), settings);
    const jar = process.env["TLA2TOOLS"] ?? "";
    return ["java", "-XX:+UseParallelGC", "-cp", jar, "tlc2.TLC", "-workers", "1", "TdxTimer"];
  },
  read: ({ output }) => ({
    states: number(output, /(\d+) distinct states found/),
    transitions: number(output, /(\d+) states generated/) - 1,
    depth: number(output, /depth of the complete state graph search is (\d+)/) - 1,
  }),
};

/** Every checker that is measured, this one first. */
export const checkers: readonly Checker[] = [
  ours(1, "exact, breadth first, shortest runs available"),
  ours(2, "the same on two threads"),
  ours(1, "states up to a renaming of the vCPUs", true),
  byHand,
  limit(1),
  limit(2),
  spin("Spin, depth first", 1, "exact, no reduction", []),
  spin("Spin, breadth first", 1, "exact, no reduction, shortest runs", ["-DBFS"]),
  spin("Spin, parallel breadth first", 2, "hash-compact (its default there), so not exact", ["-DBFS_PAR"]),
  rumur(1),
  rumur(2),
  stateright(1),
  stateright(2),
  tlc,
];
