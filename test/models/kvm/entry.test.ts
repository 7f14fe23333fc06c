import { describe, expect, test } from "vitest";
import { guests } from "../../../models/kvm/model.ts";
import type { GuestName } from "../../../models/kvm/ops.ts";
import { powerOn } from "../../../models/kvm/power-on.ts";
import type { State } from "../../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];
type Req = Vcpu["req"];

/** A vCPU of a guest at a step of vcpu_enter_guest(), with some requests. */
const vcpuAt = (guest: GuestName, vcpu: Partial<Vcpu>, req: Partial<Req> = {}): State => {
  const [off] = powerOn(guest === "td" ? "KVM_X86_TDX_VM" : "KVM_X86_DEFAULT_VM")({ vcpu: 1 });
  const [one] = off.vcpu;
  return { ...off, vcpu: [{ ...one, ...vcpu, req: { ...one.req, ...req } }] };
};

const actionOf = (guest: GuestName, name: string) =>
  guests[guest].model.actions.find((action) => action.name === name)!;

const enabled = (guest: GuestName, s: State, name: string): boolean =>
  actionOf(guest, name).guard(s, { v: 0 });

describe("the requests before an entry are handled in one pass", () => {
  const order = ["req_scan_ioapic", "req_load_eoi_exitmap", "req_apicv_update"] as const;
  const steps = [...order, "requests_up_to_apicv", "requests_done"];
  const all = { SCAN_IOAPIC: true, LOAD_EOI_EXITMAP: true, APICV_UPDATE: true };

  test.each<readonly [string, Vcpu["pc"], Partial<Req>, readonly string[]]>([
    ["all", "REQUESTS", all, ["req_scan_ioapic"]],
    ["no scan", "REQUESTS", { ...all, SCAN_IOAPIC: false }, ["req_load_eoi_exitmap"]],
    ["an update", "REQUESTS", { APICV_UPDATE: true }, ["req_apicv_update", "requests_up_to_apicv"]],
    ["none", "REQUESTS", {}, ["requests_done"]],
    ["a scan that comes too late", "REQUEST_APICV", all, ["req_apicv_update"]],
    ["only such a scan", "REQUEST_APICV", { SCAN_IOAPIC: true }, ["requests_done"]],
    ["an update after the update", "REQUESTS_DONE", all, ["requests_done"]],
  ])("%s, at %s %j: %j", (_, pc, req, expected) => {
    const s = vcpuAt("vmx", { pc }, req);
    expect(steps.filter((name) => enabled("vmx", s, name))).toEqual(expected);
  });
});

describe("an entry that is given up", () => {
  test.each<readonly [GuestName, Vcpu["exit"], Vcpu["exit"]]>([
    ["td", "HLT0", "HLT0"],
    ["td", "HLT1", "HLT1"],
    ["td", "TMICT_N", "OTHER"],
    ["vmx", "HLT0", "OTHER"],
  ])("of %s after %s: the exit reason is %s", (guest, exit, after) => {
    const s = vcpuAt(guest, { pc: "EXIT_REQUEST", mode: "EXITING", exit });
    actionOf(guest, "exit_request").effect(s, { v: 0 });
    expect(s.vcpu[0]).toMatchObject({ mode: "OUTSIDE", exit: after });
  });

  test("does not handle that exit once more", () => {
    const s = vcpuAt("td", { pc: "ENTRY_CANCELLED", exit: "HLT0" });
    actionOf("td", "cancel_injection").effect(s, { v: 0 });
    expect(s.vcpu[0].pc).toBe("CLEAR_UNBLOCK");
    expect(enabled("td", s, "irqs_on")).toBe(false);
  });
});
