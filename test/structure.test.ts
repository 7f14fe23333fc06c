import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Who may import whom: a folder imports what stands before it in its list; those in one pair of brackets, not each other. */
const order: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  "": ["src", "models", "properties", "scenarios"],
  src: [
    "state-path.ts",
    "errors.ts",
    "schema",
    ["package-version.ts", "module-beside.ts", "xml-text.ts"],
    "program-name.ts",
    "derive",
    "events",
    "model",
    "expression",
    "problem",
    "observed",
    "methods",
    "liveness",
    "reference",
    "fast",
    "explore.ts",
    "check",
    "doubt",
    "simulate",
    "checkpoint",
    "catalogue",
    "validate",
    "variation",
    ["report", "graph", "export"],
    "mutate",
    "page",
    "command",
    "index.ts",
    "api",
  ],
  "src/fast": [
    "values",
    "learn",
    "visited",
    ["symmetry", "por"],
    "search",
    "threads",
    "checkpoint",
    "graph",
    "explore-levels.ts",
    "fast-engine.ts",
  ],
  "src/methods": [["symmetry", "por"], "switches", "overlay.ts"],
  "src/variation": [
    "text",
    "variation.ts",
    "describe.ts",
    ["format", "ground"],
    ["changes", "asked", "flags"],
    "scenario",
    "extend-scenario.ts",
    ["from-text.ts", "from-flags.ts"],
    "flip-file.ts",
  ],
  "src/command": [
    "terminal",
    "flags",
    "search",
    [
      "find",
      "explore",
      "check",
      "compare",
      "simulate",
      "replay",
      "claims",
      "flip",
      "mutate",
      "validate",
      "ui",
    ],
    ["step", "mcp", "completion"],
    "program.ts",
    "run-command-line.ts",
  ],
  "models/kvm/actions": [
    ["apicv", "posting"],
    "ioapic",
    ["creation", "messages", "pic-pit", "rtc", "timer"],
    ["ioctls", "run-loop", "scheduling"],
    "injection",
    "save-restore",
  ],
};

/** Every import between files of the project, types counted. */
const sources = ["src", "models", "properties", "scenarios"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((file) => join(top, file)),
);
const arrows = sources
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((from) =>
    [...readFileSync(join(root, from), "utf8").matchAll(/(?:\bfrom |\bimport[ (])"(#check|\.[^"]+)"/g)].map(
      ([, to]) => ({ from, to: to === "#check" ? "src/api/inside.ts" : join(dirname(from), to) }),
    ),
  );

test.each(Object.entries(order))('imports inside "%s" go one way', (parent, list) => {
  const place = (file: string): { readonly room: string; readonly at: number } => {
    const room = file.slice(parent === "" ? 0 : parent.length + 1).split("/")[0];
    return { room, at: list.findIndex((rooms) => [rooms].flat().includes(room)) };
  };
  const inside = arrows.filter(({ from, to }) => [from, to].every((file) => file.startsWith(parent)));
  const back = inside.filter(({ from, to }) => {
    const [here, there] = [place(from), place(to)];
    return here.room !== there.room && !(there.at >= 0 && there.at < here.at);
  });
  expect(inside.length).toBeGreaterThan(2);
  expect(back).toEqual([]);
});

/** The files that are on a circle of imports, late ones (`import(...)`) counted, which the linter does not follow. */
const onCircles = (all: typeof arrows): readonly string[] => {
  let left = all;
  for (;;) {
    const importing = new Set(left.map(({ from }) => from));
    const imported = new Set(left.map(({ to }) => to));
    const next = left.filter(({ from, to }) => imported.has(from) && importing.has(to));
    if (next.length === left.length) return [...new Set(next.map(({ from }) => from))];
    left = next;
  }
};

test("no file imports itself by way of others, not even late", () => {
  const circle = [
    { from: "a", to: "b" },
    { from: "b", to: "c" },
    { from: "c", to: "a" },
  ];
  expect(onCircles([...circle, { from: "c", to: "d" }, { from: "e", to: "a" }])).toEqual(["a", "b", "c"]);
  expect(onCircles(arrows)).toEqual([]);
});

test("the linter counts types where it looks for circles, and has a rule for each folder", () => {
  const { rules, overrides } = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as {
    readonly rules: Readonly<Record<string, unknown>>;
    readonly overrides: readonly { readonly files: readonly string[] }[];
  };
  expect(rules["import/no-cycle"]).toEqual(["error", { ignoreTypes: false }]);
  const ruled = overrides.flatMap(({ files }) => files.map((file) => file.replace(/(\/\*+)+$/, "")));
  for (const [parent, list] of Object.entries(order))
    for (const room of list.flat().filter((name) => !name.endsWith(".ts") && name !== "src"))
      expect(ruled).toContain(join(parent, room));
});

/** What only the catalogue that ships knows. */
const CLIENT = /apicv|kvm|tdx|vcpu|\b(designs?|guests?|td|vmx|kernels?|the thread)\b/i;

test("the checker knows nothing of what it checks, nor what the program is called", () => {
  const knowing = sources
    .filter((file) => file.startsWith("src/") && /\.tsx?$/.test(file))
    .flatMap((file) => {
      const code = readFileSync(join(root, file), "utf8")
        .replaceAll(/\/\*[^]*?\*\//g, "")
        .replaceAll(/(?:^|\s)\/\/.*$/gm, "")
        // The cell of a table has that name in HTML.
        .replaceAll(/<\/?td\b/g, "");
      return code
        .split("\n")
        .filter((line) => CLIENT.test(line))
        .map((line) => `${file}: ${line.trim()}`);
    });
  expect(knowing).toEqual([]);
});
