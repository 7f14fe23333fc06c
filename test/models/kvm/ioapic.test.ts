import { describe, expect, test } from "vitest";
import type { Patch } from "#check";
import { scanRequests } from "../../../models/kvm/actions/ioapic/scan-ioapic.ts";
import { svmOps, vmxOps } from "../../../models/kvm/ops.ts";
import { ioapicDestination, ioapicEntry } from "../../../scenarios/ioapic/ioapic-entry.ts";
import { ioapicReroute, ioapicScan } from "../../../scenarios/ioapic/ioapic-scan.ts";
import { ioapicTests } from "../../../scenarios/ioapic/ioapic-tests.ts";
import { resampleWorld } from "../../../scenarios/ioapic/irqfd-resample.ts";
import type { State } from "../../../models/kvm/state.ts";
import { ask, named } from "../../scenarios/expected.ts";
import { searched, traceOf } from "./timer-ask.ts";

test("the tests of the I/O APIC are there, each with a fact that is reached", async () => {
  expect(ioapicTests.map(({ name }) => name)).toEqual(
    [
      "edge",
      "level",
      "level-coalesce",
      "level-sequential",
      "level-retrigger",
      "level-retrigger-mask",
      "edge-mask",
      "level-mask",
      "remote-irr",
      "reconfigure",
    ].map((name) => `kvm/ioapic-${name}`),
  );
  for (const { name } of ioapicTests) {
    const outcome = await ask(named(name), { guest: "vmx" });
    expect(outcome!.properties[0].verdict).toBe("holds");
  }
});

// What the public tests hold the I/O APIC to: without the step, the test fails.
describe("a test of the I/O APIC fails", () => {
  const byName = (name: string) => ioapicTests.find((one) => one.name === `kvm/ioapic-${name}`)!.spec;
  const fails = async (name: string, guest: string, patch: Patch<State>) => {
    const { findingOf } = await searched({ spec: byName(name), guest, patch });
    return findingOf(`ioapic-test-${name}`).path !== undefined;
  };
  const scan = (ops: typeof vmxOps) => ({
    replace: [scanRequests(ops).find(({ name }) => name === "req_scan_ioapic")!],
  });

  test.each([
    ["vmx", vmxOps],
    ["avic", svmOps],
  ] as const)("reconfigure, where a scan forgets what is in service: %s", async (guest, ops) => {
    expect(await fails("reconfigure", guest, scan({ ...ops, pendingEoi: () => false }))).toBe(true);
    expect(await fails("reconfigure", guest, {})).toBe(false);
  });

  test("level-sequential, where the EOI exit bitmap is not loaded", async () => {
    const load = scanRequests({ ...vmxOps, loadEoiExitmap: () => {} }).find(
      ({ name }) => name === "req_load_eoi_exitmap",
    )!;
    expect(await fails("level-sequential", "vmx", { replace: [load] })).toBe(true);
  });
});

const kernel = ["irqchip=kernel"];

describe("C16", () => {
  const asked = { spec: ioapicScan.spec, guest: "vmx", set: kernel };

  test("the in-kernel I/O APIC serves a line that is up before the vCPU has scanned", async () => {
    const trace = await traceOf(asked, "remote-irr-not-stuck");
    expect(trace).toEqual([
      "KVM_IRQ_LINE_level",
      "other_vcpu_writes_entry",
      "pin_test_apicv",
      "pin_set_pir",
      "pin_set_on",
      "pin_notify_test",
      "pin_notify",
      "process_posted_interrupts",
      "guest_take_level",
      "guest_check_mapped_device",
      "guest_eoi_level",
    ]);
  });

  test.each([
    ["vmx-sw", 28],
    ["avic", 13],
    ["svm-sw", 29],
  ] as const)("so it does for %s", async (guest, steps) => {
    expect(await traceOf({ ...asked, guest }, "remote-irr-not-stuck")).toHaveLength(steps);
  });
});

describe("C29", () => {
  test("an interrupt that nobody took sets remote_irr, and the pin is stuck", async () => {
    const spec = ioapicDestination.spec;
    expect(await traceOf({ spec, guest: "vmx" }, "remote-irr-only-if-accepted")).toHaveLength(6);
    const trace = await traceOf({ spec, guest: "vmx" }, "level-pin-with-destination-served");
    expect(trace.filter((name) => name === "guest_write_entry")).toHaveLength(2);
    expect(trace).toHaveLength(24);
  });
});

describe("C30", () => {
  test("a TD's device stays masked after its first interrupt", async () => {
    const asked = { spec: resampleWorld.spec, guest: "td", design: "active", set: kernel };
    const trace = await traceOf(asked, "resampled-device-not-stuck");
    expect(trace).toEqual([
      "device_asserts_intx",
      "vfio_intx_handler",
      "irqfd_inject_resample",
      "pin_set_pir",
      "pin_set_on",
      "pin_notify_test",
      "pin_notify",
      "process_posted_interrupts",
      "guest_take_level",
      "guest_quiets_intx",
      "guest_eoi_level",
    ]);
  });
});

test.each([
  ["kvm/ioapic-entry", "vmx", [57_190, 155_967, 129], ioapicEntry.spec],
  ["kvm/ioapic-destination", "avic", [6_540, 18_665, 112], ioapicDestination.spec],
  ["kvm/ioapic-scan", "vmx", [655, 1_088, 80], ioapicScan.spec],
  ["kvm/ioapic-reroute", "vmx", [50_236, 126_747, 107], ioapicReroute.spec],
  ["kvm/irqfd-resample", "svm-sw", [989, 1_646, 95], resampleWorld.spec],
] as const)("%s, %s: states, transitions, depth", async (_, guest, known, spec) => {
  const { found } = await searched({ spec, guest, set: kernel });
  expect([found.states, found.transitions, found.levels.length - 1]).toEqual(known);
});
