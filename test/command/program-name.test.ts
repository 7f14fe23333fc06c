import { expect, test, vi } from "vitest";
import { catalogueOf, type Load } from "../../src/catalogue/catalogue.ts";
import { main } from "../../src/command/program.ts";
import { callProgram } from "../../src/program-name.ts";
import { hearSignals } from "../../src/command/terminal/signals.ts";
import { catalogue, fakeIo } from "../fixtures/io.ts";

/** The fixture under another name. */
const load: Load = catalogueOf({ ...catalogue, program: "gate-keeper" });

const said = async (line: string, from: Load = load): Promise<string> => {
  const { io, written } = fakeIo({ env: { GATE_KEEPER_DEBUG: "" } });
  await main(line.split(" "), io, from);
  return written.stdout + written.stderr;
};

const lines = [
  "--help",
  "explore --help",
  "claims --help",
  "explore --design sync-first",
  "explore --design sync-first --json",
  "explore --designs x",
  "explore --scenario kvm/postin",
  "explore --checkpoint /dev/null/none",
  "simulate --design sync-first --seed 1 --runs 20",
  "compare mode-first sync-first",
  "check",
  "claims",
  "claims Y1",
  "claims Y1 --json",
  "claims --markdown",
  "claims Y9",
  "list scenarios",
  "list nothing",
  "explain posted-interrupt-never-missed",
  "explain mode-first",
  "explain notification",
  "explain kvm/posting",
  "explain Y1",
  "explain nothing-of-the-kind",
  "replay kvm/posting:x",
  "replay kvm/other:a:b:0a1b2c:pinm:-",
  "help nothing",
  "nothing",
];

test.each(lines)("%s speaks of the program by the name that its catalogue gives", async (line) => {
  expect(await said(line)).not.toMatch(/apicv.check/i);
});

test("the name stands where there is something to type", async () => {
  expect(await said("explore --design sync-first")).toMatch(
    /gate-keeper replay \\\n\s+kvm\/posting:sync-first:/,
  );
  expect(await said("explain kvm/posting")).toContain("gate-keeper explore --scenario kvm/posting");
  expect(await said("nothing")).toMatch(/^gate-keeper: /);
  expect(await said("--help")).toContain("GATE_KEEPER_DEBUG=1");
});

test("without one it is called as the package is", async () => {
  expect(await said("nothing", catalogueOf({ scenarios: [] }))).toMatch(/^apicv-check: /);
});

test("signals are left alone until somebody listens, and say the program's name afterwards", () => {
  let heard = "";
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const before = process.listeners("SIGHUP");
  const listen = hearSignals((text) => void (heard += text));
  expect(process.listeners("SIGHUP")).toEqual(before);
  const release = listen(() => undefined);
  release();
  callProgram("gate-keeper");
  const [added] = process.listeners("SIGHUP").slice(before.length);
  added("SIGHUP");
  exit.mockRestore();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.removeListener(signal, process.listeners(signal).at(-1)!);
  expect(heard).toBe("gate-keeper: interrupted after the search (SIGHUP)\n");
});
