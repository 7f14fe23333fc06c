import fc from "fast-check";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/checkpoint/digest.ts";
import { problemOf, type Problem } from "#check";
import { axes, scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { run } from "../fixtures/io.ts";
import { all, copyOf, exploreInto, inDirectory, resumeFrom } from "./kept.ts";
import { runs } from "../fixtures/runs.ts";

const catalogue = { scenarios, axes, claims: { columns: [], messages: [], claims: [] } };
const apicv = (line: string) =>
  run(`explore ${line.includes("--scenario") ? "" : "--scenario kvm/rtc"} ${line}`, {}, catalogue);

const shipped = (name: string): Problem<unknown> => {
  const scenario = scenarios.find((candidate) => candidate.name === name)!;
  const { model, start } = scenario.build(choiceOf(scenario, {}));
  return problemOf(model, scenario.scope, scenario.properties, start);
};

describe("a checkpoint of another search is refused, naming the difference", () => {
  const begun = (line: string, use: (dir: string) => Promise<void>): Promise<void> =>
    inDirectory(async (above) => {
      const dir = join(above, "kept");
      await apicv(`--max-states 500 ${line} --checkpoint ${dir}`);
      expect(existsSync(join(dir, "checkpoint.json"))).toBe(true);
      await use(dir);
    });
  const properties = scenarios.find(({ name }) => name === "kvm/rtc")!.properties.map(({ id }) => id);

  test.for([
    ["--scenario kvm/apicv", "scenario: kvm/rtc there, kvm/apicv here"],
    ["--design v1-inhibit", "design: "],
    ["--guest vmx", "guest: "],
    ["--depth 9", "--depth: none there, 9 here"],
    ["--switches 2", "--switches: none there, 2 here"],
    ["--fail-fast", "--fail-fast: false there, true here"],
    ["--por", "--por: false there, true here"],
    [`--property ${properties[0]}`, "properties: "],
  ] as const)("%s", async ([line, message]) => {
    await begun("", async (dir) => {
      const { code, stdout, stderr } = await apicv(`${line} --resume ${dir}`);
      expect(stderr).toContain(`${dir} is a checkpoint of another question:`);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    });
  });

  test("a limit of states below what was found, while a higher one is no other question", async () => {
    await begun("", async (dir) => {
      const low = await apicv(`--resume ${dir} --max-states 1`);
      expect(low.code).toBe(2);
      expect(low.stderr).toMatch(/has \d+ states already/);
      const [high, whole] = [
        await apicv(`--resume ${dir} --max-states 100000 --json`),
        await apicv("--json"),
      ];
      expect(high.code).toBe(whole.code);
      const { states, transitions } = JSON.parse(whole.stdout) as { states: number; transitions: number };
      expect(JSON.parse(high.stdout)).toMatchObject({ states, transitions, checkpoint: {} });
    });
  });

  test("a directory that is missing or holds no checkpoint, or one that would be written over", async () => {
    await begun("", async (dir) => {
      expect((await apicv(`--resume ${dir}/none`)).stderr).toContain(`there is no directory ${dir}/none`);
      mkdirSync(join(dir, "empty"));
      expect((await apicv(`--resume ${dir}/empty`)).stderr).toContain(
        `${dir}/empty holds no checkpoint.json`,
      );
      const over = await apicv(`--checkpoint ${dir}`);
      expect(over.stderr).toContain(`go on from it with --resume ${dir}`);
      expect(over.code).toBe(2);
    });
  });

  test.for([
    ["--resume X --reference", "--reference keeps nothing"],
    ["--checkpoint X --switches 0..2", "--switches A..B are several"],
    ["--checkpoint-every 1s", "add that"],
  ] as const)("%s", async ([line, message]) => {
    const { code, stderr } = await apicv(line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test.for([
    ["format", 1, "was written with format 1, and this is format 2"],
    ["package", "9.9.9", "was written with package 9.9.9, and this is package "],
    ["endianness", "BE", "was written with endianness BE, and this is endianness LE"],
  ] as const)("another %s", async ([key, value, message]) => {
    await begun("", async (dir) => {
      const file = join(dir, "checkpoint.json");
      const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
      writeFileSync(file, JSON.stringify({ ...manifest, [key]: value }));
      const { code, stderr } = await apicv(`--resume ${dir}`);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    });
  });
});

describe("a model that changed is refused", () => {
  const problem = shipped("kvm/rtc");
  type Change = (problem: Problem<unknown>, at: number) => Problem<unknown>;
  const changes: Readonly<Record<string, Change>> = {
    "a guard": (from, at) => ({
      ...from,
      steps: from.steps.map((step, i) =>
        i === at ? { ...step, action: { ...step.action, guard: () => false } } : step,
      ),
    }),
    "a recipe": (from, at) => ({
      ...from,
      steps: from.steps.map((step, i) =>
        i === at ? { ...step, action: { ...step.action, effect: () => undefined } } : step,
      ),
    }),
    "a property": (from, at) => ({
      ...from,
      properties: from.properties.map((property, i) =>
        i === at
          ? ({ ...property, antecedent: () => true, holds: () => false } as typeof property)
          : property,
      ),
    }),
  };
  test.for(Object.keys(changes))("%s", async (name) => {
    const fired = problem.steps.map(({ id }) => id);
    await inDirectory(async (dir) => {
      const whole = await exploreInto(dir, problem, {}, { after: Infinity });
      const common = fired.toSorted((a, b) => whole.fired[b] - whole.fired[a])[0];
      const place = problem.properties.findIndex(({ kind }) => kind === "invariant" || kind === "step");
      expect(place).toBeGreaterThanOrEqual(0);
      const changed = changes[name](problem, name === "a property" ? place : common);
      await expect(resumeFrom(dir, changed)).rejects.toThrow(
        "the model changed since the checkpoint was written",
      );
    });
  });
});

describe("a checkpoint that is not as it was written gives no verdict", () => {
  const problem = shipped("kvm/rtc");
  const damagedBy = async (harm: (dir: string, above: string) => void): Promise<string> =>
    inDirectory(async (above) => {
      const dir = join(above, "kept");
      mkdirSync(dir);
      await exploreInto(dir, problem, { states: 900 }, { after: Infinity });
      harm(dir, above);
      return resumeFrom(dir, problem).then(
        () => "",
        (error: Error) => error.message,
      );
    });

  test("cut short, or with a bit turned, at any place of any file", async () => {
    await inDirectory(async (above) => {
      const dir = join(above, "kept");
      mkdirSync(dir);
      await exploreInto(dir, problem, { states: 900 }, { after: Infinity });
      const names = readdirSync(dir);
      expect(names.length).toBe(3);
      let copies = 0;
      const harmed = fc.record({
        name: fc.constantFrom(...names),
        place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        bit: fc.nat({ max: 8 }),
      });
      await fc.assert(
        fc.asyncProperty(harmed, async ({ name, place, bit }) => {
          const copy = copyOf(dir, join(above, `copy-${copies++}`));
          const content = readFileSync(join(copy, name));
          const at = Math.floor(place * content.length);
          if (bit < 8) content[at] ^= 1 << bit;
          writeFileSync(join(copy, name), bit < 8 ? content : content.subarray(0, at));
          await expect(resumeFrom(copy, problem)).rejects.toThrow(
            /^checkpoint damaged: .*|was written with|is a checkpoint of another question/,
          );
        }),
        { numRuns: runs(300) },
      );
    });
  });

  test("with a file missing, or two files in each other's place", async () => {
    const files = (dir: string): readonly string[] =>
      readdirSync(dir).filter((name) => name.endsWith(".bin"));
    expect(await damagedBy((dir) => rmSync(join(dir, files(dir)[0])))).toMatch(
      /^checkpoint damaged: .*\.bin/,
    );
    const swapped = await damagedBy((dir) => {
      const [a, b] = files(dir).map((name) => join(dir, name));
      const [first, second] = [readFileSync(a), readFileSync(b)];
      writeFileSync(a, second);
      writeFileSync(b, first);
    });
    expect(swapped).toMatch(/^checkpoint damaged: .*\.bin/);
  });

  test("with files of another checkpoint of the same search", async () => {
    await inDirectory(async (above) => {
      const dirs = [join(above, "a"), join(above, "b")];
      dirs.forEach((dir) => mkdirSync(dir));
      await exploreInto(dirs[0], problem, { states: 900 }, { after: Infinity });
      await exploreInto(dirs[1], problem, { states: 1200 }, { after: Infinity });
      const name = readdirSync(dirs[0]).find((file) => file.includes("states"))!;
      expect(readdirSync(dirs[1])).toContain(name);
      const mixed = copyOf(dirs[1], join(above, "mixed"));
      writeFileSync(join(mixed, name), readFileSync(join(dirs[0], name)));
      await expect(resumeFrom(mixed, problem)).rejects.toThrow(`checkpoint damaged: ${join(mixed, name)}`);
    });
  });

  test("while one that is as it was written does", async () => {
    expect(await damagedBy(() => undefined)).toBe("");
    expect(digestOf("")).toMatch(/^e3b0c442/);
    await inDirectory(async (dir) => {
      await exploreInto(dir, problem, { states: 900 }, { after: Infinity });
      expect(all(await resumeFrom(dir, problem)).stop).toBe("exhausted");
    });
  });
});
