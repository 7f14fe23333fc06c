import {
  closeSync,
  cpSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../fixtures/io.ts";
import { answersRightly, hostileDirectory, hostileLines } from "./hostile-command-lines.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const dir = temporaryFolder();

/** What is said on stderr where a line is refused. */
const refusal = async (...line: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await answersRightly(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr;
};

test("every command line is answered by an exit code of the contract, one clear message where it is refused, and JSON alone where that is promised", async () => {
  const hostile = await hostileDirectory();
  const codes = new Set<number>();
  const law = fc.asyncProperty(hostileLines(hostile.dir), async (line) => {
    codes.add((await answersRightly(line)).code);
  });
  await fc.assert(law, { numRuns: 150 }).finally(hostile.remove);
  // What is refused at once tests the parser alone.
  expect([...codes]).toEqual(expect.arrayContaining([0, 2]));
});

describe("D1: every refusal begins with the program's name", () => {
  test.for([
    ["--bogus"],
    ["explor"],
    ["explore", "--depth", "x"],
    ["explore", "--scenario"],
    [],
    ["--"],
    ["--", "--"],
  ])("%j", async (line) => {
    expect(await refusal(...line)).toMatch(/^apicv-check: [a-z]/);
  });
});

describe("D2: what is quoted in a message cannot write to the terminal, nor fill it", () => {
  test.for([
    ["\u001b[2Jx"],
    ["explore", "--scenario", "\u001b]0;x\u0007"],
    ["explore", "--depth", "\u202e8"],
    ["explain", "\u009b2J"],
    ["replay", "\r\u001b[1A"],
  ])("%j", async (line) => {
    expect(await refusal(...line)).toMatch(/\\u\{[0-9a-f]+\}/);
  });
  test("a word of 100,000 letters", async () => {
    expect((await refusal("explore", "--property", "x".repeat(100_000))).length).toBeLessThan(2000);
    expect((await refusal("x".repeat(100_000))).length).toBeLessThan(2000);
  });
});

describe("D3: what a trace is read from neither ends nor blocks", () => {
  test("a device without end", async () => {
    expect(await refusal("replay", "/dev/zero")).toContain("more than 67108864 bytes");
  });
  test("a pipe that nobody writes to", async () => {
    execFileSync("mkfifo", [join(dir, "silent")]);
    expect(await refusal("replay", join(dir, "silent"))).toContain("it is empty");
  });
});

test("D4: a result that is nested without end is no result", async () => {
  const { stdout } = await run(["explore", "--design", "sync-first", "--json"]);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  writeFileSync(join(dir, "deep.json"), stdout.replace(/"start": \{/, `"start": ${deep}, "was": {`));
  expect(await refusal("replay", join(dir, "deep.json"))).toContain("nested deeper than 200 levels");
});

test("D5: a report for a pipe that nobody reads is exit 2, and one that somebody reads arrives", async () => {
  const pipe = join(dir, "unread");
  execFileSync("mkfifo", [pipe]);
  const { code, stdout, stderr } = await run(["explore", "--report", `json=${pipe}`]);
  expect(code).toBe(2);
  expect(stdout).toContain("states");
  expect(stderr).toBe(`apicv-check: cannot write ${pipe}: there is no such device, or nobody reads it\n`);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    expect((await run(["explore", "--report", `json=${pipe}`])).code).toBe(0);
    expect(JSON.parse(readFileSync(reader, "utf8"))).toHaveProperty("schemaVersion");
  } finally {
    closeSync(reader);
  }
});

test("D6: a link stays a link, also one that leads to no file yet, and one in a circle is refused", async () => {
  const link = join(dir, "link.json");
  symlinkSync("made.json", link);
  expect((await run(["explore", "--report", `json=${link}`])).code).toBe(0);
  expect(readlinkSync(link)).toBe("made.json");
  expect(JSON.parse(readFileSync(join(dir, "made.json"), "utf8"))).toHaveProperty("schemaVersion");
  symlinkSync("circle.json", join(dir, "circle.json"));
  expect(await refusal("explore", "--report", `json=${join(dir, "circle.json")}`)).toContain(
    "lead in a circle",
  );
  expect(await refusal("explore", "--report", `json=${join(dir, "none/")}`)).toContain("names a directory");
});

describe("D7: an option is not the value of the option before it", () => {
  test.for(["--checkpoint", "--resume", "--scenario", "--graph", "--report"])("%s --json", async (flag) => {
    expect(await refusal("explore", flag, "--json")).toContain(
      `${flag} takes a value, and --json is an option`,
    );
  });
});

test("D8: two forms of one result are not both given", async () => {
  expect(await refusal("claims", "--json", "--markdown")).toContain("leave out one of the two");
});

test("D9: where no more files can be opened that is said, and is no error of the program", async () => {
  const memory = (): never => {
    throw Object.assign(new Error("EMFILE: too many open files, open 'x.js'"), { code: "EMFILE" });
  };
  const { code, stderr } = await run(["explore"], { memory });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "apicv-check: no verdict was reached: too many files are open\n",
  });
});

test("D10: a pipe where a checkpoint should have a file is not waited for", async () => {
  const kept = join(dir, "kept");
  expect((await run(["explore", "--max-states", "9", "--checkpoint", kept])).code).toBe(3);
  for (const name of readdirSync(kept)) {
    const spoilt = join(dir, `spoilt-${name}`);
    cpSync(kept, spoilt, { recursive: true });
    rmSync(join(spoilt, name));
    execFileSync("mkfifo", [join(spoilt, name)]);
    expect(await refusal("explore", "--resume", spoilt)).toContain("it is a pipe or a device, not a file");
  }
});
