import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemReason } from "../../src/errors.ts";
import { run } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const dir = temporaryFolder();

/** What the system calls its errors, which is no word for a user. */
const RAW = /\bE[A-Z]{3,}\b|errno|syscall|, (open|mkdir|rename|stat|realpath) '/;

const refusal = async (line: string): Promise<string> => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).not.toMatch(RAW);
  return stderr;
};

describe("B13: what stdout is called makes no difference", () => {
  test.for(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])("%s", async (name) => {
    for (const command of ["explore", "check"]) {
      const { code, stdout, stderr } = await run(`${command} --report json=${name}`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 2 });
    }
  });

  test("another device is written to as it is", async () => {
    expect((await run("explore --report json=/dev/null")).code).toBe(0);
  });
});

describe("B13: an ending in capitals is an ending", () => {
  test.for(["x.DOT", "x.Json", "x.GRAPHML"])("%s", async (name) => {
    expect((await run(`explore --graph ${dir}/${name}`)).code).toBe(0);
    expect(readFileSync(join(dir, name), "utf8")).not.toBe("");
  });
});

describe("B13: the system's refusals in words", () => {
  test("a checkpoint in a file, below a file, below a link that leads nowhere", async () => {
    writeFileSync(join(dir, "file"), "");
    symlinkSync(join(dir, "nowhere"), join(dir, "dangling"));
    symlinkSync(join(dir, "circle"), join(dir, "circle"));
    expect(await refusal(`explore --checkpoint ${dir}/file`)).toContain("it is a file, not a directory");
    expect(await refusal(`explore --checkpoint ${dir}/file/x`)).toContain("part of the path is a file");
    expect(await refusal(`explore --checkpoint ${dir}/dangling`)).toContain("there is a file of that name");
    expect(await refusal(`explore --checkpoint ${dir}/circle/x`)).toContain("cannot write the checkpoint");
    expect(await refusal(`explore --checkpoint ${dir}/${"x".repeat(300)}`)).toContain("the name is too long");
    expect(await refusal(`explore --resume ${dir}/file`)).toContain("is a file, not a directory");
    expect(await refusal(`explore --resume ${dir}/none`)).toContain("there is no directory");
  });

  test("a file of a checkpoint that is missing, or a directory", async () => {
    const kept = join(dir, "kept");
    await run(`explore --max-states 50 --checkpoint ${kept}`);
    const states = readdirSync(kept).find((name) => name.includes("states"))!;
    rmSync(join(kept, states));
    expect(await refusal(`explore --resume ${kept}`)).toContain(`${states}, the file is missing`);
    mkdirSync(join(kept, states));
    expect(await refusal(`explore --resume ${kept}`)).toContain(`${states}, it is a directory`);
  });

  test("a report or graph where none can be", async () => {
    expect(await refusal(`explore --report json=/proc/x.json`)).toContain("nothing can be created there");
    expect(await refusal(`explore --graph ${dir}/file/x.dot`)).toContain("its parent is not a directory");
    expect(await refusal(`explore --graph ${dir}/${"x".repeat(300)}.dot`)).toContain("the name is too long");
  });

  test("whatever is refused, by a code that is known, has words", () => {
    for (const code of [
      "EACCES",
      "EROFS",
      "ENOSPC",
      "EDQUOT",
      "EFBIG",
      "EISDIR",
      "EEXIST",
      "EMFILE",
      "EIO",
    ]) {
      const said = systemReason(Object.assign(new Error(`${code}: raw`), { code }));
      expect(said).not.toMatch(RAW);
    }
  });
});

describe("B13: help", () => {
  test("of what is no command is an error with the nearest", async () => {
    expect(await refusal("help nope")).toContain('unknown command "nope"');
    expect(await refusal("help explor")).toContain('did you mean "explore"?');
    expect(await refusal("help help help")).toContain("too many arguments");
  });

  test("of a command is that of its --help; alone it is that of the program", async () => {
    for (const name of ["explore", "check", "list"])
      expect(await run(`help ${name}`)).toEqual(await run(`${name} --help`));
    expect(await run("help")).toEqual(await run("--help"));
  });

  test("a kind of list that only an object has is none", async () => {
    for (const kind of ["constructor", "toString", "__proto__"])
      expect(await refusal(`list ${kind}`)).toContain(`unknown kind "${kind}"`);
  });
});
