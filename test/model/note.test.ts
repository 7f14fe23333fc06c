import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionOf, propertyOf, type Note } from "#check";
import { action, invariant } from "../../models/kvm/state.ts";
import { scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { run } from "../fixtures/io.ts";
import { shipped } from "../../scenarios/shipped.ts";

interface State {
  readonly n: number;
}
const rule = { actor: "-", guard: () => true, effect: () => undefined };
const said = { id: "p", statement: "-", holds: () => true };
const note: Note = { cites: { page: "7" }, facts: [["on page", "7"]] };

describe("a note", () => {
  test("may be left out, or stand as it is", () => {
    expect(actionOf<State>()("A", rule)).not.toHaveProperty("note");
    expect(propertyOf<State>().invariant(said)).not.toHaveProperty("note");
    expect(actionOf<State>()("A", { ...rule, note }).note).toBe(note);
    expect(propertyOf<State>().invariant({ ...said, note }).note).toBe(note);
  });

  test("is made of what a client has every action say, which is then no field of the action", () => {
    const paged = actionOf<State, { readonly page: string }>(({ page }) => ({
      cites: { page },
      facts: [["on page", page]],
    }));
    const made = paged("A", { ...rule, page: "7" });
    expect(made.note).toEqual(note);
    expect(made).not.toHaveProperty("page");
    // @ts-expect-error it says no page
    paged("B", rule);
  });

  test("has a kernel function, a source and an atomicity in every KVM action, by their types", () => {
    const cited = action("A", { ...rule, kernel: "f()", source: "m1", atomic: "one read" });
    expect(cited.note?.cites).toEqual({ kernel: "f()", source: "m1", atomic: "one read" });
    // Only for the compiler: it is not run.
    const untold = () => {
      // @ts-expect-error why is it one step?
      action("A", { ...rule, kernel: "f()", source: "m1" });
      // @ts-expect-error of which kernel function?
      invariant({ ...said, source: "m1" });
    };
    void untold;
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "says in %s of every action and property what its kind of world cites, and nothing empty",
    (name, scenario) => {
      const { actions } = scenario.build(choiceOf(scenario, {})).model;
      const wanted = (all: readonly string[]) =>
        all.filter((key) => name.startsWith("kvm/") || key !== "kernel");
      const check = (cites: Note["cites"] | undefined, keys: readonly string[]): void => {
        expect(Object.keys(cites ?? {})).toEqual(wanted(keys));
        for (const text of Object.values(cites ?? {})) expect(text).not.toMatch(/^-?$/);
      };
      for (const one of actions) check(one.note?.cites, ["kernel", "source", "atomic"]);
      for (const one of scenario.properties) check(one.note?.cites, ["source", "kernel"]);
    },
  );
});

describe("the checker", () => {
  test("has no word of what is checked with it, besides its own name", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(100);
    const words = files.flatMap((file) =>
      readFileSync(join("src", file), "utf8")
        .replaceAll(/apicv[-_]check/gi, "")
        .split("\n")
        .filter((line) => /kvm|tdx|kernel|apic/i.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(words).toEqual([]);
  });

  test("prints nothing of a kernel for a textbook model", async () => {
    const from = await shipped();
    const { code, stdout } = await run("explain oracle/die-hard", {}, from);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/kernel/i);
    const json = JSON.parse((await run("explore --scenario oracle/die-hard --json", {}, from)).stdout) as {
      readonly properties: readonly {
        readonly trace: { readonly steps: readonly { readonly cites: object }[] };
      }[];
    };
    for (const { cites } of json.properties[0].trace.steps)
      expect(cites).toEqual({ source: "tlaplus/Examples DieHard", atomic: "one pour by hand" });
  });
});
