import { describe, expect, test } from "vitest";
import { ioctlsVm } from "../../../scenarios/ioctls/ioctls.ts";
import { mpStateWorld } from "../../../scenarios/ioctls/mp-state.ts";
import { msiWorld } from "../../../scenarios/messages/msi-routing.ts";
import { inhibits, runLoop } from "../../../scenarios/parts.ts";
import type { State } from "../../../models/kvm/state.ts";
import { answersOf, type When } from "./answers.ts";

const designs = ["v1-inhibit", "active", "active-split", "upstream"] as const;
const always: When = ({ vm }) => !vm.dead;
const vcpu =
  (when: (vcpu: State["vcpu"][number]) => boolean): When =>
  (s) =>
    !s.vm.dead && when(s.vcpu[0]);

/** One exit to userspace, and every ioctl that is asked about here. */
const toUserspace = ["guest_io", "mode_outside", "irqs_on", "exit_to_userspace"];
const runsGuest = [...runLoop, "KVM_RUN", ...inhibits];
const spec = {
  ...ioctlsVm.spec,
  actions: [
    ...toUserspace,
    ...ioctlsVm.spec.actions.filter((name) => name.startsWith("KVM_") && !runsGuest.includes(name)),
    "KVM_SET_GUEST_DEBUG",
    "KVM_SET_LAPIC",
    "KVM_INTERRUPT",
    "KVM_SET_MSRS",
  ],
};

const asks = Object.fromEntries(designs.map((design) => [design, answersOf({ spec, guest: "td", design })]));
const vmx = answersOf({ spec, guest: "vmx" });

// irqchip 6, its table: an ordinary guest, then D0, D1, D2 and D3.
describe("what ioctls answer", () => {
  test.each<readonly [string, string, When, string, readonly string[]]>([
    ["reads the registers", "KVM_GET_LAPIC", always, "0", ["0", "-EINVAL", "-EINVAL", "-EINVAL"]],
    ["writes them", "KVM_SET_LAPIC", always, "0", ["0", "-EINVAL", "-EINVAL", "-EINVAL"]],
    ["writes the base", "KVM_SET_SREGS", always, "0", ["0", "-EINVAL", "-EINVAL", "-EINVAL"]],
    ["so does its successor", "KVM_SET_SREGS2", always, "0", ["0", "-EINVAL", "-EINVAL", "-EINVAL"]],
    ["debugs the guest", "KVM_SET_GUEST_DEBUG", always, "0", ["-EINVAL", "-EINVAL", "-EINVAL", "-EINVAL"]],
    [
      "fills the slot",
      "KVM_INTERRUPT",
      vcpu(({ events }) => !events.externalVector),
      "0",
      ["0", "0", "0", "0"],
    ],
    [
      "finds the slot full",
      "KVM_INTERRUPT",
      vcpu(({ events }) => events.externalVector),
      "-EEXIST",
      ["-EEXIST", "-EEXIST", "-EEXIST", "-EEXIST"],
    ],
    ["switches the SynIC on", "KVM_CAP_HYPERV_SYNIC", always, "0", ["0", "0", "0", "0"]],
    [
      "writes its SINTs",
      "KVM_SET_MSRS_SINT",
      vcpu(({ synic }) => synic !== "OFF"),
      "1",
      ["0", "0", "0", "0"],
    ],
    [
      "comes after vCPUs",
      "KVM_CAP_X86_DISABLE_EXITS",
      always,
      "-EINVAL",
      ["-EINVAL", "-EINVAL", "-EINVAL", "-EINVAL"],
    ],
    ["comes at any time", "KVM_CAP_X2APIC_API", always, "0", ["0", "0", "0", "0"]],
    ["needs a PIC", "KVM_CREATE_PIT2", always, "-ENOENT", ["-ENOENT", "-ENOENT", "-ENOENT", "-ENOENT"]],
    [
      "initializes a vCPU once",
      "KVM_TDX_INIT_VCPU",
      always,
      "",
      ["-EINVAL", "-EINVAL", "-EINVAL", "-EINVAL"],
    ],
  ])("%s: %s", async (_, action, when, ordinary, expected) => {
    expect(await vmx(action, when)).toBe(ordinary);
    for (const [place, design] of designs.entries())
      expect([design, await asks[design](action, when)]).toEqual([design, expected[place]]);
  });
});

const mpStates = (set: string) => answersOf({ spec: mpStateWorld.spec, guest: "td", set: [set] });

describe("a TD that is to wait for INIT", () => {
  const waits: When = ({ vcpu: [{ mp }] }) => mp === "INIT_RECEIVED" || mp === "SIPI_RECEIVED";
  test.each([
    ["6.16", "-EINVAL 0", ""],
    ["6.19", "0", "-EINVAL"],
  ])("in %s", async (version, set, run) => {
    const asked = mpStates(`mpState=${version}`);
    expect(await asked("KVM_SET_MP_STATE", always)).toBe(set);
    expect(await asked("KVM_RUN_refused", waits)).toBe(run);
    expect(
      await asked(
        "KVM_RUN_refused",
        vcpu(({ mp }) => mp === "UNINITIALIZED"),
      ),
    ).toBe("-EAGAIN");
  });
});

describe("what KVM_SIGNAL_MSI answers, of one vCPU with id 0", () => {
  const messages = (guest: string, set: readonly string[] = []) =>
    answersOf({ spec: msiWorld.spec, guest, set });
  const to =
    (dest: string): When =>
    ({ msi: { delivery } }) =>
      delivery.by === "SIGNAL_MSI" && delivery.dest === dest;

  // 0 is from before the guest enables its APIC.
  test.each([
    ["0", "0 1"],
    ["1", "0"],
    ["0xff", "0 1"],
    ["LOGICAL_1", "0 1"],
  ])("to %s: %s", async (dest, answers) => {
    for (const guest of ["td", "vmx", "avic"])
      expect(await messages(guest)("msi_return", to(dest))).toBe(answers);
  });

  test("to 0xff of a TD, which is in x2APIC mode, nobody without the broadcast quirk", async () => {
    const set = ["broadcastQuirk=disabled"];
    expect(await messages("td", set)("msi_return", to("0xff"))).toBe("0");
    expect(await messages("vmx", set)("msi_return", to("0xff"))).toBe("0 1");
  });

  test("-1 of the slow path only, where no LAPIC is enabled by its base", async () => {
    const off = {
      ...msiWorld.spec,
      start: "running" as const,
      actions: [
        ...toUserspace,
        "KVM_SET_SREGS",
        ...msiWorld.spec.actions.filter((name) => /msi/i.test(name)),
      ],
    };
    const asked = answersOf({ spec: off, guest: "vmx" });
    const disabled = vcpu(({ apicMode }) => apicMode === "DISABLED");
    const both =
      (dest: string): When =>
      (s) =>
        disabled(s) && to(dest)(s);
    expect((await asked("msi_return", both("0xff"))).split(" ")).toContain("-1");
    expect((await asked("msi_return", both("0"))).split(" ")).not.toContain("-1");
  });
});
