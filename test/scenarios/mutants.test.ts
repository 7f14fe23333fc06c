import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { leftMutants } from "../../bench/left-mutants.ts";
import { mutatedParts } from "../../bench/mutated-worlds.ts";
import { actionParts } from "../../scenarios/action-parts.ts";
import { kvm } from "../../scenarios/kvm.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";

describe("docs/mutants.md", () => {
  test("is of parts and worlds that there are, each asked once", () => {
    for (const { parts, worlds } of mutatedParts) {
      expect(Object.keys(actionParts)).toEqual(expect.arrayContaining([...parts]));
      const asked = worlds.map(({ scenario, guest, set }) => {
        const world = kvm.find(({ name }) => name === scenario);
        expect([scenario, world?.name]).toEqual([scenario, scenario]);
        return JSON.stringify([scenario, choiceOf(world!, { guest, set: [...set] })]);
      });
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  test("names each mutant that is left, below its reason", () => {
    const page = readFileSync(new URL("../../docs/mutants.md", import.meta.url), "utf8");
    const left = page.slice(page.indexOf("## What is left"));
    for (const { because, mutants } of leftMutants) {
      expect(left.replaceAll(/\s+/g, " ")).toContain(`- ${because}`);
      for (const mutant of mutants) expect(left).toContain(`\`${mutant}\``);
    }
    expect(left).not.toContain("Nobody has said why");
  });
});
