import { about, bool, index, int, oneOf, record, set, words } from "#check";

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

export const inhibits = about(
  "kvm->arch.apicv_inhibit_reasons; a reason that the vendor does not require is never in it.",
  record({
    DISABLED: about(
      "APICV_INHIBIT_REASON_DISABLED: the module was loaded without APICv, or a vCPU was created without it.",
      bool,
    ),
    ABSENT: about("APICV_INHIBIT_REASON_ABSENT: no LAPIC in the kernel yet.", bool),
    TDX: about("APICV_INHIBIT_REASON_TDX of the posted patch: the VM is a TD.", bool),
    HYPERV: about("APICV_INHIBIT_REASON_HYPERV: a SINT of Hyper-V's SynIC ends interrupts by itself.", bool),
    BLOCKIRQ: about("APICV_INHIBIT_REASON_BLOCKIRQ: KVM_SET_GUEST_DEBUG with KVM_GUESTDBG_BLOCKIRQ.", bool),
    PHYSICAL_ID_ALIASED: about(
      "APICV_INHIBIT_REASON_PHYSICAL_ID_ALIASED: two vCPUs have one physical id, or there is no apic map.",
      bool,
    ),
    APIC_ID_MODIFIED: about("APICV_INHIBIT_REASON_APIC_ID_MODIFIED: an xAPIC id is not the vCPU's.", bool),
    APIC_BASE_MODIFIED: about(
      "APICV_INHIBIT_REASON_APIC_BASE_MODIFIED: an APIC's base is not the default one.",
      bool,
    ),
    PIT_REINJ: about("APICV_INHIBIT_REASON_PIT_REINJ: the in-kernel PIT re-injects lost ticks.", bool),
    IRQWIN: about(
      "APICV_INHIBIT_REASON_IRQWIN: AVIC is off while an ExtINT interrupt waits for its window.",
      bool,
    ),
    LOGICAL_ID_ALIASED: about(
      "APICV_INHIBIT_REASON_LOGICAL_ID_ALIASED: two vCPUs have one logical id.",
      bool,
    ),
  }),
);

/** What an apic map finds. */
const found = {
  physical: about("The vCPUs that are found by their physical id.", set("vcpu")),
  logical: about("The vCPUs that are found by their logical id.", set("vcpu")),
} as const;

export const apicMap = about(
  "The ids of the vCPUs and the map that kvm_recalculate_apic_map() makes of them.",
  record({
    ids: about("0, 1, ... or 0, 256, whose xAPIC ids are both 0.", oneOf("CONSECUTIVE", "0_AND_256")),
    x2apicFormat: about("KVM_CAP_X2APIC_API with 32-bit ids: kvm->arch.x2apic_format.", bool),
    broadcastQuirk: about(
      "Unless KVM_CAP_X2APIC_API disables it: a message to 0xff is for everybody, in x2APIC mode too.",
      bool,
    ),
    map: about(
      "kvm->arch.apic_map: the vCPUs that it finds by physical and by logical id, unless there is none.",
      record({ present: about("There is a map.", bool), ...found }),
    ),
    next: about("The one that the holder of apic_map_lock has built and not published yet.", record(found)),
    dirty: about("kvm->arch.apic_map_dirty.", oneOf("CLEAN", "DIRTY", "UPDATE_IN_PROGRESS")),
    pc: about(
      "Where the thread that holds apic_map_lock stands.",
      oneOf("IDLE", "PHYSICAL", "LOGICAL", "ID_MODIFIED", "DONE"),
    ),
    by: about(
      "Whose thread that is.",
      words({ USERSPACE: "that of an ioctl, or nobody's", GUEST: "a vCPU's, whose guest has written SPIV" }),
    ),
    noMap: about("What it found: no map, since two ids are the same or memory is lacking.", bool),
    mismatch: about("What it found: an xAPIC id that is not the vCPU's.", bool),
    ghostAllocationFailed: about("Its memory could not be allocated at some time.", bool),
  }),
);

export const bugOn = about(
  "KVM_BUG_ON()'s kvm_make_all_cpus_request(KVM_REQ_VM_DEAD), in the vCPU thread that made it.",
  record({
    pc: about(
      "Where the thread that makes the request stands.",
      oneOf("NONE", "REQUEST", "MODE", "IPI", "WAIT", "DONE"),
    ),
    by: about("The vCPU whose thread made it.", index("vcpu")),
    target: about("The vCPU that it looks at next.", index("vcpu")),
    ipi: about("The vCPUs that need the IPI.", set("vcpu")),
  }),
);

export const events = about(
  "What event injection has to do for a vCPU beside its LAPIC: NMIs and the PIC's line.",
  record({
    nmiQueued: about("KVM_REQ_NMI with vcpu->arch.nmi_queued.", bool),
    nmiPending: about("vcpu->arch.nmi_pending.", bool),
    nmiRequestLeft: about(
      "KVM_REQ_NMI with nmi_queued 0: an INIT has cleared the count, not the request.",
      bool,
    ),
    smiQueued: about("KVM_REQ_SMI.", bool),
    smiPending: about("vcpu->arch.smi_pending.", bool),
    inSmm: about(
      "HF_SMM_MASK in vcpu->arch.hflags: the guest is in SMM, where NMIs, SMIs and INIT are blocked.",
      bool,
    ),
    ifBeforeSmm: about("RFLAGS.IF as SMM was entered, which RSM brings back.", bool),
    pvUnhalted: about("vcpu->arch.pv.pv_unhalted: another vCPU has kicked this one out of its halt.", bool),
    lvt0ExtInt: about("LVT0 is unmasked in ExtINT mode.", bool),
    externalVector: about("vcpu->arch.pending_external_vector: KVM_INTERRUPT was accepted.", bool),
    interruptInjected: about("vcpu->arch.interrupt.injected.", bool),
    immediateExit: about("req_immediate_exit of this entry.", bool),
    picHandlers: about(
      "The guest's handlers of interrupts of the in-kernel PIC that run, one interrupted by the other.",
      int(0, 2),
    ),
    ghostAcknowledged: about(
      "Event injection has acknowledged an ExtINT vector since the guest ran last.",
      bool,
    ),
    ghostExtIntTaken: about("The guest got an ExtINT interrupt.", bool),
    ghostForcedExitWarned: about("tdx_vcpu_run() warned about an immediate exit.", bool),
  }),
);

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
    by: "USERSPACE",
    noMap: false,
    mismatch: false,
    ghostAllocationFailed: false,
  },
  bugOn: { pc: "NONE", by: 0, target: 0, ipi: 0 },
  events: {
    nmiQueued: false,
    nmiPending: false,
    nmiRequestLeft: false,
    smiQueued: false,
    smiPending: false,
    inSmm: false,
    ifBeforeSmm: false,
    pvUnhalted: false,
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

export const inhibitor = about(
  "The thread that changes an APICv inhibit: kvm_set_or_clear_apicv_inhibit().",
  record({
    pc: about("Where it stands.", oneOf("IDLE", "REQUEST", "MODE", "IPI", "WAIT", "STORE")),
    reason: about("The reason that it sets or clears.", oneOf(...inhibitReasons)),
    set: about("It sets the reason; else it clears it.", bool),
    target: about("The vCPU that it looks at next.", index("vcpu")),
    ioctlOn: about("The vCPU whose mutex the ioctl holds, where it is a vCPU ioctl.", index("vcpu")),
    ipi: about("The vCPUs that need the IPI: kvm_make_all_cpus_request()'s mask.", set("vcpu")),
  }),
);
