import { describe, expect, test } from "vitest";
import { run } from "../fixtures/io.ts";

/** What may be given several times, by command. */
const repeatable = new Set([
  "--set",
  "--property",
  "--report",
  "--export",
  "--scope",
  "--with",
  "--drop",
  "--change",
  "--never",
  "--always",
  "--reach",
  "--leads-to",
  "--fair",
  "--after",
  "--before",
]);
/** A value that each takes. */
const values: Readonly<Record<string, string>> = {
  "--scenario": "kvm/posting",
  "--design": "mode-first",
  "--guest": "td",
  "--schedule": "pct",
  "--shard": "1/2",
  "--graph": "a.dot",
  "--max-memory": "2G",
  "--time-limit": "5s",
  "--checkpoint": "a",
  "--checkpoint-every": "5s",
  "--resume": "a",
  "--trace": "full",
  "--trace-order": "calm",
  "--graph-of": "all",
  "--format": "ftrace",
};
const words: Readonly<Record<string, string>> = {
  compare: "mode-first sync-first",
  list: "designs",
  replay: "a:b:c:d",
};

/** The flags of a command as its help lists them, each with whether it takes a value. */
const flagsOf = async (command: string): Promise<readonly (readonly [string, boolean])[]> => {
  const { stdout } = await run(`${command} --help`);
  return [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)( [<[])?/gm)]
    .map(([, flag, value]) => [flag, value === " <"] as const)
    .filter(([flag]) => flag !== "--help");
};
const commands = ["explore", "simulate", "claims", "compare", "check", "list", "replay"];

describe("B14: what may be given once is refused twice", () => {
  test.for(commands)("%s", async (command) => {
    const flags = await flagsOf(command);
    expect(flags.length).toBeGreaterThan(0);
    for (const [flag, takes] of flags) {
      if (repeatable.has(flag) && !(command === "replay" && flag === "--property")) continue;
      if (command === "claims" && flag === "--design") continue;
      const once = takes ? `${flag} ${values[flag] ?? "7"}` : flag;
      const { code, stdout, stderr } = await run(`${command} ${words[command] ?? ""} ${once} ${once}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(`${flag} is given twice, and may be given once`);
    }
  });

  test("another value, or the same again, of one option", async () => {
    const twice = await run("explore --set notification=none --set notification=ipi");
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain("--set gives notification two values: none and ipi");
    const same = await run("explore --set notification=none --set notification=none");
    expect(same.code).toBe(2);
    expect(same.stderr).toContain("--set gives notification twice");
  });

  test("written with = it is the same flag", async () => {
    expect((await run("explore --design=mode-first --design sync-first")).code).toBe(2);
  });
});
