import { expect, test } from "vitest";
import { propertyOf, shelve, type AnyScenario } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { catalogue, run } from "../fixtures/io.ts";

const [world] = oracles.filter(({ name }) => name === "oracle/readers-writers");
const ends = { id: "it-goes-on", statement: "-", fairness: [], holds: () => true };
const { eventually } = propertyOf<unknown>();
const law = eventually({ ...ends, role: "law" });
const requirement = eventually({ ...ends, id: "it-ends" });

const scenario: AnyScenario = {
  ...shelve({ ...world, properties: [...world.properties, law] }),
  axes: { design: ["one", "other"] },
};
const explore = async (flags: string, from = scenario) => {
  const ran = await run(`explore ${flags}`, {}, { ...catalogue, scenarios: [from] });
  return { ...ran, stdout: ran.stdout.replaceAll(/\s+/g, " ") };
};
const told = "Not asked: it-goes-on, for such a search cannot check liveness.";

test.each(["--symmetry", "--por", "--switches 1", "--design * --switches 1"])(
  "explore %s leaves laws of behaviours out, and says so",
  async (flags) => {
    const { code, stdout, stderr } = await explore(flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(told);
    const { notAsked } = JSON.parse((await explore(`${flags} --json`)).stdout) as { notAsked: unknown };
    expect(notAsked).toEqual(["it-goes-on"]);
    const named = await explore(`${flags} --property it-goes-on`);
    expect(named.code).toBe(2);
    expect(named.stderr).toContain("it-goes-on is a liveness property");
  },
);

test("what is no law is refused there, and elsewhere laws are asked", async () => {
  const { code, stderr } = await explore(
    "--switches 1",
    shelve({ ...world, properties: [requirement], expected: [] }),
  );
  expect(code).toBe(2);
  expect(stderr).toContain("it-ends is a liveness property");
  for (const flags of ["", "--design *"]) {
    expect((await explore(flags)).stdout).not.toContain("Not asked");
    const { notAsked } = JSON.parse((await explore(`${flags} --json`)).stdout) as { notAsked?: unknown };
    expect(notAsked).toBeUndefined();
  }
});
