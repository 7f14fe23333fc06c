import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { shipped } from "../../../scenarios/shipped.ts";
import { catalogueOf } from "../../../src/catalogue/catalogue.ts";
import { MOST, spending } from "../../../src/command/mcp/budget.ts";
import { main } from "../../../src/command/program.ts";
import { catalogue, fakeIo } from "../../fixtures/io.ts";
import { called, connected, type Got } from "./connected.ts";

let client: Client;
beforeAll(async () => {
  client = await connected(shipped);
});
afterAll(() => client.close());

const budget = { states: 1_000_000, seconds: 600 };

/** What the command line prints. */
const typed = async (...words: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(words, io, shipped);
  return { code, ...written };
};

/** A report without what is measured, which no two runs share. */
const unmeasured = (report: unknown): unknown =>
  JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      /seconds|persecond|bytes|^bounds$/i.test(key) ? undefined : value,
    ),
  );

const expectRefusal = async (
  name: string,
  args: Record<string, unknown>,
  ...line: readonly string[]
): Promise<void> => {
  const { error } = await called(client, name, args);
  const { code, stderr } = await typed(...line);
  expect(code).toBe(2);
  expect(error).toBe(stderr.trimEnd());
};

test("the tools are the six commands, and only those that search need a budget", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["list", "explain", "explore", "replay", "flip", "claims"]);
  const needing = tools.filter(({ inputSchema }) =>
    ["states", "seconds"].every((key) => inputSchema.required?.includes(key)),
  );
  expect(needing.map(({ name }) => name)).toEqual(["explore", "flip", "claims"]);
  for (const { inputSchema, outputSchema } of tools) {
    expect(inputSchema["additionalProperties"]).toBe(false);
    expect(outputSchema?.properties?.["version"]).toMatchObject({ const: 1 });
  }
});

const same: readonly (readonly [name: string, args: Record<string, unknown>, line: readonly string[]])[] = [
  ["list", { kind: "scenarios" }, ["list", "scenarios", "--json"]],
  ["list", { search: "TSC_DEADLINE" }, ["list", "--search", "TSC_DEADLINE", "--json"]],
  ["explain", { name: "tmict-write-loses-no-expiry" }, ["explain", "tmict-write-loses-no-expiry"]],
  [
    "explore",
    { ...budget, scenario: "kvm/timer", set: ["timerDelivery=direct"] },
    ["explore", "kvm/timer", "--set", "timerDelivery=direct", "--max-states", "1000000", "--json"],
  ],
  [
    "explore",
    { ...budget, scenario: "timer", design: "active", reach: ["timer[0].pending > 0"] },
    [
      "explore",
      "timer",
      "--design",
      "active",
      "--reach",
      "timer[0].pending > 0",
      "--max-states",
      "1000000",
      "--json",
    ],
  ],
  [
    "claims",
    { ...budget, ids: ["P3"], design: ["active"] },
    ["claims", "P3", "--design", "active", "--json"],
  ],
];

test.each(same)("%s %o gives what the command prints", async (name, args, line) => {
  const { result } = await called(client, name, args);
  const { code, stdout } = await typed(...line);
  expect(result?.version).toBe(1);
  expect(result?.exit).toBe(code);
  const printed = result?.text ?? JSON.stringify(unmeasured(result?.report));
  expect(printed).toBe(line.includes("--json") ? JSON.stringify(unmeasured(JSON.parse(stdout))) : stdout);
});

const tracesIn = ({ result }: Got): readonly string[] =>
  (
    (result?.report?.["properties"] ?? []) as readonly {
      readonly trace: { readonly replay: string } | null;
    }[]
  ).flatMap(({ trace }) => trace?.replay ?? []);

test("a trace that explore gives is replayed, also of a question of one's own, and as a mail breaks it", async () => {
  const question = { reach: ["timer[0].pending > 0"] };
  const [trace] = tracesIn(await called(client, "explore", { ...budget, scenario: "timer", ...question }));
  const whole = await called(client, "replay", { trace, ...question });
  expect(whole.result?.text).toContain("witnessed after");
  const broken = `${trace.slice(0, -6)} \\\n    ${trace.slice(-6)}`;
  expect(await called(client, "replay", { trace: broken, ...question })).toEqual(whole);
  expect((await called(client, "replay", { trace })).error).toContain("apicv-check: ");
});

test("a scenario file is given as its text", async () => {
  const file = readFileSync(
    new URL("../../../scenarios/questions/tmict-twice.yaml", import.meta.url),
    "utf8",
  );
  const { result, error } = await called(client, "explore", { ...budget, file });
  expect(error).toBeUndefined();
  expect(result?.report?.["scenario"]).toBe("tmict-twice");
  const { error: wrong } = await called(client, "explore", {
    ...budget,
    file: file.replace("guest_write_tmict", "guest_write_tmct"),
  });
  expect(wrong).toMatch(/file\.yaml:\d+:\d+: .*guest_write_tmct.*did you mean "guest_write_tmict"/s);
  expect((await called(client, "explore", { ...budget, file, scenario: "timer" })).error).toContain(
    "file and scenario each say what it is about",
  );
});

test("errors are those of the command line, with the nearest name", async () => {
  await expectRefusal("list", { kind: "scenario" }, "list", "scenario");
  await expectRefusal("explain", { name: "tmict-rite" }, "explain", "tmict-rite");
  await expectRefusal("explore", { ...budget, scenario: "kvm/timr" }, "explore", "--scenario", "kvm/timr");
  await expectRefusal("explore", { ...budget, set: ["nohzFul=on"] }, "explore", "--set", "nohzFul=on");
  await expectRefusal(
    "explore",
    { ...budget, never: ["timer[0].pendin"] },
    "explore",
    "--never",
    "timer[0].pendin",
  );
  await expectRefusal("explore", { ...budget, bug: "RT-11" }, "explore", "--bug", "RT-11");
  await expectRefusal("flip", { ...budget, ids: ["RT-11"] }, "flip", "RT-11");
  await expectRefusal("claims", { ...budget, ids: ["P33"] }, "claims", "P33");
  await expectRefusal("claims", { ...budget, design: ["activ"] }, "claims", "--design", "activ");
  await expectRefusal("replay", { trace: "kvm/timer:x" }, "replay", "kvm/timer:x");
});

test("an argument that is unknown, missing, or out of range is said, and nothing is searched", async () => {
  const errorOf = async (name: string, args: Record<string, unknown>) =>
    (await called(client, name, args)).error;
  expect(await errorOf("explore", { ...budget, desing: "active" })).toMatch(
    /^apicv-check: unknown argument "desing" \(did you mean "design"\?\)\n {2}explore takes: states, seconds, /,
  );
  for (const name of ["explore", "flip", "claims"]) {
    expect(await errorOf(name, { seconds: 1 })).toMatch(new RegExp(`^apicv-check: ${name} needs states: `));
    expect(await errorOf(name, { states: 1 })).toMatch(new RegExp(`^apicv-check: ${name} needs seconds: `));
    for (const [key, most] of Object.entries(MOST))
      expect(await errorOf(name, { ...budget, [key]: most + 1 })).toContain(`${name}: ${key}: `);
  }
  expect(await errorOf("explor", budget)).toMatch(
    /^apicv-check: unknown tool "explor" \(did you mean "explore"\?\)/,
  );
  expect(await errorOf("explore", { ...budget, set: ["nohzFull=*"] })).toContain("name one value of each");
  expect(await errorOf("flip", budget)).toContain("flip what?");
});

test("no argument is taken for the name of a file", async () => {
  const dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
  const yaml = join(dir, "world.yaml");
  writeFileSync(yaml, "extends: kvm/timer\nproperties: {}\n");
  const code = join(dir, "world.mjs");
  writeFileSync(code, "globalThis.wasRun = true; export default [];\n");
  const saved = join(dir, "saved.yaml");
  try {
    for (const path of [yaml, code, dir, `${dir}/`]) {
      expect((await called(client, "explore", { ...budget, scenario: path })).error).toContain(
        "unknown scenario",
      );
      expect((await called(client, "explore", { ...budget, file: path })).error).toContain("file.yaml");
      expect((await called(client, "flip", { ...budget, ids: [path] })).error).toContain(
        "unknown bug or mutation",
      );
      expect((await called(client, "replay", { trace: path })).error).toContain("a trace has four or more");
    }
    expect((await called(client, "explore", { ...budget, save: saved })).error).toContain(
      'unknown argument "save"',
    );
    expect("wasRun" in globalThis).toBe(false);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("a budget ends a search, a flip and claims, and each says that it is not complete", async () => {
  const few = { states: 1, seconds: 600 };
  const explored = await called(client, "explore", { ...few, scenario: "kvm/timer" });
  expect(explored.result).toMatchObject({ exit: 3, report: { stop: "states", complete: false, states: 1 } });
  const flipped = await called(client, "flip", { ...few, ids: ["RT-1"] });
  expect(flipped.result).toMatchObject({ exit: 3 });
  const claimed = await called(client, "claims", { ...few, ids: ["P3"] });
  expect(claimed.result).toMatchObject({ exit: 3, report: { complete: false } });
});

test("a budget is one for all searches of a call", () => {
  let now = 0;
  const spent = spending({ states: 10, seconds: 1 }, () => now);
  expect([6, 8, 1, 2].map((states) => spent({ states }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(spent({ states: 3 })).toBe("states");
  now = 1000;
  expect(spent({ states: 0 })).toBe("time");
});

test("a call that is cancelled ends its search", async () => {
  const cancel = new AbortController();
  const call = client.callTool({ name: "explore", arguments: budget }, undefined, { signal: cancel.signal });
  cancel.abort();
  await expect(call).rejects.toThrow("abort");
  // The next call is answered: nothing is in its way.
  expect((await called(client, "list", { kind: "scenarios" })).result?.exit).toBe(0);
});

test("tools speak of the axes of any catalogue", async () => {
  const other = await connected(catalogueOf(catalogue));
  const { result } = await called(other, "explore", { ...budget, design: "sync-first" });
  expect(result).toMatchObject({ exit: 0, report: { design: "sync-first" } });
  const { error } = await called(other, "explore", { ...budget, design: "sync-firs" });
  expect(error).toMatch(/^apicv-check: unknown design/);
  await other.close();
});
