import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError, type Choice } from "#check";
import { checkExpected, type Expecting } from "../../src/model/expected-rows.ts";
import { expectationFor, type Expectation } from "../../src/catalogue/scenario.ts";

const world: Expecting = {
  name: "kvm/none",
  axes: { design: ["v1-inhibit", "active"], guest: ["td", "vmx"] },
  options: [{ name: "postTimer", values: ["as-configured", "in-guest-mode"] }],
  properties: [{ id: "no-lost-wakeup" }, { id: "rises" }],
  expected: [],
};
const rises = { property: "rises" } as const;

/** What is said of a world's expectations; empty where nothing is. */
const said = (scenario: Expecting): string => {
  try {
    checkExpected(scenario);
    return "";
  } catch (error) {
    return error instanceof CheckError ? error.message : `not a CheckError: ${String(error)}`;
  }
};
const refusal = (...expected: Expecting["expected"]): string => said({ ...world, expected });

describe("a name that the world lacks is refused, with the nearest and the place", () => {
  test.each([
    [
      { property: "no-lost-wakup" },
      'unknown property "no-lost-wakup" (did you mean "no-lost-wakeup"?)\n' +
        "  expected[1] of kvm/none names it, but kvm/none does not ask it",
    ],
    [
      { ...rises, where: { postTimr: "in-guest-mode" } },
      'unknown option "postTimr" (did you mean "postTimer"?)\n' +
        "  expected[1] of kvm/none names it: rises where postTimr=in-guest-mode",
    ],
    [
      { ...rises, where: { postTimer: ["as-configured", "in-guestmode"] } },
      'unknown value of postTimer "in-guestmode" (did you mean "in-guest-mode"?)\n' +
        "  expected[1] of kvm/none names it: rises where postTimer=as-configured|in-guestmode",
    ],
    [{ ...rises, where: { design: "activ" } }, 'unknown value of design "activ" (did you mean "active"?)'],
    [{ ...rises, where: { guest: ["td", "vms"] } }, 'unknown value of guest "vms" (did you mean "vmx"?)'],
    [{ ...rises, where: { guest: [] } }, "expected[1] of kvm/none matches no value of guest"],
  ])("%j", (row, message) => {
    expect(refusal({ property: "no-lost-wakeup" }, row)).toContain(message);
  });

  test("a world without designs cannot expect anything of one", () => {
    const expected = [{ ...rises, where: { design: "active" } }];
    expect(() => checkExpected({ ...world, axes: { ...world.axes, design: [] }, expected })).toThrow(
      'unknown option "design" (known: postTimer, guest)',
    );
  });
});

describe("a row that earlier ones always match first is refused", () => {
  test("behind one that always matches", () => {
    expect(refusal(rises, { ...rises, where: { guest: "td" } })).toBe(
      "expected[1] of kvm/none never decides anything: rises where guest=td\n" +
        "  expected[0] match first: leave it out, or put it before them",
    );
  });

  test("behind several that match together, though none of them always does", () => {
    const [td, vmx] = ["td", "vmx"].map((guest) => ({ ...rises, where: { guest } }));
    expect(refusal(td, vmx, { ...rises, where: { postTimer: "in-guest-mode" } })).toContain(
      "expected[0], expected[1] match first",
    );
    expect(
      refusal(td, { ...rises, where: { postTimer: "in-guest-mode" } }, vmx, { property: "no-lost-wakeup" }),
    ).toBe("");
  });
});

/** Worlds of a few options, and rows that name only what there is. */
const arbitraryWorld: fc.Arbitrary<Expecting> = fc
  .record({
    axes: fc.record({ design: fc.subarray(["a", "b"]), guest: fc.subarray(["c", "d"]) }),
    options: fc.subarray([
      { name: "x", values: ["1", "2", "3"] },
      { name: "y", values: ["1", "2"] },
      { name: "z", values: ["1"] },
    ]),
  })
  .chain((base) => {
    const all = [
      ...base.options.map(({ name, values }) => [name, values] as const),
      ...Object.entries(base.axes).filter(([, values]) => values.length > 0),
    ];
    const where = fc.record(
      Object.fromEntries(
        all.map(([name, values]) => [
          name,
          fc.oneof(fc.constantFrom(...values), fc.subarray(values, { minLength: 1 })),
        ]),
      ),
      { requiredKeys: [] },
    );
    const row = fc.record({ property: fc.constantFrom("p", "q"), where });
    const properties = [{ id: "p" }, { id: "q" }];
    return fc.array(row, { maxLength: 6 }).map((expected) => ({
      ...base,
      name: "generated",
      properties,
      expected: expected as Expecting["expected"],
    }));
  });

const choicesOf = ({ axes = {}, options }: Expecting): readonly Choice[] => {
  const or = (names: readonly string[] = []) => (names.length === 0 ? [null] : names);
  const sets = options.reduce<readonly Choice["options"][]>(
    (sets, { name, values }) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
  return sets.flatMap((set) =>
    or(axes["design"]).flatMap((design) =>
      or(axes["guest"]).map((guest) => ({ design, guest, options: set })),
    ),
  );
};

test("the first row refused is the first that decides under no choice at all", () => {
  const seen = { refused: 0, taken: 0 };
  fc.assert(
    fc.property(arbitraryWorld, (scenario) => {
      const asked = { ...scenario, expected: scenario.expected as readonly Expectation[] };
      const deciding = new Set(
        choicesOf(scenario).flatMap((choice) => ["p", "q"].map((id) => expectationFor(asked, id, choice))),
      );
      const idle = asked.expected.findIndex((row) => !deciding.has(row));
      seen[idle < 0 ? "taken" : "refused"]++;
      expect(said(scenario).split(":")[0]).toBe(
        idle < 0 ? "" : `expected[${idle}] of generated never decides anything`,
      );
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(seen.refused, seen.taken)).toBeGreaterThan(200);
});
