import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { claims as book } from "../../../scenarios/claims/index.ts";
import { shipped } from "../../../scenarios/shipped.ts";
import { main } from "../../../src/command/program.ts";
import { SHELLS } from "../../../src/command/completion/shells.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const printed = async (...words: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(words, io, shipped);
  return { code, ...written };
};

/** Each command and its options, as its help has them: what `-h` prints, not what the scripts are made from. */
const helped = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { stdout } = await printed("--help");
  const [, commands] = /^Commands:\n([^]*?)\n\n/m.exec(stdout)!;
  const names = [...commands.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
  const all = await Promise.all(
    names.map(async (name) => {
      const help = (await printed(name, "--help")).stdout;
      return [name, [...help.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, long]) => long)] as const;
    }),
  );
  return new Map(all);
};

let dir = "";
const scripts = new Map<string, string>();
let commands: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  dir = temporaryFolder();
  for (const shell of SHELLS) scripts.set(shell, (await printed("completion", shell)).stdout);
  writeFileSync(join(dir, "completion.bash"), scripts.get("bash")!);
  commands = await helped();
});

/** What bash would offer for the last of some words. */
const offered = (...words: readonly string[]): readonly string[] =>
  execFileSync(
    "bash",
    [
      "-c",
      'source "$0"; COMP_WORDS=(apicv-check "$@"); COMP_CWORD=$#; _apicv_check; printf "%s\\n" "${COMPREPLY[@]}"',
      join(dir, "completion.bash"),
      ...words,
    ],
    { encoding: "utf8" },
  )
    .split("\n")
    .filter((word) => word !== "");

test("bash parses its script, and offers every command and every option of each", () => {
  execFileSync("bash", ["-n", join(dir, "completion.bash")]);
  expect(commands.size).toBeGreaterThan(12);
  expect(offered("").filter((word) => !word.startsWith("-"))).toEqual([...commands.keys()]);
  for (const [command, options] of commands)
    expect(offered(command, "--").toSorted()).toEqual(options.map((long) => `--${long}`).toSorted());
});

test("bash offers the names of worlds, values, properties, claims, bugs and kinds where they can stand", async () => {
  const { scenarios } = await shipped();
  const names = scenarios.map(({ name }) => name);
  for (const command of ["explore", "simulate", "check", "step"])
    expect(offered(command, "")).toEqual(expect.arrayContaining(names));
  expect(offered("explore", "kvm/ti")).toEqual(names.filter((name) => name.startsWith("kvm/ti")));
  expect(offered("list", "--scenario", "tim")).toContain("timer");
  expect(offered("explore", "timer", "--design", "v1")).toEqual(["v1-inhibit"]);
  expect(offered("explore", "--property", "tmict-write")).toContain("tmict-write-loses-no-expiry");
  expect(offered("claims", "P")).toEqual(book.claims.map(({ id }) => id).filter((id) => /^P\w+$/.test(id)));
  expect(offered("flip", "RT-1")).toEqual(["RT-1"]);
  expect(offered("explore", "--trace", "")).toEqual(["brief", "steps", "full"]);
  expect(offered("list", "bu")).toEqual(["bugs"]);
  // As bash splits --trace=st and --trace=.
  expect(offered("explore", "--trace", "=", "st")).toEqual(["steps"]);
  expect(offered("explore", "--trace", "=")).toEqual(["brief", "steps", "full"]);
  // The value of an option of which no words are known is a file, or what only the user knows.
  expect(offered("explore", "--file", "")).toEqual([]);
});

test("the scripts for zsh and fish have every command, option and world", async () => {
  const { scenarios } = await shipped();
  const zsh = scripts.get("zsh")!;
  const fish = scripts.get("fish")!;
  for (const [command, options] of commands) {
    const inZsh = zsh.split("\n").find((line) => line.startsWith(`      ${command}) options=(`));
    for (const long of options) {
      expect(inZsh).toContain(`'--${long}:`);
      expect(fish).toContain(`-n '__apicv_check_is ${command}' -l ${long} `);
    }
  }
  for (const { name } of scenarios)
    for (const script of [zsh, fish]) expect(script).toMatch(new RegExp(`explore.*${name}`));
});

test("the manual page has every command and option, and nothing that roff would read otherwise", async () => {
  const { stdout, code } = await printed("man");
  expect(code).toBe(0);
  const text = stdout.replaceAll("\\-", "-");
  for (const [command, options] of commands) {
    const at = text.indexOf(`.SS "apicv-check ${command} `);
    expect({ command, at }).not.toEqual({ command, at: -1 });
    const next = text.indexOf("\n.S", at + 1);
    for (const long of options)
      expect(text.slice(at, next)).toMatch(new RegExp(`^\\\\fB.*--${long}\\b`, "m"));
  }
  for (const code of [0, 1, 2, 3, 70, 130]) expect(text).toMatch(new RegExp(`^ {2}${code} `, "m"));
  const requests = new Set([...stdout.matchAll(/^[.'].*?(?= |$)/gm)].map(([request]) => request));
  expect([...requests].toSorted()).toEqual([".SH", ".SS", ".TH", ".TP", ".fi", ".nf"]);
});

test("an unknown shell is refused, with the nearest", async () => {
  const { code, stderr } = await printed("completion", "bsh");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'apicv-check: unknown shell "bsh" (did you mean "bash"?)\n  type: apicv-check completion bash\n',
  });
});
