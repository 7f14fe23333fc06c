import { bool, index, int, oneOf, record, set } from "#check";

/** The reasons of kvm->arch.apicv_inhibit_reasons that these worlds can give. */
export const inhibitReasons = [
  "DISABLED",
  "ABSENT",
  "TDX",
  "HYPERV",
  "BLOCKIRQ",
  "PHYSICAL_ID_ALIASED",
  "APIC_ID_MODIFIED",
  "APIC_BASE_MODIFIED",
  "PIT_REINJ",
  "IRQWIN",
  "LOGICAL_ID_ALIASED",
] as const;
/** One of them. */
export type InhibitReason = (typeof inhibitReasons)[number];

/** kvm->arch.apicv_inhibit_reasons; a reason that the vendor does not require is never in it. */
export const inhibits = record({
  DISABLED: bool,
  ABSENT: bool,
  TDX: bool,
  HYPERV: bool,
  BLOCKIRQ: bool,
  PHYSICAL_ID_ALIASED: bool,
  APIC_ID_MODIFIED: bool,
  APIC_BASE_MODIFIED: bool,
  PIT_REINJ: bool,
  IRQWIN: bool,
  LOGICAL_ID_ALIASED: bool,
});

/** The ids of the vCPUs and the map that kvm_recalculate_apic_map() makes of them. */
export const apicMap = record({
  /** 0, 1, ... or 0, 256, whose xAPIC ids are both 0. */
  ids: oneOf("CONSECUTIVE", "0_AND_256"),
  /** KVM_CAP_X2APIC_API with 32-bit ids: kvm->arch.x2apic_format. */
  x2apicFormat: bool,
  /** Unless KVM_CAP_X2APIC_API disables it: a message to 0xff is for everybody, in x2APIC mode too. */
  broadcastQuirk: bool,
  /** kvm->arch.apic_map: the vCPUs that it finds by physical and by logical id, unless there is none. */
  map: record({ present: bool, physical: set("vcpu"), logical: set("vcpu") }),
  /** The one that the holder of apic_map_lock has built and not published yet. */
  next: record({ physical: set("vcpu"), logical: set("vcpu") }),
  /** kvm->arch.apic_map_dirty. */
  dirty: oneOf("CLEAN", "DIRTY", "UPDATE_IN_PROGRESS"),
  /** Where the thread that holds apic_map_lock stands. */
  pc: oneOf("IDLE", "PHYSICAL", "LOGICAL", "ID_MODIFIED", "DONE"),
  /** What it found: no map, since two ids are the same or memory is lacking; an xAPIC id that is not the vCPU's. */
  noMap: bool,
  mismatch: bool,
  /** Its memory could not be allocated at some time. */
  ghostAllocationFailed: bool,
});

/** KVM_BUG_ON()'s kvm_make_all_cpus_request(KVM_REQ_VM_DEAD), in the vCPU thread that made it. */
export const bugOn = record({
  pc: oneOf("NONE", "REQUEST", "MODE", "IPI", "WAIT", "DONE"),
  by: index("vcpu"),
  target: index("vcpu"),
  ipi: set("vcpu"),
});

/** What event injection has to do for a vCPU beside its LAPIC: NMIs and the PIC's line. */
export const events = record({
  /** KVM_REQ_NMI with vcpu->arch.nmi_queued, then nmi_pending. */
  nmiQueued: bool,
  nmiPending: bool,
  /** LVT0 is unmasked in ExtINT mode. */
  lvt0ExtInt: bool,
  /** vcpu->arch.pending_external_vector: KVM_INTERRUPT was accepted. */
  externalVector: bool,
  /** vcpu->arch.interrupt.injected. */
  interruptInjected: bool,
  /** req_immediate_exit of this entry. */
  immediateExit: bool,
  /** The guest's handlers of interrupts of the in-kernel PIC that run, one interrupted by the other. */
  picHandlers: int(0, 2),
  /** Event injection has acknowledged an ExtINT vector since the guest ran last. */
  ghostAcknowledged: bool,
  /** The guest got an ExtINT interrupt. */
  ghostExtIntTaken: bool,
  /** tdx_vcpu_run() warned about an immediate exit. */
  ghostForcedExitWarned: bool,
});

/** These parts before anything has booted. */
export const apicvPowerOn = {
  inhibit: {
    DISABLED: false,
    ABSENT: true,
    TDX: false,
    HYPERV: false,
    BLOCKIRQ: false,
    PHYSICAL_ID_ALIASED: false,
    APIC_ID_MODIFIED: false,
    APIC_BASE_MODIFIED: false,
    PIT_REINJ: false,
    IRQWIN: false,
    LOGICAL_ID_ALIASED: false,
  },
  apicMap: {
    ids: "CONSECUTIVE",
    x2apicFormat: false,
    broadcastQuirk: true,
    map: { present: true, physical: 0, logical: 0 },
    next: { physical: 0, logical: 0 },
    dirty: "CLEAN",
    pc: "IDLE",
    noMap: false,
    mismatch: false,
    ghostAllocationFailed: false,
  },
  bugOn: { pc: "NONE", by: 0, target: 0, ipi: 0 },
  events: {
    nmiQueued: false,
    nmiPending: false,
    lvt0ExtInt: false,
    externalVector: false,
    interruptInjected: false,
    immediateExit: false,
    picHandlers: 0,
    ghostAcknowledged: false,
    ghostExtIntTaken: false,
    ghostForcedExitWarned: false,
  },
} as const;
