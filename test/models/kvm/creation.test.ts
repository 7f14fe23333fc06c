import { describe, expect, test } from "vitest";
import type { Patch } from "#check";
import { createIrqchip } from "../../../models/kvm/actions/creation/irqchip.ts";
import { createdVcpus } from "../../../models/kvm/predicates.ts";
import { creation } from "../../../scenarios/creation/creation.ts";
import type { State } from "../../../models/kvm/state.ts";
import { answersOf, type When } from "./answers.ts";
import { named, surprises } from "../../scenarios/expected.ts";
import { searched, traceOf } from "./timer-ask.ts";
import { violatedClaims } from "./violated-claims.ts";

const scenario = named("kvm/creation");
const { spec } = creation;
const designs = ["v1-inhibit", "active", "active-split", "upstream"] as const;

/** A vCPU is counted that is not there yet. */
const inCreation = ({ vcpu }: State): boolean => vcpu.some(({ creating }) => creating.pc !== "IDLE");

describe("kvm/creation", () => {
  test.each(designs.flatMap((design) => ["6.16", "6.19"].map((locks) => [design, locks] as const)))(
    "td %s tdLocks=%s: every verdict is the expected one",
    async (design, locks) => {
      expect(await surprises(scenario, { guest: "td", design, set: [`tdLocks=${locks}`] })).toEqual([]);
    },
  );

  test("an ordinary guest: every verdict is the expected one", async () => {
    expect(await surprises(scenario, { guest: "vmx" })).toEqual([]);
  });

  test.each([
    ["upstream", 746, 4_692, 26],
    ["active-split", 981, 6_102, 26],
  ])("under %s the search is of the known size", async (design, ...size) => {
    const { found } = await searched({ spec, guest: "td", design });
    expect([found.states, found.transitions, found.levels.length - 1]).toEqual(size);
  });

  test("6.16 lets userspace into a dead end", async () => {
    expect(
      await traceOf({ spec, guest: "td", design: "active-split" }, "refused-vcpu-leaves-a-way-out"),
    ).toEqual([
      "KVM_TDX_INIT_VM",
      "KVM_CREATE_IRQCHIP",
      "KVM_CREATE_VCPU",
      "kvm_create_lapic",
      "vendor_vcpu_create",
      "undo_created_vcpus",
    ]);
  });

  test("KVM_TDX_FINALIZE_VM overtakes a KVM_CREATE_VCPU in its unlocked middle", async () => {
    const trace = await traceOf(
      { spec, guest: "td", design: "upstream", set: ["tdLocks=6.16"] },
      "no-vcpu-inserted-after-finalize",
    );
    expect(trace.slice(-2)).toEqual(["KVM_TDX_FINALIZE_VM", "insert_vcpu"]);
    expect(trace).toHaveLength(17);
  });

  // The choice of the irqchip is frozen by created_vcpus, not by the vCPUs that are there.
  test("counting inserted vCPUs only, KVM_CREATE_IRQCHIP changes the irqchip under a vCPU", async () => {
    const counts: Patch<State> = {
      replace: [
        {
          ...createIrqchip,
          effect: (d) => {
            if (d.vm.irqchip === "NONE" && !Array.from(d.vcpu).some(({ pc }) => pc !== "ABSENT"))
              d.vm.irqchip = "KERNEL";
          },
        },
      ],
    };
    const where = { world: spec, guest: "vmx" } as const;
    expect(await violatedClaims(where, counts)).toEqual(["C31"]);
    expect(await violatedClaims(where, {})).toEqual([]);
  });
});

const fresh: When = (s) => s.vm.irqchip === "NONE" && createdVcpus(s) === 0;
const creating =
  (pc: string, irqchip?: string): When =>
  ({ vcpu, vm }) =>
    vm.td === "INITIALIZED" &&
    vcpu.some(({ creating }) => creating.pc === pc) &&
    (irqchip === undefined || vm.irqchip === irqchip);
/** Just before a KVM_CREATE_VCPU returns, with one of the irqchips. */
const returning = (irqchip: string): When => {
  const [insert, undo] = [creating("INSERT", irqchip), creating("UNDO", irqchip)];
  return (s) =>
    (insert(s) || undo(s)) && s.vcpu.filter(({ creating }) => creating.pc !== "IDLE").length === 1;
};

const asks = Object.fromEntries(designs.map((design) => [design, answersOf({ spec, guest: "td", design })]));

// irqchip 1.8, row by row and design by design: D0, D1, D2, D3.
describe("what each creation ioctl of a TD answers", () => {
  test.each<readonly [string, readonly string[], When, readonly string[]]>([
    ["KVM_CREATE_IRQCHIP", ["KVM_CREATE_IRQCHIP"], fresh, ["0", "0", "0", "-ENOTTY"]],
    [
      "KVM_CREATE_PIT2 with an in-kernel irqchip",
      ["KVM_CREATE_PIT2"],
      ({ vm }) => vm.irqchip === "KERNEL" && !vm.vpit,
      ["0", "0", "0", ""],
    ],
    [
      "KVM_CREATE_PIT2 without one",
      ["KVM_CREATE_PIT2"],
      ({ vm }) => vm.irqchip !== "KERNEL",
      ["-ENOENT", "-ENOENT", "-ENOENT", "-ENOENT"],
    ],
    ["KVM_CAP_SPLIT_IRQCHIP", ["KVM_CAP_SPLIT_IRQCHIP"], fresh, ["0", "0", "0", "0"]],
    [
      "KVM_CREATE_VCPU without an irqchip",
      ["insert_vcpu", "undo_created_vcpus"],
      returning("NONE"),
      ["-EINVAL", "-EINVAL", "-EINVAL", "-EINVAL"],
    ],
    [
      "KVM_CREATE_VCPU with one in the kernel",
      ["insert_vcpu", "undo_created_vcpus"],
      returning("KERNEL"),
      ["0", "0", "-EINVAL", ""],
    ],
    [
      "KVM_CREATE_VCPU with a split one",
      ["insert_vcpu", "undo_created_vcpus"],
      returning("SPLIT"),
      ["0", "0", "0", "0"],
    ],
  ])("%s", async (_, actions, when, expected) => {
    for (const [place, design] of designs.entries()) {
      const answers = await Promise.all(actions.map((action) => asks[design](action, when)));
      expect([design, answers.filter((one) => one !== "").join(" ")]).toEqual([design, expected[place]]);
    }
  });

  test.each(designs)("under %s nothing is created before KVM_TDX_INIT_VM", async (design) => {
    const before: When = ({ vm }) => vm.td === "UNINITIALIZED";
    expect(await asks[design]("undo_created_vcpus", before)).toBe("-EIO");
    expect(await asks[design]("insert_vcpu", before)).toBe("");
  });

  test.each(designs)("under %s nothing is created that begins after KVM_TDX_FINALIZE_VM", async (design) => {
    const after: When = (s) =>
      s.vm.td === "RUNNABLE" && s.vcpu.some(({ creating }) => creating.pc === "UNDO");
    expect(await asks[design]("undo_created_vcpus", after)).toBe("-EIO");
  });
});

describe("the order of the tests", () => {
  const split: When = ({ vm }) => vm.irqchip === "SPLIT";
  const begun: When = (s) => s.vm.irqchip === "NONE" && createdVcpus(s) > 0;
  test.each<readonly [string, string, When, readonly string[]]>([
    ["an irqchip comes before what the VM is", "KVM_CREATE_IRQCHIP", split, ["-EEXIST", "-EEXIST"]],
    ["what the VM is comes before its vCPUs", "KVM_CREATE_IRQCHIP", begun, ["-EINVAL", "-ENOTTY"]],
    ["vCPUs are an irqchip to the capability", "KVM_CAP_SPLIT_IRQCHIP", begun, ["-EEXIST", "-EEXIST"]],
    [
      "a TD is initialized once",
      "KVM_TDX_INIT_VM",
      (s) => s.vm.td !== "UNINITIALIZED" && !inCreation(s),
      ["-EINVAL", "-EINVAL"],
    ],
    ["and waits for no vCPU that is being created", "KVM_TDX_INIT_VM", inCreation, ["-EBUSY", "-EBUSY"]],
    [
      "and before its vCPUs",
      "KVM_TDX_INIT_VM",
      (s) => s.vm.td === "UNINITIALIZED" && createdVcpus(s) > 0,
      ["-EBUSY", "-EBUSY"],
    ],
  ])("%s", async (_, action, when, [split, upstream]) => {
    expect(await asks["active-split"](action, when)).toBe(split);
    expect(await asks["upstream"](action, when)).toBe(upstream);
  });

  test("an in-kernel PIT is created once", async () => {
    expect(await asks["active"]("KVM_CREATE_PIT2", ({ vm }) => vm.vpit)).toBe("-EEXIST");
  });
});
