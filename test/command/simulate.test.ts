import { expect, test } from "vitest";
import { propertyOf, shelve, type AnyScenario } from "#check";
import { incrementScenario } from "../../models/textbook/increment.ts";
import { below, counter, reaches } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

const simulate = (scenario: AnyScenario, flags = "", io: Parameters<typeof run>[1] = {}): Promise<Ran> =>
  run(`simulate --seed 1 ${flags}`, io, { ...catalogue, scenarios: [scenario] });
const unwrapped = (text: string): string => text.replaceAll(/\s+/g, " ");

interface Result {
  readonly seed: number;
  readonly walks: number;
  readonly steps: number;
  readonly properties: readonly {
    readonly verdict: string;
    readonly trace: { readonly length: number; readonly replay: string } | null;
  }[];
}

test("what is met is violated or witnessed, what is not is unknown", async () => {
  const { code, stdout, stderr } = await run("simulate --seed 1 --runs 200 --design sync-first");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const said = unwrapped(stdout);
  expect(said).toContain("walks 200 of at most 100 steps, seed 1 every enabled step as likely as any other");
  expect(said).toContain(
    "violated (known: the mode is set after the PIR was read) after 4 steps, shrunk from",
  );
  expect(said).toContain(
    "irr-cleared-only-by-taking unknown: no violation in 200 walks of at most 100 steps",
  );
  expect(said).toContain("both-interrupts-taken witnessed after");
  expect(said).toContain(
    "reset-keeps-mode unknown: no violation in 200 walks of at most 100 steps, its antecedent never occurred",
  );
  expect(said).toContain("Random walks prove nothing");
  expect(stdout).toContain("posted-interrupt-never-missed violated after 4 steps");
  expect(stdout).not.toMatch(/holds[^-]/);
});

test("the handle of a shrunk run replays, and the command it prints takes the same walks", async () => {
  for (const flags of ["", "--schedule pct", "--schedule pct --changes 3 --depth 9"]) {
    const first = await simulate(incrementScenario, flags);
    const [, command] = /The same walks again:\n((?: {4}.*\n)+)/.exec(first.stdout) ?? [];
    const again = command
      .replaceAll(/\\\n/g, " ")
      .trim()
      .replace(/^apicv-check /, "");
    const figures = (text: string): string => text.replaceAll(/[\d.]+ s, [\d,]+ steps\/s/g, "");
    const second = await run(again, {}, { ...catalogue, scenarios: [incrementScenario] });
    expect(figures(second.stdout)).toBe(figures(first.stdout));
    const { stdout } = await simulate(incrementScenario, `${flags} --json`);
    const [{ verdict, trace }] = (JSON.parse(stdout) as Result).properties;
    expect([verdict, trace?.length]).toEqual(["violated", 4]);
    const replayed = await run(
      `replay ${trace!.replay}`,
      {},
      { ...catalogue, scenarios: [incrementScenario] },
    );
    expect(replayed).toMatchObject({ code: 0, stderr: "" });
  }
});

test("a seed is made up where none is given, and told", async () => {
  const { stdout } = await run("simulate --runs 1 --json");
  const { seed, walks } = JSON.parse(stdout) as Result;
  expect(Number.isInteger(seed)).toBe(true);
  expect(walks).toBe(1);
});

test("exit codes: an unexpected violation is 1, a known one 0 and with --strict 1, nothing met 0", async () => {
  const properties = [below(3)];
  const expecting = (verdict: "holds" | "violated") =>
    counter({ properties, expected: [{ property: "below-3", verdict }] });
  expect((await simulate(expecting("holds"))).code).toBe(1);
  expect((await simulate(expecting("violated"))).code).toBe(0);
  expect((await simulate(expecting("violated"), "--strict")).code).toBe(1);
  expect((await simulate(expecting("violated"), "--depth 2")).code).toBe(0);
  const expected = [{ property: "reaches-9", verdict: "witnessed" as const }];
  expect((await simulate(counter({ properties: [reaches(9)], expected }))).code).toBe(0);
});

test("an interrupt ends it, and what was met is printed", async () => {
  let asked = 0;
  const { code, stdout } = await run("simulate --seed 1", {
    now: () => 100 * ++asked,
    onInterrupt: (stop) => {
      stop();
      return () => undefined;
    },
  });
  expect(code).toBe(130);
  expect(stdout).toContain("INCOMPLETE: interrupted.");
  expect(stdout).toContain("0 walks, 0 steps");
});

test("a liveness property that is asked for by name is refused before the first walk", async () => {
  const ends = propertyOf<unknown>().eventually({
    id: "ends",
    statement: "-",
    fairness: [],
    holds: () => true,
  });
  const { code, stdout, stderr } = await simulate(
    shelve({ ...counter(), properties: [ends] }),
    "--property ends",
  );
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("ends is a liveness property (eventually), which a random walk cannot check");
});

test("a world that cannot start and of which nothing is asked has no walks", async () => {
  const expected = [{ property: "below-3", verdict: "not-applicable" } as const];
  const { code, stdout } = await simulate(counter({ properties: [below(3)], expected, start: [] }));
  expect(code).toBe(0);
  expect(stdout).toContain("0 walks, 0 steps");
});
