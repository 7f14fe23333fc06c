import { describe, expect, test } from "vitest";
import { run } from "../fixtures/io.ts";

const stdout = async (line: string): Promise<string> => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
};

describe("list", () => {
  test.each([
    ["designs", "mode-first  The mode is set before the PIR is read"],
    ["guests", "vmx  An ordinary guest\ntd\n"],
    ["scenarios", "kvm/posting  Two vCPUs enter"],
    ["properties", "both-interrupts-taken          Both interrupts are taken."],
    ["claims", "Z1  decided by posted-interrupt-never-missed"],
    ["actions", "POST     vmx_deliver_posted_interrupt()"],
    ["bugs", "no bugs"],
    ["options", "notification  ipi|none"],
  ])("%s", async (kind, text) => {
    expect(await stdout(`list ${kind}`)).toContain(text);
    const json = JSON.parse(await stdout(`list ${kind} --json`)) as Readonly<Record<string, unknown>>;
    expect(Object.keys(json)).toEqual(["schemaVersion", "version", kind]);
    expect(Array.isArray(json[kind])).toBe(true);
  });

  test("an entry says all that is known as JSON", async () => {
    const { properties } = JSON.parse(await stdout("list properties --json")) as {
      readonly properties: unknown[];
    };
    expect(properties[0]).toEqual({
      name: "posted-interrupt-never-missed",
      about: "A vCPU that runs its guest has no posted interrupt that nobody will notify.",
      kind: "invariant",
      role: "requirement",
      claim: "Z1",
      source: "fixture 2",
      kernel: "vmx_sync_pir_to_irr()",
      scenarios: ["kvm/posting"],
    });
  });
});

describe("explain", () => {
  test("a property: what it says, who said it, the kernel functions, where it holds", async () => {
    const text = await stdout("explain posted-interrupt-never-missed");
    for (const part of [
      "says       A vCPU that runs its guest has no posted interrupt",
      "said by    fixture 2",
      "kernel     vmx_sync_pir_to_irr()",
      "expected in kvm/posting\n",
      "    mode-first: holds\n",
      "    sync-first: violated (the mode is set after the PIR was read)\n",
      "    notification none: violated (nobody tells the vCPU)\n",
      "apicv-check explore --scenario kvm/posting --property posted-interrupt-never-missed\n",
    ])
      expect(text).toContain(part);
  });

  test("a claim explains its properties", async () => {
    expect(await stdout("explain Z1")).toBe(await stdout("explain posted-interrupt-never-missed"));
  });

  test.each([
    ["kvm/posting", "    sync-first: violated (the mode is set"],
    ["sync-first", "is         The PIR is read before the mode is set"],
    ["td", "guest td"],
    ["notification", "values     ipi, none (the first is the default)"],
    ["ENTER", "kernel     vmx_sync_pir_to_irr()"],
  ])("%s", async (id, text) => expect(await stdout(`explain ${id}`)).toContain(text));

  test("every command it proposes can be run", async () => {
    for (const id of ["Z1", "kvm/posting", "sync-first", "td", "notification"]) {
      const command = /apicv-check (explore .*)\n$/.exec(await stdout(`explain ${id}`))?.[1];
      expect((await run(command ?? "")).code).toBe(0);
    }
  });

  test("what is not there is an error with the nearest name", async () => {
    expect(await run("explain posted-interrupt-never-mised")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('did you mean "posted-interrupt-never-missed"?') as string,
    });
    expect((await run("explain Z9")).stderr).not.toContain('"td"');
  });
});

describe("help and version", () => {
  test("help names the commands, examples and exit codes", async () => {
    const text = await stdout("--help");
    for (const part of [
      "explore",
      "simulate",
      "check",
      "claims",
      "list",
      "explain",
      "replay",
      "Examples:",
      "Exit codes:",
      "130",
    ])
      expect(text).toContain(part);
  });

  test("each command has its own, no option of another version in it", async () => {
    const text = await stdout("explore --help");
    for (const option of [
      "--depth",
      "--switches",
      "--symmetry",
      "--por",
      "--workers",
      "--json",
      "--graph",
      "--max-memory",
      "--require-complete",
    ])
      expect(text).toContain(option);
  });

  test("the version is the package's", async () => {
    expect(await stdout("--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("no command at all is bad usage", async () => {
    expect(await run("")).toMatchObject({ code: 2, stdout: "" });
  });
});
