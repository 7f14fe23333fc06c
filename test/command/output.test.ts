import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeWhole } from "../../src/command/terminal/output.ts";
import { counter, below } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

let dir = "";
beforeEach(() => {
  dir = temporaryFolder();
});
const read = (name: string): string => readFileSync(join(dir, name), "utf8");

describe("reports", () => {
  test("a JSON report beside the text", async () => {
    const { code, stdout } = await run(`explore --report json=${dir}/out.json`);
    expect(code).toBe(0);
    expect(stdout).toContain("Complete:");
    expect(JSON.parse(read("out.json"))).toMatchObject({ schemaVersion: 2, stop: "exhausted" });
    expect(readdirSync(dir)).toEqual(["out.json"]);
  });

  test("- is stdout, and nothing else is written there", async () => {
    const { stdout } = await run("explore --report json=-");
    expect(stdout).toBe((await run("explore --json")).stdout);
  });

  test("an existing file is replaced whole, a link stays a link", () => {
    writeFileSync(join(dir, "old.json"), "old and much longer");
    symlinkSync(join(dir, "old.json"), join(dir, "link.json"));
    writeWhole(join(dir, "link.json"), "new");
    expect(read("old.json")).toBe("new");
    expect(readdirSync(dir)).toEqual(["link.json", "old.json"]);
  });

  test("what cannot be written leaves nothing half-written", () => {
    expect(() => writeWhole(join(dir, "none", "x.json"), "x")).toThrow(/cannot write .*no such directory/);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe("graphs", () => {
  interface Export {
    readonly nodes: readonly {
      readonly key: string;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
    readonly edges: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }
  const graph = async (flags: string): Promise<Export> => {
    const { code, stderr } = await run(`explore ${flags} --graph ${dir}/out.json`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(read("out.json")) as Export;
  };

  test("has every state and transition of a complete search", async () => {
    const { nodes, edges } = await graph("");
    expect([nodes.length, edges.length]).toEqual([521, 1528]);
    expect(nodes.filter(({ attributes }) => attributes["initial"])).toHaveLength(1);
    expect(nodes.some(({ attributes }) => attributes["open"])).toBe(false);
    expect(Math.max(...nodes.map(({ attributes }) => Number(attributes["depth"])))).toBe(15);
  });

  test("marks the counterexample and what it breaks", async () => {
    const { nodes, edges } = await graph("--design sync-first");
    expect(nodes.filter(({ attributes }) => attributes["onPath"])).toHaveLength(5);
    expect(edges.filter(({ attributes }) => attributes["onPath"])).toHaveLength(4);
    expect(
      nodes.filter(({ attributes }) => attributes["breaks"] === "posted-interrupt-never-missed"),
    ).toHaveLength(1);
  });

  test("of a bounded search marks the states that lead further", async () => {
    const { nodes } = await graph("--depth 2");
    expect(nodes.some(({ attributes }) => attributes["open"])).toBe(true);
  });

  test("is the same file for the same search", async () => {
    expect(await graph("")).toEqual(await graph("--reference"));
  });

  test("as DOT: start filled, counterexample red, labels escaped", async () => {
    await run(`explore --design sync-first --graph ${dir}/out.dot`);
    const dot = read("out.dot");
    expect(dot).toMatch(/^digraph states \{\n/);
    expect(dot).toContain(
      '\ts0 [label="start\\l", style="rounded,filled", fillcolor="lightgray", color="red"];',
    );
    expect(dot).toMatch(/\*\* posted-interrupt-never-missed \*\*\\l.*penwidth="3"/);
    expect(dot.match(/ -> .*color="red"/g)).toHaveLength(4);
    expect(dot).toMatch(/\}\n$/);
  });

  test("as GraphML: every key that is used is declared, names escaped", async () => {
    const from = { ...catalogue, scenarios: [counter({ actions: ['A"<&>'], properties: [below(3)] })] };
    await run(`explore --graph ${dir}/out.graphml`, {}, from);
    const xml = read("out.graphml");
    expect(xml).toContain("A&quot;&lt;&amp;&gt;");
    expect(xml.match(/<node id=/g)).toHaveLength(6);
    expect(xml.match(/<edge source=/g)).toHaveLength(5);
    const declared = new Set([...xml.matchAll(/<key id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, id] of xml.matchAll(/<data key="([^"]+)"/g)) expect(declared).toContain(id);
  });

  test("of a large search is capped, the counterexample kept, and it is said what to do", async () => {
    const many = counter({ last: 2500, properties: [below(2400)] });
    const from = { ...catalogue, scenarios: [many] };
    const { code, stderr } = await run(`explore --allow-unrecorded --graph ${dir}/out.dot`, {}, from);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "the graph has 2,501 states; only the 2,000 nearest to the start and the counterexamples",
    );
    expect(stderr).toContain("use --depth N");
    expect(read("out.dot").match(/^\ts\d+ \[/gm)).toHaveLength(2401);
  });
});
