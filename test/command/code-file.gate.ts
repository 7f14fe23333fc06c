import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(argv, io, shipped);
  return { code, ...written };
};

/** A module of that text in a folder of its own, far from any package. */
const moduleOf = (text: string, name = "x.ts"): string => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
};

const jugs = (most: number): string => `
import { actionOf, int, propertyOf, record, vector, type ValueOf } from "apicv-check";
import { scenarioOf } from "apicv-check/catalogue";

const State = record({ amount: vector("jug", int(0, 5)) });
type State = ValueOf<typeof State>;
const fill = actionOf<State>()("fill", {
  actor: "heroes",
  args: { jug: "jug" },
  guard: (s, { jug }) => s.amount[jug] < ${most},
  effect: (d, { jug }) => void d.amount[jug]++,
});
const never = propertyOf<State>().invariant({
  id: "never-4-gallons",
  statement: "No jug holds 4 gallons.",
  holds: ({ amount }) => !amount.includes(4),
});
const world = (name: string, size: number) =>
  scenarioOf<State>({
    name,
    about: "jugs are filled",
    scope: { jug: size },
    model: { name: "jugs", state: State, init: ({ jug }) => [{ amount: Array<number>(jug).fill(0) }], actions: [fill] },
    properties: [never],
    expected: [{ property: "never-4-gallons", verdict: "${most > 3 ? "violated" : "holds"}" }],
  });
export default { small: world("mine/small", 1), large: world("mine/large", 2) };
`;

interface Report {
  readonly modelVersion: string;
  readonly scenario: string;
  readonly varied: { readonly by: string; readonly hash: string; readonly from: string | null };
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly trace: { readonly replay: string };
  }[];
}
const report = async (...argv: readonly string[]): Promise<Report> => {
  const { code, stdout, stderr } = await run("explore", ...argv, "--json", "--allow-unrecorded");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Report;
};

test("the first scenario of a module is explored, another is named, and check looks at all", async () => {
  const file = moduleOf(jugs(4));
  const small = await report(file);
  expect([small.scenario, small.varied.by, small.varied.from]).toEqual(["mine/small", file, null]);
  expect(small.properties.map(({ verdict }) => verdict)).toEqual(["violated"]);
  expect((await report("--file", file, "--scenario", "large")).scenario).toBe("mine/large");
  const { code, stdout } = await run("check", file);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^mine\/small .* 5 states /m);
  expect(stdout).toMatch(/^mine\/large .* 25 states /m);
});

test("the run of a module is replayed with it; an edited one has another version", async () => {
  const file = moduleOf(jugs(4));
  const was = await report(file);
  const { replay } = was.properties[0].trace;
  const again = await run("replay", replay, "--file", file);
  expect(again.stderr).toBe("");
  expect(again.stdout).toContain("4 steps");
  expect((await run("replay", replay)).code).toBe(2);
  writeFileSync(file, `${jugs(4)}// the same, with a remark\n`);
  const is = await report(file);
  expect(is.varied.hash).not.toBe(was.varied.hash);
  expect(is.modelVersion).not.toBe(was.modelVersion);
  expect((await run("replay", replay, "--file", file)).stdout).toContain(is.modelVersion);
});

test("a module is loaded anew where its text is another", async () => {
  const file = moduleOf(jugs(4));
  expect((await report(file)).properties[0].verdict).toBe("violated");
  writeFileSync(file, jugs(3));
  expect((await report(file)).properties[0].verdict).toBe("holds");
});

const property = `
import { invariant, type State } from "apicv-check/kvm";
export default invariant({
  id: "never-two-pending",
  statement: "A timer counts no second expiry",
  source: "a question",
  kernel: "apic_timer_expired()",
  args: { v: "vcpu" },
  holds: ({ timer }: State, { v }) => timer[v].pending < 2,
});
`;

test("a property is asked of the world that is named, whose model keeps its version", async () => {
  const file = moduleOf(property);
  const asked = await report("--file", file, "--scenario", "kvm/timer", "--property", "never-two-pending");
  expect(asked.properties.map(({ id }) => id)).toEqual(["never-two-pending"]);
  expect(asked.modelVersion).toBe(
    (await report("kvm/timer", "--property", "no-pending-timer-in-guest")).modelVersion,
  );
  expect(asked.varied.from).toBe("kvm/timer");
  const { stdout } = await run("explore", "--file", file, "--scenario", "oracle/die-hard");
  expect(stdout).not.toContain("never-two-pending");
});

test("an option and an action take part in the world that is named", async () => {
  const file = moduleOf(`
import { action, option } from "apicv-check/kvm";
const forgotten = action("forget_pending", {
  actor: "CPU0",
  args: { v: "vcpu" },
  kernel: "nobody",
  source: "a question",
  atomic: "one store",
  guard: (s, { v }) => s.timer[v].pending > 0 && s.vcpu[v].pc === "NONROOT",
  effect: (d, { v }) => { d.timer[v].pending = 0; },
});
export default [
  option({ name: "forgets", about: "whether pending is forgotten", source: "a question", values: { no: {}, yes: { add: [forgotten] } } }),
  { ...forgotten, name: "forget_always", guard: () => false },
];
`);
  const counts = async (...argv: readonly string[]) => {
    const { stdout, stderr, code } = await run("explore", "--file", file, "--scenario", "kvm/timer", ...argv);
    expect([stderr, code === 0 || code === 1]).toEqual(["", true]);
    return stdout.replaceAll(/\s+/g, " ");
  };
  expect(await counts()).toContain("action forget_always");
  expect(await counts("--set", "forgets=yes")).toContain("forgets=yes");
});

test.each([
  ["export default {", /x\.ts:1.*/],
  ["\n\nthrow new Error('so it is');\nexport default 1;", /x\.ts:3:\d+: so it is/],
  ["export const a = 1;", /has no default export/],
  ["export default 5;", /its default export is nothing that can be added/],
  ["export default { a: 5 };", /"a" of its default export is nothing that can be added/],
  ["export default [];", /its default export has nothing in it/],
  ['import "./not-there.ts";\nexport default 1;', /not-there/],
  ['import { nothing } from "apicv-check";\nexport default nothing();', /x\.ts:\d.*nothing/],
  [
    'import { extendWorld } from "apicv-check/kvm";\nexport default extendWorld("kvm/timr", { name: "x", about: "x", properties: [] });',
    /x\.ts:2:\d+: unknown world "kvm\/timr" \(did you mean "kvm\/timer"\?\)/,
  ],
  [jugs(4).replace("mine/small", "kvm/timer"), /there is a scenario called kvm\/timer already/],
])("what is wrong with a module is said in one error, and exits 2: %j", async (text, wanted) => {
  const { code, stdout, stderr } = await run("explore", moduleOf(text));
  expect(stderr).toMatch(wanted);
  expect(stderr).not.toContain("    at ");
  expect([code, stdout]).toEqual([2, ""]);
});

test("a module that adds no scenario is nothing to check by itself", async () => {
  const { code, stderr } = await run("check", moduleOf(property));
  expect(code).toBe(2);
  expect(stderr).toContain("there is no scenario to check");
  expect((await run("explore", "not-there.ts")).stderr).toContain("cannot read not-there.ts");
});

test("a folder is all the scenario files and modules in it", async () => {
  const folder = dirname(moduleOf(jugs(4)));
  writeFileSync(join(folder, "notes.txt"), "not read");
  writeFileSync(join(folder, "types.d.ts"), "not read");
  writeFileSync(
    join(folder, "q.yaml"),
    "format: 1\nname: q\nabout: q\nextends: oracle/die-hard\nproperties: { never-4-gallons: any }\n",
  );
  const { code, stdout, stderr } = await run("check", folder);
  expect([code, stderr]).toEqual([0, ""]);
  for (const name of ["mine/small", "mine/large", "q"]) expect(stdout).toContain(`${name}  `);
  expect(stdout).toContain("3 cases of 3 scenarios");
  expect((await report("--file", folder, "--scenario", "large")).scenario).toBe("mine/large");
  const empty = temporaryFolder();
  expect((await run("check", empty)).stderr).toContain(
    `no scenario file (.yaml) and no module (.ts, .mjs) in ${empty}`,
  );
});

test("what lies where a name of a scenario is typed is not run", async () => {
  const before = process.cwd();
  const home = temporaryFolder();
  mkdirSync(join(home, "die-hard"));
  writeFileSync(join(home, "die-hard", "x.mjs"), "throw new Error('was run')");
  try {
    process.chdir(home);
    const { code, stdout, stderr } = await run("explore", "die-hard", "--allow-unrecorded");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("oracle/die-hard");
    expect((await run("check", "die-hard/")).stderr).toContain("was run");
  } finally {
    process.chdir(before);
  }
});
