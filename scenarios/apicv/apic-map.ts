import {
  allocationFailureBugs,
  allocationFailureForgiven,
  apicIdNeverModified,
  logicalAliasNeverInhibits,
  tdBuggedOnlyWithoutMemory,
  physicalIdNeverAliased,
  x2apicIdsNeverAlias,
} from "../../properties/apicv/apic-map.ts";
import { entryAgreesWithInhibits } from "../../properties/apicv/apicv-state.ts";
import { buggedVmKicksGuests, buggedVmRunsNoGuest } from "../../properties/creation/lifecycle.ts";
import { only } from "../../models/kvm/option.ts";
import { apicMapAlloc, vcpuIds, x2apicApi } from "../../models/kvm/options/apicv.ts";
import { tdFinalize } from "../../models/kvm/options/creation.ts";
import { setLapic } from "../../models/kvm/options/ioctls.ts";
import { apicMap, runLoop, userspaceExits } from "../parts.ts";
import type { Where } from "../expectation.ts";
import { world } from "../world.ts";

const bringUp = [
  ...runLoop,
  ...userspaceExits,
  ...apicMap,
  "KVM_TDX_INIT_VCPU",
  "KVM_TDX_FINALIZE_VM",
  "KVM_SET_LAPIC",
];
const properties = [
  tdBuggedOnlyWithoutMemory,
  physicalIdNeverAliased,
  x2apicIdsNeverAlias,
  allocationFailureBugs,
  allocationFailureForgiven,
  logicalAliasNeverInhibits,
  apicIdNeverModified,
  entryAgreesWithInhibits,
  buggedVmRunsNoGuest,
  buggedVmKicksGuests,
];

const notBugging: Where = { design: "v1-inhibit" };
const notBugged = { verdict: "vacuous", because: "the VM is not bugged" } as const;
const idModified = {
  verdict: "violated",
  because: "before KVM_TDX_INIT_VCPU the APIC is in xAPIC mode, whose id KVM_SET_LAPIC may change",
} as const;
const never = "no allocation fails";
const inhibited = "the TDX inhibit stands anyway";
const aliased: Where = { vcpuIds: "0-and-256", x2apicApi: "off", tdFinalize: "any-vcpus" };

const sameIds = {
  property: "td-physical-id-never-aliased",
  verdict: "violated",
  because: "KVM_SET_LAPIC may give two vCPUs in xAPIC mode the same id",
} as const;

/** What no setting changes. */
const common = [
  { property: "td-bugged-only-without-memory", verdict: "holds" },
  { property: "x2apic-ids-never-alias", verdict: "holds" },
  { property: "entry-agrees-with-inhibits", verdict: "holds" },
] as const;
const holding = [
  { property: "logical-id-aliased-never-inhibits-on-vmx", verdict: "holds" },
  { property: "td-apic-id-never-modified", verdict: "holds" },
] as const;

/** Two vCPUs of a TD while their ids are put into the apic map. */
export const apicMapWorld = world({
  name: "kvm/apic-map",
  about:
    "a TD's two vCPUs, ids 0 and 1, from creation on: the apic map is rebuilt, and its memory may be lacking",
  guests: ["td"],
  options: [apicMapAlloc, setLapic],
  scope: { vcpu: 2 },
  start: "uninitialized",
  actions: bringUp,
  properties,
  expected: [
    { ...sameIds, where: { setLapic: "allow" } },
    { ...sameIds, where: { design: "v1-inhibit", setLapic: "as-designed" } },
    { property: "td-physical-id-never-aliased", verdict: "holds" },
    { property: "td-bugged-only-without-memory", where: { ...notBugging }, verdict: "holds" },
    {
      property: "td-bugged-only-without-memory",
      where: { setLapic: "allow" },
      verdict: "violated",
      because: "the xAPIC id of a vCPU that is never initialized may be changed",
    },
    ...common,
    {
      property: "allocation-failure-bugs-the-vm",
      where: { apicMapAlloc: "ok" },
      verdict: "violated",
      because: never,
    },
    {
      property: "allocation-failure-forgiven",
      where: { apicMapAlloc: "ok" },
      verdict: "violated",
      because: never,
    },
    {
      property: "allocation-failure-bugs-the-vm",
      where: { ...notBugging },
      verdict: "violated",
      because: inhibited,
    },
    {
      property: "allocation-failure-forgiven",
      where: { ...notBugging },
      verdict: "violated",
      because: inhibited,
    },
    { property: "allocation-failure-bugs-the-vm", verdict: "witnessed" },
    { property: "allocation-failure-forgiven", verdict: "witnessed" },
    // Where ids may be changed, two may be made the same.
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { setLapic: "allow" },
      verdict: "holds",
    },
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { design: "v1-inhibit", setLapic: "as-designed" },
      verdict: "holds",
    },
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { apicMapAlloc: "ok" },
      verdict: "vacuous",
      because: "the map is never given up",
    },
    {
      property: "td-apic-id-never-modified",
      where: { design: "v1-inhibit", setLapic: ["as-designed", "allow"] },
      ...idModified,
    },
    { property: "td-apic-id-never-modified", where: { setLapic: "allow" }, ...idModified },
    { property: "bugged-vm-runs-no-guest", where: { ...notBugging }, ...notBugged },
    { property: "bugged-vm-has-kicked-its-guests", where: { ...notBugging }, ...notBugged },
    { property: "bugged-vm-runs-no-guest", where: { apicMapAlloc: "may-fail" }, verdict: "holds" },
    { property: "bugged-vm-has-kicked-its-guests", where: { apicMapAlloc: "may-fail" }, verdict: "holds" },
    { property: "bugged-vm-runs-no-guest", where: { setLapic: "allow" }, verdict: "holds" },
    { property: "bugged-vm-runs-no-guest", ...notBugged },
    { property: "bugged-vm-has-kicked-its-guests", ...notBugged },
    ...holding,
  ],
});

/** The same with vCPU ids 0 and 256, and so with finding F1. */
const f1 = world({
  name: "kvm/f1-uninitialized-vcpu",
  about: "a TD's two vCPUs, ids 0 and 256: until KVM_TDX_INIT_VCPU both have the xAPIC id 0",
  guests: ["td"],
  options: [only(vcpuIds, "0-and-256", "consecutive"), x2apicApi, tdFinalize],
  scope: { vcpu: 2 },
  start: "uninitialized",
  actions: bringUp,
  properties,
  expected: [
    { property: "td-physical-id-never-aliased", where: { x2apicApi: "on" }, verdict: "holds" },
    { ...sameIds, where: { design: "v1-inhibit", vcpuIds: "consecutive" } },
    { property: "td-physical-id-never-aliased", where: { vcpuIds: "consecutive" }, verdict: "holds" },
    {
      property: "td-physical-id-never-aliased",
      verdict: "violated",
      because: "F1: until KVM_TDX_INIT_VCPU both have the xAPIC id 0",
    },
    { property: "td-bugged-only-without-memory", where: { ...notBugging }, verdict: "holds" },
    {
      property: "td-bugged-only-without-memory",
      where: aliased,
      verdict: "violated",
      because:
        "F1: a vCPU that is never initialized keeps the xAPIC id 0, the map is given up, and vCPU 0 bugs the VM",
    },
    ...common,
    { property: "allocation-failure-bugs-the-vm", verdict: "violated", because: never },
    { property: "allocation-failure-forgiven", verdict: "violated", because: never },
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { x2apicApi: "on" },
      verdict: "vacuous",
      because: "aliases are tolerated",
    },
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { design: "v1-inhibit" },
      verdict: "holds",
    },
    {
      property: "logical-id-aliased-never-inhibits-on-vmx",
      where: { vcpuIds: "consecutive" },
      verdict: "vacuous",
      because: "nothing aliases",
    },
    { property: "td-apic-id-never-modified", where: { design: "v1-inhibit" }, ...idModified },
    { property: "bugged-vm-runs-no-guest", where: { ...notBugging }, ...notBugged },
    { property: "bugged-vm-runs-no-guest", where: aliased, verdict: "holds" },
    { property: "bugged-vm-runs-no-guest", ...notBugged },
    { property: "bugged-vm-has-kicked-its-guests", verdict: "vacuous", because: "no other vCPU runs" },
    ...holding,
  ],
});

export default [apicMapWorld, f1];
