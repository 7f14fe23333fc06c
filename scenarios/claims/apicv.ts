import type { Claim } from "#check";
import { tdDesigns } from "./columns.ts";

const mayFail = ["apicMapAlloc=may-fail"];
const life = (property: string) => ({ property, scenario: "kvm/lifecycle" });
const f1 = (property: string) => ({ property, scenario: "kvm/f1-uninitialized-vcpu" });
const map = (property: string) => ({ property, scenario: "kvm/apic-map", set: mayFail });

/** What the thread says about the switch between APICv active and inhibited itself. */
const apicvClaims: readonly Claim[] = [
  {
    id: "Q1",
    statement:
      "With APICv inhibited for TDs, apicv_active is cleared as the vCPU is initialized, so that its refresh is never " +
      "reached for a TD",
    messages: ["m1"],
    source: "timer 9.2 Q1",
    word: "confirmed",
    checks: [
      {
        property: "refresh-never-warns-for-td",
        scenario: "kvm/apicv",
        columns: tdDesigns,
      },
    ],
  },
  {
    id: "Q2",
    statement: "At every entry apicv_active agrees with the inhibits, however they change meanwhile",
    messages: ["m3"],
    source: "timer 9.2 Q2",
    word: "confirmed",
    checks: [
      {
        property: "entry-agrees-with-inhibits",
        scenario: "kvm/apicv",
        set: ["apicMapAlloc=may-fail"],
        columns: [...tdDesigns, "vmx"],
      },
    ],
  },
  {
    id: "Q3",
    statement:
      "No inhibit can reach a TD except when the apic map's memory cannot be allocated, so KVM_BUG_ON is fine",
    messages: ["m3", "m12", "m14"],
    source: "timer 9.2 Q3, 9.4 F1",
    word: "holds under: every created vCPU is initialized, or 32-bit ids (KVM_CAP_X2APIC_API), or ids below 256",
    said: "m3 and m12 say that x2APIC is mandatory and so nothing but a failed allocation can inhibit APICv.",
    shown:
      "Until KVM_TDX_INIT_VCPU a vCPU is in xAPIC mode: with ids 0 and 256 the map is given up as vCPU 0 is initialized, " +
      "and if vCPU 256 never is, vCPU 0 bugs the VM.",
    checks: [
      { ...f1("td-bugged-only-without-memory"), columns: tdDesigns },
      {
        ...f1("td-bugged-only-without-memory"),
        set: ["tdFinalize=all-initialized"],
        columns: tdDesigns,
      },
      {
        ...f1("td-bugged-only-without-memory"),
        set: ["x2apicApi=on"],
        columns: tdDesigns,
      },
      {
        ...f1("td-bugged-only-without-memory"),
        set: ["vcpuIds=consecutive"],
        columns: tdDesigns,
      },
      {
        property: "td-bugged-only-without-memory",
        scenario: "kvm/apic-map",
        set: mayFail,
        columns: tdDesigns,
      },
    ],
  },
  {
    id: "Q4",
    statement: "In x2APIC mode no physical ids alias, whether KVM_CAP_X2APIC_API is enabled or not",
    messages: ["m13", "m14"],
    source: "timer 9.2 Q4",
    word: "confirmed",
    checks: [
      { ...f1("x2apic-ids-never-alias"), columns: tdDesigns },
      { ...f1("x2apic-ids-never-alias"), set: ["x2apicApi=on"], columns: tdDesigns },
    ],
  },
  {
    id: "Q5",
    statement: "A failed allocation of the apic map disables APICv at run time, and then the VM is bugged",
    messages: ["m3"],
    source: "timer 9.2 Q5",
    word: "holds under: no later allocation works before a vCPU services the request",
    said: "m3 says that a failed allocation can inhibit APICv at run time, and proposes to bug the VM then.",
    shown:
      "Some runs bug the VM; in others the next vCPU's initialization builds the map, the inhibit is cleared before " +
      "anybody applied it, and the VM runs on.",
    checks: [
      { ...map("allocation-failure-bugs-the-vm"), columns: tdDesigns },
      { ...map("allocation-failure-forgiven"), columns: tdDesigns },
    ],
  },
  {
    id: "Q6",
    statement: "Userspace may disable a TD's APIC by KVM_SET_SREGS unless has_protected_state is set",
    messages: ["m3"],
    source: "timer 9.2 Q6",
    word: "confirmed",
    checks: [
      { ...life("td-runs-with-its-apic-enabled"), columns: tdDesigns },
      {
        ...life("td-runs-with-its-apic-enabled"),
        set: ["setSregs=allow"],
        columns: tdDesigns,
      },
      ...["reject-either", "check-guest-state", "has-protected-state"].map((way) => ({
        ...life("td-runs-with-its-apic-enabled"),
        set: [`setSregs=${way}`],
        columns: tdDesigns,
      })),
    ],
  },
  {
    id: "Q7",
    statement: "Userspace may disable a TD's APIC by KVM_SET_LAPIC",
    messages: ["m3", "m12"],
    source: "timer 9.2 Q7",
    word: "refuted",
    said: "m3 counts KVM_SET_LAPIC among the ways to disable the APIC, and m12 agrees to refuse it for now.",
    shown:
      "It never touches the APIC base; what it can do is change the xAPIC id of a vCPU that is not initialized yet, " +
      "which inhibits APICv by APIC_ID_MODIFIED and, with APICv active, bugs the VM.",
    checks: [
      {
        ...life("set-lapic-keeps-apic-enabled"),
        set: ["setLapic=allow"],
        columns: tdDesigns,
      },
      {
        property: "td-apic-id-never-modified",
        scenario: "kvm/apic-map",
        set: ["setLapic=allow"],
        columns: tdDesigns,
      },
      {
        property: "td-bugged-only-without-memory",
        scenario: "kvm/apic-map",
        set: ["setLapic=allow"],
        columns: tdDesigns,
      },
      {
        property: "td-apic-id-never-modified",
        scenario: "kvm/apic-map",
        set: ["setLapic=force-x2apic"],
        columns: tdDesigns,
      },
      {
        property: "td-apic-id-never-modified",
        scenario: "kvm/apic-map",
        columns: tdDesigns,
      },
    ],
  },
  {
    id: "Q8",
    statement: "A bugged VM is over: no vCPU of it enters its guest any more",
    messages: ["m3", "m12"],
    source: "timer 9.2 Q8",
    word: "confirmed",
    checks: [{ ...map("bugged-vm-runs-no-guest"), columns: tdDesigns }],
  },
  {
    id: "Q9",
    statement:
      "A TD has a split irqchip: neither none, since the vCPU needs its LAPIC, nor one in the kernel",
    messages: ["m5", "m7", "m8"],
    source: "timer 9.2 Q9",
    word: "holds under: split enforced (6.16 and later)",
    said: "m5 wants a split irqchip, m7 none or split, and m8 says that none cannot work.",
    shown:
      "No design ever gives a TD without irqchip a vCPU; one in the kernel is possible until split is enforced.",
    checks: [
      {
        ...life("td-vcpu-implies-split-irqchip"),
        columns: tdDesigns,
      },
      { ...life("td-vcpu-needs-lapic"), columns: tdDesigns },
    ],
  },
  {
    id: "Q13",
    statement: "APICV_INHIBIT_REASON_PIT_REINJ is relevant to AVIC only",
    messages: ["m3"],
    source: "timer 9.2 Q13",
    word: "confirmed",
    checks: [
      {
        ...life("pit-reinject-never-inhibits-on-vmx"),
        columns: [...tdDesigns, "vmx"],
      },
    ],
  },
  {
    id: "Q14",
    statement: "APICV_INHIBIT_REASON_LOGICAL_ID_ALIASED is relevant to AVIC only",
    messages: ["m3", "m13", "m14"],
    source: "timer 9.2 Q14",
    word: "confirmed",
    checks: [
      { ...f1("logical-id-aliased-never-inhibits-on-vmx"), columns: tdDesigns },
      { ...map("logical-id-aliased-never-inhibits-on-vmx"), columns: tdDesigns },
    ],
  },
  {
    id: "m3-bringup",
    statement: "With enable_apicv checked in tdx_bringup(), apicv_active of a TD vCPU is initialized as true",
    messages: ["m3"],
    source: "timer 4.1",
    word: "confirmed",
    checks: [{ ...life("td-vcpu-starts-with-apicv-active"), columns: tdDesigns }],
  },
];

export default apicvClaims;
