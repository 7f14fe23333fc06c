import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(argv, io, shipped);
  return { code, ...written, unwrapped: written.stdout.replaceAll(/\s+/g, " ") };
};
const json = async (...argv: readonly string[]): Promise<Record<string, unknown>> => {
  const { stdout, stderr } = await run(...argv, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
};

const folder = (): string => temporaryFolder();
const jugs = `format: 1
name: jugs
about: a jug that holds two gallons is not filled up
extends: oracle/die-hard
change:
  - in: Fill(jug=0)
    when: amount[0] != 2
properties:
  never-4-gallons:
    expect:
      - is: violated
        because: it is measured as before
`;
const fileOf = (text: string): string => {
  const file = join(folder(), "q.yaml");
  writeFileSync(file, text);
  return file;
};
const edited = (file: string, was: string, is: string): void => {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(was);
  writeFileSync(file, text.replace(was, is));
};

const question = "scenarios/questions/no-unblock.yaml";
const modelChanged = "its model is CHANGED";
const change = "in apic_timer_fn: without vcpu[v].req.UNBLOCK";
const varied = {
  by: question,
  from: "kvm/timer",
  changes: expect.arrayContaining([change]) as unknown,
};

describe("checkpoints", () => {
  const cutShort = async (file: string): Promise<string> => {
    const dir = join(folder(), "kept");
    const { code, unwrapped } = await run("explore", file, "--checkpoint", dir, "--max-states", "8");
    expect(code).toBe(3);
    expect(unwrapped).toContain("stopped at the limit of 8 states");
    return dir;
  };

  test("a search of a file that was cut short comes to the answers of a whole one", async () => {
    const file = fileOf(jugs);
    const resumed = await json("explore", file, "--resume", await cutShort(file));
    const whole = await json("explore", file);
    expect(whole["varied"]).toMatchObject({ idleChanges: [] });
    // What made a difference before is not in the checkpoint: nothing is said of it.
    expect(resumed["varied"]).toMatchObject({ from: "oracle/die-hard", idleChanges: null });
    expect(resumed["states"]).toBe(16);
    for (const key of ["modelVersion", "complete", "states", "transitions", "depth", "properties"])
      expect([key, resumed[key]]).toEqual([key, whole[key]]);
  });

  test.each([
    ["the change", "!= 2", "!= 1", /scenario file: \w{12} there, \w{12} here\n *model version: /],
    ["what is asked", "is: violated", "is: holds", /scenario file: \w{12} there, \w{12} here\n/],
  ])("a file of which %s was edited since is refused", async (_, was, is, why) => {
    const file = fileOf(jugs);
    const dir = await cutShort(file);
    edited(file, was, is);
    const { code, stdout, stderr } = await run("explore", file, "--resume", dir);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${dir} is a checkpoint of another question:`);
    expect(stderr).toMatch(why);
  });
});

describe("a matrix", () => {
  // Other threads need the compiled program.
  const asked = ["explore", question, "--set", "timerMode=*", "--workers", "1"];

  test("says that the model is changed, and calls nothing known", async () => {
    const { code, unwrapped } = await run(...asked);
    expect(code).toBe(0);
    expect(unwrapped).toContain(modelChanged);
    expect(unwrapped).toContain(change);
    expect(unwrapped).toMatch(
      /violated 17 timerMode=oneshot \(no effect: .*\): 2,788 states; .*no-pending-timer-in-guest 17 \(expected\)/,
    );
    expect(unwrapped).not.toContain("known");
  });

  test("as data it has what varies, and each combination the answers of a search of its own", async () => {
    const matrix = await json(...asked);
    expect(matrix["varied"]).toMatchObject(varied);
    const combinations = matrix["combinations"] as readonly {
      readonly options: Readonly<Record<string, string>>;
      readonly states: number;
      readonly properties: readonly { readonly id: string; readonly traceLength: number }[];
    }[];
    expect(combinations.map(({ options }) => options["timerMode"]).toSorted()).toEqual([
      "oneshot",
      "periodic",
    ]);
    for (const { options, states, properties } of combinations) {
      const alone = await json("explore", question, "--set", `timerMode=${options["timerMode"]}`);
      expect(states).toBe(alone["states"]);
      expect(properties.map(({ id, traceLength }) => [id, traceLength])).toEqual(
        (
          alone["properties"] as readonly {
            readonly id: string;
            readonly trace: { readonly length: number };
          }[]
        ).map(({ id, trace }) => [id, trace.length]),
      );
    }
  });

  test("compare --all-options says the same", async () => {
    const { unwrapped } = await run(
      "compare",
      "--file",
      question,
      "--all-options",
      "--workers",
      "1",
      ...["nohzFull=off", "timerMode=oneshot", "tdhVpEnter=may-be-busy", "hltInGuest=off"].flatMap(
        (value) => ["--set", value],
      ),
      "--set",
      "timerDelivery=pending",
    );
    expect(unwrapped).toContain(modelChanged);
    expect(unwrapped).toContain("no-pending-timer-in-guest after 17 steps (expected)");
    expect(unwrapped).not.toContain("(known)");
  });
});

test("compare says what was changed, and where a step that differs was", async () => {
  const words = ["compare", "upstream", "upstream,timerDelivery=direct", "--file", question];
  const { code, stdout, unwrapped } = await run(...words);
  // The file expects a violation, which direct delivery prevents.
  expect(code).toBe(1);
  expect(unwrapped).toContain(modelChanged);
  expect(stdout).toMatch(/^ {2}replaced apic_timer_fn$/m);
  expect(stdout).toContain(` changed in ${question}\n`);
  expect(stdout).toMatch(/^\* {2}no-pending-timer-in-guest +violated 17 +vacuous !$/m);
  expect(unwrapped).toContain("apicv-check replay \\ no-unblock:upstream:td:");
  expect(unwrapped).toContain(`--file \\ ${question}`);
  expect((await json(...words))["varied"]).toMatchObject(varied);
});

test("simulate walks through the changed model, and the run that it finds is replayed", async () => {
  const words = ["simulate", question, "--runs", "50", "--seed", "1"];
  const { code, unwrapped } = await run(...words);
  expect(code).toBe(0);
  expect(unwrapped).toContain(modelChanged);
  expect(unwrapped).toContain(`model changed in ${question}`);
  expect(unwrapped).toContain(`apicv-check simulate --file ${question}`);
  expect(unwrapped).not.toContain("known");
  const result = await json(...words);
  expect(result["varied"]).toMatchObject(varied);
  const properties = result["properties"] as readonly {
    readonly verdict: string;
    readonly trace: { readonly replay: string };
  }[];
  expect(properties.map(({ verdict }) => verdict)).toEqual(["violated", "violated"]);
  const again = await run("replay", properties[0].trace.replay, "--file", question);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("broken: no-pending-timer-in-guest");
});

test("the reason that a file gives is what it expects, as data too, and is not called known", async () => {
  const { properties } = (await json("explore", fileOf(jugs))) as {
    readonly properties: readonly { readonly because: string }[];
  };
  expect(properties[0].because).toContain("expected: it is measured as before");
});
