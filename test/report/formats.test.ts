import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { instance } from "@viz-js/viz";
import { Ajv } from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Parser } from "tap-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { shelve } from "#check";
import { below, counter, reaches } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

let dir = "";
beforeAll(() => {
  dir = temporaryFolder();
});

const COMMANDS = ["explore --design sync-first", "check", "claims"] as const;
const told = new Map<string, Promise<string>>();
/** What is printed as a report of a kind; the same question is asked once. */
const report = (kind: string, line = "explore --design sync-first", from = catalogue): Promise<string> => {
  const ask = async (): Promise<string> => (await run(`${line} --report ${kind}=-`, {}, from)).stdout;
  if (from !== catalogue) return ask();
  const key = `${line} ${kind}`;
  const answer = told.get(key) ?? ask();
  told.set(key, answer);
  return answer;
};
/** The fixture with a violation that nobody recorded. */
const surprising = {
  ...catalogue,
  scenarios: [
    shelve({ ...posting, expected: posting.expected.filter(({ where }) => where?.["design"] === undefined) }),
  ],
};
/** What a run ends with that has a name with every character that some format gives a meaning. */
const awkward = {
  ...catalogue,
  scenarios: [counter({ actions: ['end;#1"<a&b>"%'], properties: [below(3), reaches(2)], expected: [] })],
};

describe("KTAP", () => {
  interface Tap {
    readonly ok: boolean;
    readonly plan: number;
    readonly asserts: readonly { readonly ok: boolean; readonly name: string; readonly skip?: unknown }[];
  }
  const tap = (text: string): Tap => {
    const asserts: Tap["asserts"][number][] = [];
    let plan = -1;
    const parser = new Parser();
    parser.on("assert", (one: Tap["asserts"][number]) => void asserts.push(one));
    parser.on("plan", ({ end }: { readonly end: number }) => void (plan = end));
    parser.end(text.replaceAll("KTAP version 1", "TAP version 14"));
    return { ok: parser.ok, plan, asserts };
  };
  /** The suites inside, each with its indentation taken away. */
  const suites = (text: string): readonly string[] => {
    const found: string[] = [];
    for (const line of text.split("\n"))
      if (line === "  KTAP version 1") found.push("KTAP version 1\n");
      else if (line.startsWith("  ")) found[found.length - 1] += `${line.slice(2)}\n`;
    return found;
  };

  test.each(COMMANDS)(
    "%s: a TAP parser reads each level, and the plans agree with what is there",
    async (line) => {
      const text = await report("ktap", line);
      const levels = [text.replaceAll(/^ {2}.*\n/gm, ""), ...suites(text)].map(tap);
      expect(levels.length).toBeGreaterThan(1);
      for (const { plan, asserts } of levels) expect(asserts).toHaveLength(plan);
      expect(levels[0].plan).toBe(levels.length - 1);
    },
  );

  test("a known violation is an expected failure, which is ok, and what says nothing here is skipped", async () => {
    expect(await report("ktap")).toContain(
      "\n  ok 1 posted-interrupt-never-missed # XFAIL violated after 4 steps",
    );
    expect(tap(suites(await report("ktap"))[0]).ok).toBe(true);
  });

  test("one that nobody expected is not ok, on both levels, its run above it", async () => {
    const text = await report("ktap", "explore --design sync-first", surprising);
    expect(text).toContain(`
  #
  #       CPU0     sender    vcpu[0]
  #     1 PREPARE
  #     2          POST v=0  .pir 0>1, sender.sent 0>1
  #     3          NOTIFY
  #     4 ENTER              .mode OUT>IN
`);
    expect(text).toMatch(/ENTER .*\n(?: {2}# .*\n)+ {2}not ok 1 posted-interrupt-never-missed # violated/);
    expect(text).toContain("\nnot ok 1 kvm/posting:sync-first:vmx\n");
    const [inner] = suites(text).map(tap);
    expect(inner.ok).toBe(false);
    expect(inner.asserts.filter(({ ok }) => !ok)).toHaveLength(1);
  });

  test("as the kernel's kunit.py reads result lines: no # in a name", async () => {
    const text = await report("ktap", "explore --allow-unrecorded", awkward);
    const results = text.split("\n").filter((line) => /^\s*(not )?ok /.test(line));
    expect(results).toHaveLength(3);
    for (const line of results) expect(line).toMatch(/^\s*(ok|not ok) [0-9]+ (- )?[^#]*( # .*)?$/);
  });
});

describe("JUnit", () => {
  type Element = Readonly<Record<string, unknown>>;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => ["testsuite", "testcase"].includes(name),
  });
  const parsed = (text: string): Element => {
    expect(XMLValidator.validate(text)).toBe(true);
    return (parser.parse(text) as { readonly testsuites: Element }).testsuites;
  };
  const suitesOf = (root: Element): readonly Element[] => root["testsuite"] as readonly Element[];
  const casesOf = (suite: Element): readonly Element[] => suite["testcase"] as readonly Element[];

  test.each(COMMANDS)("%s: counts agree with the cases, and no name is there twice", async (line) => {
    const root = parsed(await report("junit", line));
    const names = new Set<string>();
    const sums = { tests: 0, failures: 0, errors: 0, skipped: 0 };
    for (const suite of suitesOf(root)) {
      const cases = casesOf(suite);
      const having = (child: string): number => cases.filter((one) => child in one).length;
      const counted = {
        tests: cases.length,
        failures: having("failure"),
        errors: having("error"),
        skipped: having("skipped"),
      };
      for (const [name, count] of Object.entries(counted)) {
        expect(suite[name]).toBe(String(count));
        sums[name as keyof typeof sums] += count;
      }
      for (const one of cases) names.add(`${String(one["classname"])} ${String(one["name"])}`);
    }
    for (const [name, count] of Object.entries(sums)) expect(root[name]).toBe(String(count));
    expect(names.size).toBe(sums.tests);
    expect(sums.failures).toBe(0);
  });

  test("what nobody expected fails, with the steps of its run", async () => {
    const root = parsed(await report("junit", "explore --design sync-first", surprising));
    const failed = suitesOf(root)
      .flatMap(casesOf)
      .filter((one) => "failure" in one);
    expect(failed.map(({ name }) => name)).toEqual(["posted-interrupt-never-missed"]);
    const failure = (failed[0]["failure"] as Element)["#text"];
    expect(failure).toMatch(/^From created, CPU0 takes 1, PREPARE\./);
    expect(failure).toMatch(
      /\n {4}2 {10}POST v=0 {2}\.pir 0>1, sender\.sent 0>1\n(.*\n)+apicv-check replay kvm\/posting/,
    );
  });

  test("a start that cannot be reached is an error", async () => {
    const from = { ...catalogue, scenarios: [counter({ start: [], properties: [below(3)] })] };
    const root = parsed(await report("junit", "check", from));
    expect(root["errors"]).toBe("1");
  });

  test("names are escaped and come back", async () => {
    const text = await report("junit", "explore", awkward);
    expect(suitesOf(parsed(text))).toHaveLength(1);
    expect(text).toContain("end;#1&quot;&lt;a&amp;b&gt;&quot;%");
  });
});

describe("SARIF", () => {
  // The schema is of an older draft, which has no "$id", and "format" is for others to check.
  const { $schema: _, id: __, ...rest } = schema;
  const validate = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
    unicodeRegExp: false,
  }).compile(rest);
  interface Sarif {
    readonly runs: readonly [
      {
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly suppressions?: unknown;
          readonly partialFingerprints: object;
          readonly codeFlows?: readonly {
            readonly message: { readonly text: string };
            readonly threadFlows: readonly {
              readonly locations: readonly {
                readonly executionOrder: number;
                readonly location: { readonly message: { readonly text: string } };
              }[];
            }[];
          }[];
        }[];
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      },
    ];
  }
  const sarif = async (line?: string, from = catalogue): Promise<Sarif["runs"][0]> => {
    const document = JSON.parse(await report("sarif", line, from)) as Sarif;
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    return document.runs[0];
  };

  test("the schema refuses what is no SARIF", () => {
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  test.each(COMMANDS)("%s: fits the schema, and each result has its rule", async (line) => {
    const { results, tool } = await sarif(line);
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test("known: a note that is suppressed; not expected: an error, its run in order over all threads", async () => {
    const [known] = (await sarif()).results;
    expect([known.level, known.suppressions !== undefined]).toEqual(["note", true]);
    const [fresh] = (await sarif("explore --design sync-first", surprising)).results;
    expect([fresh.level, fresh.suppressions !== undefined]).toEqual(["error", false]);
    const order = fresh.codeFlows?.[0].threadFlows.flatMap(({ locations }) =>
      locations.map(({ executionOrder }) => executionOrder),
    );
    expect(order?.toSorted()).toEqual([1, 2, 3, 4]);
    const texts = fresh.codeFlows?.[0].threadFlows.flatMap(({ locations }) =>
      locations.map(({ location }) => location.message.text),
    );
    expect(texts).toContain("POST v=0\nsender.sent 0>1, vcpu[0].pir 0>1");
    expect(fresh.codeFlows?.[0].message.text).toContain("Then CPU0 takes 4, ENTER");
    expect(fresh.partialFingerprints).toEqual(known.partialFingerprints);
  });
});

describe("annotations", () => {
  test("one for each property, however many worlds; nothing of what is known", async () => {
    expect(await report("github")).toBe("");
    const text = await report("github", "check", surprising);
    expect(text.match(/^::/gm)).toHaveLength(1);
    expect(text).toMatch(/^::error title=posted-interrupt-never-missed::violated after 4 steps[^\n]*%0A/);
    expect(text).toContain("kvm/posting:sync-first:vmx, kvm/posting:sync-first:td");
  });

  test("a limit that left a verdict open is a warning", async () => {
    expect(await report("github", "explore --max-states 10")).toMatch(/^::warning title=/m);
  });
});

describe("graphs", () => {
  const GRAPHS = ["dot", "graphml", "gexf", "aut"] as const;
  const xml = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => ["node", "edge"].includes(name),
  });
  interface Drawn {
    readonly nodes: readonly unknown[];
    readonly edges: readonly { readonly from: unknown; readonly to: unknown }[];
  }
  const viz = instance();
  const read: Readonly<Record<(typeof GRAPHS)[number], (text: string) => Promise<Drawn>>> = {
    dot: async (text) => {
      const rendered = (await viz).renderJSON(text) as {
        objects?: object[];
        edges?: { tail: number; head: number }[];
      };
      return {
        nodes: rendered.objects ?? [],
        edges: (rendered.edges ?? []).map(({ tail, head }) => ({ from: tail, to: head })),
      };
    },
    graphml: async (text) => {
      expect(XMLValidator.validate(text)).toBe(true);
      const { graph } = (xml.parse(text) as { graphml: { graph: { node?: object[]; edge?: object[] } } })
        .graphml;
      return {
        nodes: graph.node ?? [],
        edges: (graph.edge ?? []).map((one) => ({
          from: (one as { source: string }).source,
          to: (one as { target: string }).target,
        })),
      };
    },
    gexf: async (text) => {
      expect(XMLValidator.validate(text)).toBe(true);
      const { graph } = (
        xml.parse(text) as { gexf: { graph: { nodes: { node?: object[] }; edges: { edge?: object[] } } } }
      ).gexf;
      return {
        nodes: graph.nodes.node ?? [],
        edges: (graph.edges.edge ?? []).map((one) => ({
          from: (one as { source: string }).source,
          to: (one as { target: string }).target,
        })),
      };
    },
    aut: async (text) => {
      const [header, ...lines] = text.trimEnd().split("\n");
      const [, first, edges, states] = /^des \((\d+),(\d+),(\d+)\)$/.exec(header) ?? [];
      const found = lines.map((line) => {
        const [, from, , to] = /^\((\d+),"([^"\n]{1,5000})",(\d+)\)$/.exec(line) ?? [];
        expect([line, Number(from) < Number(states), Number(to) < Number(states)]).toEqual([
          line,
          true,
          true,
        ]);
        return { from, to };
      });
      expect([first, Number(edges)]).toEqual(["0", found.length]);
      return { nodes: Array.from({ length: Number(states) }), edges: found };
    },
  };

  test.each(GRAPHS)("%s: the trace has the states and steps of the run, its reader says", async (kind) => {
    const { nodes, edges } = await read[kind](
      await report(kind, "explore --design sync-first --graph-of trace"),
    );
    expect([nodes.length, edges.length]).toEqual([5, 4]);
  });

  test.each(GRAPHS)("%s: names with every sign come through its reader", async (kind) => {
    const { nodes, edges } = await read[kind](await report(kind, "explore --allow-unrecorded", awkward));
    expect([nodes.length, edges.length]).toEqual([6, 5]);
  });

  test("check and claims draw their runs, each world apart", async () => {
    for (const line of ["check", "claims"]) {
      const { nodes, edges } = await read.dot(await report("dot", line));
      expect(edges.length).toBeGreaterThan(3);
      expect(nodes.length).toBeGreaterThan(edges.length);
    }
  });

  test("a neighbourhood has the run and what is one step from it, and no more", async () => {
    const size = async (part: string): Promise<number> =>
      (await read.gexf(await report("gexf", `explore --design sync-first --graph-of ${part}`))).nodes.length;
    const [trace, near, all] = [await size("trace"), await size("neighbourhood"), await size("all")];
    expect([trace, all]).toEqual([5, 585]);
    expect(near).toBeGreaterThan(trace);
    // Five states, and in none of them more than six steps can be taken.
    expect(near).toBeLessThanOrEqual(5 + 5 * 6);
  });

  test("parallel steps are one edge and steps that change nothing none, but in what others compute with", async () => {
    const loops = counter({
      actions: ["UP", "ALSO_UP"],
      properties: [below(9)],
      effect: (d) => void (d.n += 1),
    });
    const stays = counter({
      properties: [below(9)],
      guard: () => true,
      effect: (d) => void (d.n = Math.min(d.n + 1, 3)),
    });
    const two = { ...catalogue, scenarios: [loops] };
    expect((await read.dot(await report("dot", "explore", two))).edges).toHaveLength(5);
    expect((await read.aut(await report("aut", "explore", two))).edges).toHaveLength(10);
    const loop = { ...catalogue, scenarios: [stays] };
    expect((await read.dot(await report("dot", "explore", loop))).edges).toHaveLength(3);
    expect((await read.aut(await report("aut", "explore", loop))).edges).toHaveLength(4);
  });

  test("aut with several start states has one more, from which an internal step leads to each", async () => {
    const from = {
      ...catalogue,
      scenarios: [counter({ start: [{ n: 0 }, { n: 1 }], properties: [below(9)] })],
    };
    const text = await report("aut", "explore", from);
    expect((await read.aut(text)).nodes).toHaveLength(7);
    expect(text.match(/^\(0,"i",\d+\)$/gm)).toHaveLength(2);
  });

  test("--graph-of without a graph is refused", async () => {
    const { code, stderr } = await run("explore --graph-of trace");
    expect(code).toBe(2);
    expect(stderr).toContain("--graph-of says what a graph shows");
  });
});

describe("one run", () => {
  /** The format as Apalache's ADR 15 has it. */
  const itfSchema = {
    type: "object",
    required: ["vars", "states"],
    properties: {
      "#meta": { type: "object" },
      params: { type: "array", items: { type: "string" } },
      vars: { type: "array", minItems: 1, items: { type: "string" } },
      loop: { type: "integer", minimum: 0 },
      states: {
        type: "array",
        minItems: 1,
        items: { type: "object", additionalProperties: { $ref: "#/$defs/value" } },
      },
    },
    additionalProperties: false,
    $defs: {
      value: {
        anyOf: [
          { type: ["string", "boolean"] },
          { type: "integer", minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1 },
          { type: "array", items: { $ref: "#/$defs/value" } },
          {
            type: "object",
            required: ["#set"],
            properties: { "#set": { type: "array", items: { $ref: "#/$defs/value" } } },
            additionalProperties: false,
          },
          {
            type: "object",
            propertyNames: { pattern: "^[^#]" },
            additionalProperties: { $ref: "#/$defs/value" },
          },
          {
            type: "object",
            required: ["index"],
            properties: { index: { type: "integer" }, action: { type: "string" }, actor: { type: "string" } },
            additionalProperties: false,
          },
        ],
      },
    },
  };

  test.each(COMMANDS)("%s: ITF fits its schema, and every state has every variable", async (line) => {
    const itf = JSON.parse(await report("itf", line)) as {
      readonly vars: readonly string[];
      readonly states: readonly Readonly<Record<string, unknown>>[];
    };
    const validate = new Ajv({ strict: false, allErrors: true }).compile(itfSchema);
    validate(itf);
    expect(validate.errors ?? []).toEqual([]);
    expect(itf.states).toHaveLength(5);
    for (const state of itf.states)
      expect(Object.keys(state).toSorted()).toEqual(["#meta", ...itf.vars].toSorted());
  });

  test("ITF: what is replayed and what is written are the same states", async () => {
    const itf = JSON.parse(await report("itf")) as { readonly states: readonly Record<string, unknown>[] };
    const json = JSON.parse(await report("json")) as {
      readonly properties: readonly {
        readonly trace: null | {
          readonly start: Record<string, unknown>;
          readonly steps: readonly { readonly action: string }[];
        };
      }[];
    };
    const trace = json.properties.find((one) => one.trace !== null)?.trace;
    const { "#meta": _, ...first } = itf.states[0];
    expect(first).toEqual(trace?.start);
    expect(
      itf.states.slice(1).map((state) => (state["#meta"] as { action: string }).action.replace(/\(.*/, "")),
    ).toEqual(trace?.steps.map(({ action }) => action));
  });

  test("Perfetto: slices inside their thread in the order of the steps, each on a named track", async () => {
    interface Event {
      readonly ph: string;
      readonly pid: number;
      readonly tid?: number;
      readonly ts?: number;
      readonly dur?: number;
      readonly name: string;
    }
    const { traceEvents } = JSON.parse(await report("perfetto", "check")) as {
      traceEvents: readonly Event[];
    };
    const slices = traceEvents.filter(({ ph }) => ph === "X");
    const processes = new Set(slices.map(({ pid }) => pid));
    expect(processes.size).toBeGreaterThan(1);
    for (const pid of processes) {
      const mine = slices.filter((one) => one.pid === pid);
      expect(mine.map(({ ts }) => ts)).toEqual(mine.map((_, place) => place * 1000));
      for (const { tid } of mine)
        expect(
          traceEvents.filter((one) => one.pid === pid && one.tid === tid && one.name === "thread_name"),
        ).toHaveLength(1);
      expect(traceEvents.filter((one) => one.pid === pid && one.ph === "i")).toHaveLength(1);
    }
  });

  test("Mermaid: the whole diagram", async () => {
    expect((await report("mermaid")).split("\n")).toMatchInlineSnapshot(`
      [
        "sequenceDiagram",
        "    autonumber",
        "    participant A0 as CPU0",
        "    participant A1 as sender",
        "    Note over A0,A1: posted-interrupt-never-missed in kvm/posting#58;sync-first#58;vmx",
        "    A0->>A0: PREPARE(v=0)",
        "    Note right of A0: vcpu[0].pc#58; exited -> prepared",
        "    A1->>A1: POST(v=0)",
        "    Note right of A1: sender.pc#58; idle -> posted<br/>sender.sent#58; 0 -> 1<br/>vcpu[0].pir#58; 0 -> 1",
        "    A1->>A1: NOTIFY",
        "    Note right of A1: sender.pc#58; posted -> idle",
        "    A0->>A0: ENTER(v=0)",
        "    Note right of A0: vcpu[0].mode#58; OUT -> IN<br/>vcpu[0].pc#58; prepared -> guest",
        "    Note over A0,A1: violated#58; posted-interrupt-never-missed",
        "",
      ]
    `);
  });

  test("Mermaid: what has a meaning there is written by its number", async () => {
    const text = await report("mermaid", "explore --allow-unrecorded", awkward);
    expect(text).toContain('A0->>A0: #101;nd#59;#35;1"<a&b>"%');
    for (const line of text.trimEnd().split("\n").slice(2))
      expect(line).toMatch(
        /^ {4}(participant A\d+ as |Note (over|right of) A\d+(,A\d+)?: |A\d+->>A\d+: )[^;]*(#\d+;[^;]*)*$/,
      );
  });

  test("without a run nothing is written, and that is said", async () => {
    const { code, stdout, stderr } = await run(
      `explore --property posted-interrupt-never-missed --report itf=${dir}/none.itf.json --report mermaid=-`,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("none.itf.json: is not written: no run decides a verdict");
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe("several at once", () => {
  test("every kind of file from one search, the text still on stdout", async () => {
    const kinds = "json ktap junit sarif github dot graphml gexf aut itf perfetto mermaid".split(" ");
    const flags = kinds.map((kind) => `--report ${kind}=${dir}/out.${kind}`).join(" ");
    const { code, stdout } = await run(`explore --design sync-first ${flags}`);
    expect(code).toBe(0);
    expect(stdout).toContain("posted-interrupt-never-missed");
    expect(readdirSync(dir).toSorted()).toEqual(kinds.map((kind) => `out.${kind}`).toSorted());
    for (const kind of kinds.filter((one) => !["json", "junit"].includes(one)))
      expect(readFileSync(join(dir, `out.${kind}`), "utf8")).toBe(await report(kind));
  });

  test("stdout takes one", async () => {
    const { code, stdout, stderr } = await run("explore --json --report ktap=-");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("stdout takes one report, and json and ktap are asked there");
  });

  test("check and claims say in JSON which version of the tool it was, and how long it took", async () => {
    for (const line of ["check", "claims"]) {
      const said = JSON.parse(await report("json", line)) as Readonly<Record<string, unknown>>;
      expect(said["version"]).toMatch(/^\d+\.\d+\.\d+/);
      expect(said["seconds"]).toBeGreaterThan(0);
    }
    const { checks } = JSON.parse(await report("json", "check")) as {
      readonly checks: readonly { readonly modelVersion: string }[];
    };
    for (const { modelVersion } of checks) expect(modelVersion).toMatch(/^[0-9a-f]{6}$/);
  });
});
