import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { catalogue, run } from "../fixtures/io.ts";
import { counter } from "../fixtures/counter.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

let dir = "";
beforeAll(() => {
  dir = temporaryFolder();
});

/** The scenarios cannot be built: whatever is refused is refused before anything is explored. */
const unexplorable = {
  ...catalogue,
  scenarios: catalogue.scenarios.map((scenario) => ({
    ...scenario,
    build: () => {
      throw new Error("explored");
    },
  })),
};

/** What is said on stderr, where the line was refused as it should be: exit 2, nothing on stdout, no stack. */
const refusal = async (line: string | readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(line, {}, unexplorable);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain("internal");
  return stderr;
};

describe("each bad word is one clear error with the nearest valid name, before anything is explored", () => {
  test.each([
    [
      "explore --design sync-frist",
      'unknown design "sync-frist" (did you mean "sync-first"?)',
      "mode-first, sync-first",
    ],
    ["explore --guest vmxx", 'unknown guest "vmxx" (did you mean "vmx"?)'],
    ["explore --scenario kvm/postin", 'unknown scenario "kvm/postin" (did you mean "kvm/posting"?)'],
    ["explore --property both-interrupt-taken", '(did you mean "both-interrupts-taken"?)'],
    ["explore --set notifications=none", 'unknown option "notifications" (did you mean "notification"?)'],
    [
      "explore --set notification=non",
      'unknown value "non" (did you mean "none"?)',
      "notification takes: ipi, none",
    ],
    ["explore --set notification", "--set takes option=value"],
    ["explore --set notification=none --set notification=ipi", "two values: none and ipi"],
    ["explore --depth eight", "--depth <n>", "'eight' is invalid", "a whole number from 0"],
    ["explore --depth -1", "'-1' is invalid"],
    ["explore --depth 1e3", "'1e3' is invalid"],
    ["explore --depth", "argument missing"],
    ["explore --max-states 0", "a whole number from 1"],
    ["explore --max-memory lots", "a size, like 512M or 2G"],
    ["explore --max-memory 0M", "a size, like 512M or 2G"],
    ["explore --time-limit 10x", "a duration, like 10s"],
    ["explore --time-limit 0s", "a duration, like 10s"],
    ["explore --dept 8", "unknown option '--dept'", "Did you mean --depth?"],
    ["explore --switches 4..2", "'4..2' is invalid", "a whole number up to 999, like 2, or a range"],
    ["explore --switches 0..1000", "'0..1000' is invalid"],
    ["explore --switches 2.", "'2.' is invalid"],
    ["explore --switches -1", "'-1' is invalid"],
    ["explore --workers 0", "It takes a whole number from 1 to 64"],
    ["explore --workers 65", "It takes a whole number from 1 to 64"],
    ["explore --workers 2 --reference", "--reference has one thread"],
    ["explore extra", 'unknown scenario "extra"'],
    ["explore posting extra", "too many arguments"],
    ["explore posting --scenario kvm/posting", "the scenario is given twice"],
    ["explore --report htm=x.htm", 'unknown report kind "htm"', "--report KIND=FILE with one of json, ktap"],
    ["explore --report json", "names no file"],
    ["explore --report json=", "names no file"],
    ["explore --graph out.png", "use .dot, .json, .graphml, .gexf, .aut"],
    ["explor", "unknown command 'explor'", "Did you mean explore?"],
    ["simulate --scenario kvm/postin", '(did you mean "kvm/posting"?)'],
    ["simulate --design sync-frist", '(did you mean "sync-first"?)'],
    ["simulate --property both-interrupt-taken", '(did you mean "both-interrupts-taken"?)'],
    ["simulate --runs 0", "'0' is invalid", "a whole number from 1"],
    ["simulate --depth 100001", "a whole number from 0 to 100000"],
    ["simulate --seed x", "'x' is invalid", "a whole number from 0 to 2147483647"],
    ["simulate --schedule random", "'random' is invalid", "uniform, pct"],
    ["simulate --changes 2", "add --schedule pct"],
    ["compare mode-first sync-frist", '(did you mean "sync-first"?)'],
    ["compare mode-first", "compare takes two designs or more", "mode-first, sync-first"],
    ["compare mode-first mode-first", "compare takes two designs or more"],
    ["compare", "compare takes two designs or more"],
    ["compare mode-first sync-first --set notification=non", '(did you mean "none"?)'],
    ["check kvm/postin", 'unknown scenario "kvm/postin" (did you mean "kvm/posting"?)'],
    ["check --shard 3/2", "'3/2' is invalid", "i/n with i from 1 to n"],
    ["check --shard 0/2", "'0/2' is invalid"],
    ["check --shard 2", "'2' is invalid"],
    ["check --report junti=x.xml", 'unknown report kind "junti" (did you mean "junit"?)'],
    ["claims --report sarif", "--report sarif names no file", "sarif=FILE, or sarif=- for stdout"],
    ["list property", 'unknown kind "property"', "designs, guests, scenarios"],
    ["list", "list one of: designs, guests", "list --search WORDS"],
    ["replay", "missing required argument 'trace'"],
  ])("%s", async (line, ...texts) => {
    const said = await refusal(line);
    for (const text of texts) expect(said).toContain(text);
  });

  test("a scenario without designs, guests and options takes none", async () => {
    const { build: _, ...rest } = counter();
    const from = { ...catalogue, scenarios: [{ ...rest, build: () => ({}) as never }] };
    for (const flag of ["--design x", "--guest td", "--set a=b"]) {
      const { code, stderr } = await run(`explore ${flag}`, {}, from);
      expect(code).toBe(2);
      expect(stderr).toContain(`leave out ${flag}`);
    }
  });
});

describe("a path that cannot be written is found before the search", () => {
  test("directory, missing directory, file as directory", async () => {
    writeFileSync(join(dir, "file"), "");
    mkdirSync(join(dir, "graph.dot"));
    expect(await refusal(`explore --graph ${dir}/graph.dot`)).toContain("it is a directory");
    expect(await refusal(`explore --graph ${dir}/none/out.dot`)).toContain("no such directory");
    expect(await refusal(`explore --report json=${dir}/file/out.json`)).toContain(
      "its parent is not a directory",
    );
    expect(await refusal(`explore --report json=${dir}`)).toContain("it is a directory");
    expect(await refusal(`explore --graph /proc/self/out.dot`)).toContain("cannot write /proc/self/out.dot");
  });

  test("the same file twice", async () => {
    expect(await refusal(`explore --report json=${dir}/a.json --graph ${dir}/a.json`)).toContain(
      "two outputs would be written",
    );
  });

  test("checking leaves nothing behind", async () => {
    const before = readdirSync(dir);
    await refusal(`explore --report json=${dir}/new.json --graph ${dir}/none/x.dot`);
    expect(readdirSync(dir)).toEqual(before);
  });
});

describe("a trace that cannot be replayed", () => {
  const file = (name: string, content: string | Buffer): string => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };

  test.each([
    ["missing.json", undefined, "there is no such file"],
    ["empty.json", "", "it is empty"],
    ["utf16.json", Buffer.from("\ufeff{}", "utf16le"), "it is UTF-16 text"],
    ["binary.json", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), "it is a binary file"],
    ["broken.json", '{\n  "a": 1\n  "b": 2\n}', "it is not JSON (line 3, column 3"],
    ["cut.json", '{ "properties": [', "it is not JSON ("],
    ["array.json", "[]", "it has no properties"],
    [
      "future.json",
      '{ "schemaVersion": 3, "properties": [] }',
      "its schemaVersion is 3, this version reads 1 and 2",
    ],
    [
      "nothing.json",
      '{ "schemaVersion": 1, "properties": [{ "id": "x", "trace": null }] }',
      "no property in it has a trace",
    ],
    [
      "odd.json",
      '{ "schemaVersion": 2, "properties": [null, 3, { "id": 1, "trace": {} }] }',
      "no property in it has a trace",
    ],
  ])("%s", async (name, content, text) => {
    const path = content === undefined ? join(dir, name) : file(name, content);
    const said = await refusal(["replay", path]);
    expect(said).toContain(`cannot replay ${path}`);
    expect(said).toContain(text);
  });

  test("a directory, a word that is neither file nor trace, a file too large", async () => {
    expect(await refusal(["replay", dir])).toContain("it is a directory");
    expect(await refusal("replay nonsense")).toContain("cannot replay nonsense: there is no such file");
    const huge = file("huge.json", Buffer.alloc(64 * 2 ** 20 + 1, 32));
    expect(await refusal(["replay", huge])).toContain("a result file has at most");
  });

  test.each([
    ["kvm/posting:x", "it has 2 fields"],
    ["kvm/postin:sync-first:vmx:0a1b2c:pinm:2", 'did you mean "kvm/posting"?'],
    ["kvm/posting:sync-frist:vmx:0a1b2c:pinm:2", 'did you mean "sync-first"?'],
    ["kvm/posting:sync-first:vxm:0a1b2c:pinm:2", 'did you mean "vmx"?'],
    ["kvm/posting:sync-first:0a1b2c:pinm:2", "it names no guest"],
    ["kvm/posting:sync-first:vmx:notification=no:0a1b2c:pinm:2", 'unknown value "no"'],
    ["kvm/posting:sync-first:vmx:a=b:c=d:0a1b2c:pinm:2", 'the field "c=d" is one too many'],
    ["kvm/posting:sync-first:vmx:0a1b2:pinm:2", '"0a1b2" is no model version'],
    ["kvm/posting:sync-first:vmx:0a1b2c:xyz:2", 'unknown property "xyz"'],
  ])("%s", async (handle, text) => {
    expect(await refusal(["replay", handle])).toContain(text);
  });

  test("a trace names its property itself", async () => {
    expect(await refusal("replay kvm/posting:sync-first:vmx:0a1b2c:pinm:2 --property x")).toContain(
      "leave out --property",
    );
  });
});
