import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { shipped } from "../../../scenarios/shipped.ts";
import { main } from "../../../src/command/program.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const isThere = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

let dir: string;
const printed = async (...words: readonly string[]): Promise<string> => {
  const { io, written } = fakeIo();
  await main(words, io, shipped);
  return written.stdout;
};
/** The commands with what each is for, as the help has them. */
let commands: readonly string[];
beforeAll(async () => {
  dir = temporaryFolder();
  writeFileSync(join(dir, "mine.yaml"), "");
  for (const shell of ["zsh", "fish"])
    writeFileSync(join(dir, `script.${shell}`), await printed("completion", shell));
  const help = await printed("--help");
  commands = [...help.slice(help.indexOf("\nCommands:")).matchAll(/^ {2}([a-z]+) /gm)].map(
    ([, name]) => name,
  );
});

let asked = 0;
const byZsh = (line: string): readonly string[] => {
  const offered = join(dir, `offered-${asked++}`);
  execFileSync("zsh", ["-f", join(import.meta.dirname, "complete.zsh"), line], {
    cwd: dir,
    env: { ...process.env, SCRIPT: join(dir, "script.zsh"), OFFERED: offered },
  });
  expect(existsSync(`${offered}.end`)).toBe(true);
  return existsSync(offered) ? readFileSync(offered, "utf8").split("\n") : [];
};

const byFish = (line: string): readonly string[] =>
  execFileSync("fish", ["--no-config", "-c", 'source script.fish; complete -C "$argv"', line], {
    cwd: dir,
    encoding: "utf8",
  })
    .split("\n")
    .map((one) => one.split("\t")[0].replace(/^--\w+=/, ""));

/** What a shell offers, each once, in the order of the alphabet. */
const sorted = (words: readonly string[]): readonly string[] =>
  [...new Set(words.filter((word) => word !== ""))].toSorted();

test.each([
  ["zsh", byZsh],
  ["fish", byFish],
] as const)("%s completes commands, options, values, names and files", (shell, complete) => {
  const script = readFileSync(join(dir, `script.${shell}`), "utf8");
  const named = [...commands, "kvm/timer-modes", "v1-inhibit", "design"];
  expect(named.filter((word) => !script.includes(word))).toEqual([]);
  // Without the shell no more can be said than that its script names what is to be offered.
  if (!isThere(shell)) return;
  const offered = (line: string): readonly string[] => sorted(complete(`apicv-check ${line}`));
  expect(commands.length).toBeGreaterThan(12);
  expect(offered("")).toEqual(expect.arrayContaining([...commands]));
  expect(offered("expl")).toEqual(["explain", "explore"]);
  expect(offered("explore kvm/ti")).toEqual(["kvm/timer", "kvm/timer-modes", "kvm/timer-other-guests"]);
  expect(offered("explore --des")).toEqual(["--design"]);
  expect(offered("explore --design v")).toEqual(["v1-inhibit"]);
  expect(offered("explore --design=v")).toEqual(["v1-inhibit"]);
  expect(offered("explore kvm/timer --property tmict-w")).toEqual(["tmict-write-loses-no-expiry"]);
  expect(offered("explore --trace ")).toEqual(["brief", "full", "steps"]);
  expect(offered("list bu")).toEqual(["bugs"]);
  expect(offered("completion ")).toEqual(["bash", "fish", "zsh"]);
  expect(offered("flip RT-1")).toEqual(["RT-1"]);
  expect(offered("explore mi")).toEqual(expect.arrayContaining(["mine.yaml"]));
  expect(offered("explore --file mi")).toEqual(["mine.yaml"]);
  expect(offered("explain mine")).not.toContain("mine.yaml");
  // What a command is called is no command where something else is asked.
  expect(offered("explain step --scr")).not.toContain("--script");
});
