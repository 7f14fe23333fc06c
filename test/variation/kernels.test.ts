import { expect, test } from "vitest";
import { axes, cites, scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { casesOf } from "../../src/catalogue/cases.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";

const file = (...lines: readonly string[]) =>
  scenarioFrom(
    {
      name: "kernels.yaml",
      text: [
        "format: 1",
        "name: kernels",
        "about: in another kernel",
        "extends: kvm/block",
        "guests: vmx",
        ...lines,
        "",
      ].join("\n"),
    },
    { axes, cites, scenarios },
  );
const asked = ["properties:", "  vector-in-irr-is-in-rvi: any"];

test("a file says in which kernels it is asked, the first by default, and options follow it", () => {
  for (const said of ["6.16", '"6.16"', "[6.16, 7.3]"]) {
    const scenario = file(`kernels: ${said}`, ...asked);
    expect(choiceOf(scenario, {})).toMatchObject({ kernel: "6.16", options: { pirSync: "6.16" } });
  }
  const both = file("kernels: [6.16, 7.3]", ...asked);
  expect(choiceOf(both, { kernel: "7.3" }).options).toMatchObject({ pirSync: "7.1" });
  expect([...new Set(casesOf(both).map(({ choice }) => choice["kernel"]))]).toEqual(["6.16", "7.3"]);
});

test("an option that a file decides is as it says, in every kernel", () => {
  const scenario = file("kernels: [6.16, 7.3]", "options: { pirSync: 7.1 }", ...asked);
  for (const kernel of ["6.16", "7.3"])
    expect(choiceOf(scenario, { kernel }).options).toMatchObject({ pirSync: "7.1" });
});

test("a kernel that was not read is refused, with the nearest", () =>
  expect(() => file("kernels: 6.17", ...asked)).toThrow(/unknown kernel "6.17" \(did you mean "6\.1\d"\?\)/));
