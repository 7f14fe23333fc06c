import { actionOf, bool, index, int, oneOf, propertyOf, record, set, vector, type ValueOf } from "#check";

/** The interrupt vectors of these worlds: the LAPIC timer's and the RTC's. */
const vectors = record({ timer: bool, rtc: bool });

/** Where a vCPU's thread stands: each word names the step it takes next. */
const pc = oneOf(
  "ABSENT", // not created yet
  "USER", // in userspace, outside KVM_RUN
  "RUN_TOP", // vcpu_run(), top of the loop
  "REQUESTS", // vcpu_enter_guest(), requests
  "EVENTS", // vcpu_enter_guest(), KVM_REQ_EVENT
  "IRQS_OFF", // vcpu_enter_guest(), before local_irq_disable()
  "MODE_IN",
  "SYNC_PIR",
  "EXIT_REQUEST",
  "VENDOR_RUN", // kvm_x86_ops.vcpu_run()
  "ENTER",
  "NONROOT", // guest code runs
  "EXITED", // exit taken, mode still as it was in the guest
  "IRQS_ON", // mode is OUTSIDE, host IRQs being enabled
  "TMICT_CANCEL", // kvm_lapic_reg_write(APIC_TMICT), step by step
  "TMICT_CLEAR_1",
  "TMICT_STORE",
  "TMICT_CLEAR_2",
  "TMICT_START",
  "EXPIRED_TEST", // apic_timer_expired(apic, false), step by step
  "EXPIRED_APICV",
  "EXPIRED_POST",
  "EXPIRED_PEND",
  "EXPIRED_UNBLOCK",
  "READ_TMCCT",
  "EOI_IOAPIC", // kvm_ioapic_update_eoi(), waiting for ioapic->lock
  "EOI_SOFTWARE", // apic_set_eoi() of an emulated APIC
  "TO_USER", // handle_exit() wants userspace
  "CLEAR_UNBLOCK", // vcpu_run(), after vcpu_enter_guest()
  "INJECT_TIMER",
  "CLEAR_PENDING",
  "DEAD", // KVM_RUN returned -EIO
);

/** Why the guest exited last. */
const exit = oneOf("OTHER", "EXTINT", "TMICT_0", "TMICT_N", "TMCCT", "EOI", "IO", "RTC_C");

export const State = record({
  /** Boot parameters of the host; constant once booted. */
  host: record({ booted: bool, nohzFull: bool, piInjectTimer: bool }),
  vm: record({
    /** kvm->arch.vm_type. */
    type: oneOf("KVM_X86_DEFAULT_VM", "KVM_X86_TDX_VM"),
    /** struct kvm_tdx.state; an ordinary VM is RUNNABLE from the start. */
    td: oneOf("UNINITIALIZED", "INITIALIZED", "RUNNABLE"),
    irqchip: oneOf("NONE", "KERNEL", "SPLIT"),
    /** kvm->arch.apicv_inhibit_reasons, as far as these worlds can set them. */
    inhibit: record({ ABSENT: bool, TDX: bool, BLOCKIRQ: bool, PHYSICAL_ID_ALIASED: bool }),
    /** kvm->arch.apicv_update_lock held for writing. */
    apicvLock: bool,
    /** KVM_CAP_X86_DISABLE_EXITS: kvm_hlt_in_guest() or kvm_mwait_in_guest(). */
    hltMwaitInGuest: bool,
    dead: bool,
    /** vt_refresh_apicv_exec_ctrl() warned (as posted) about a TD. */
    ghostRefreshWarned: bool,
  }),
  vcpu: vector(
    "vcpu",
    record({
      pc,
      mode: oneOf("OUTSIDE", "IN_GUEST", "EXITING"),
      req: record({ UNBLOCK: bool, EVENT: bool, APICV_UPDATE: bool, VM_DEAD: bool }),
      /** Host interrupts pending on the pCPU that this vCPU is pinned to. */
      irq: record({ HRTIMER: bool, RESCHEDULE: bool, POSTED_INTR: bool, CALL_FUNCTION: bool }),
      exit,
      /** KVM_TDX_INIT_VCPU is done; an ordinary vCPU is ready once created. */
      initialized: bool,
      apicvActive: bool,
      apicMode: oneOf("DISABLED", "XAPIC", "X2APIC"),
      swEnabled: bool,
      /** The posted-interrupt descriptor. */
      pir: vectors,
      on: bool,
      /** The virtual APIC page; for a TD the real one, which KVM cannot read. */
      irr: vectors,
      isr: vectors,
      /** The RTC handler has read register C. */
      readC: bool,
    }),
  ),
  timer: vector(
    "vcpu",
    record({
      periodic: bool,
      /** struct hrtimer: inactive, enqueued, or its callback runs. */
      hr: oneOf("INACTIVE", "ENQUEUED", "CALLBACK"),
      /** Where it is enqueued: the vCPU's pCPU or a housekeeping pCPU. */
      on: oneOf("OWN", "HOUSEKEEPING"),
      /** The deadline has passed. */
      due: bool,
      /** Where the callback stands on the housekeeping pCPU. */
      pc: oneOf(
        "NONE",
        "TEST_PENDING",
        "CAN_POST",
        "MODE",
        "APICV_TEST",
        "SET_PIR",
        "SET_ON",
        "NOTIFY_TEST",
        "NOTIFY",
        "SOFT_IRR",
        "SOFT_EVENT",
        "SOFT_KICK",
        "SOFT_RESCHEDULE",
        "INC_PENDING",
        "UNBLOCK",
        "KICK",
        "RESCHEDULE",
        "TAIL",
      ),
      /** lapic_timer.pending. */
      pending: int(0, 2),
      /** History for properties: since the arming (periodic: since the expiry) that is current. */
      ghost: record({
        fired: bool,
        injections: int(0, 2),
        /** The vCPU has not been in the guest all the time since the timer fired. */
        exited: bool,
        sawZero: bool,
        expiredInHandler: bool,
      }),
    }),
  ),
  /** The thread that changes an APICv inhibit: kvm_set_or_clear_apicv_inhibit(). */
  inhibitor: record({
    pc: oneOf("IDLE", "REQUEST", "MODE", "IPI", "WAIT", "STORE"),
    reason: oneOf("BLOCKIRQ", "PHYSICAL_ID_ALIASED"),
    set: bool,
    target: index("vcpu"),
    /** The vCPU whose mutex the ioctl holds, where it is a vCPU ioctl. */
    ioctlOn: index("vcpu"),
    /** The vCPUs that need the IPI: kvm_make_all_cpus_request()'s mask. */
    ipi: set("vcpu"),
  }),
  /** The in-kernel I/O APIC's pin 8 and its RTC tracking; rtc_status. */
  ioapic: record({
    locked: bool,
    irr: bool,
    pendingEoi: int(0, 2),
    destMap: set("vcpu"),
  }),
  /** The RTC device in userspace and the thread that raises its line. */
  rtc: record({
    line: bool,
    pc: oneOf(
      "IDLE",
      "ACCEPT",
      "APICV_TEST",
      "SET_PIR",
      "SET_ON",
      "NOTIFY_TEST",
      "NOTIFY",
      "SOFT_IRR",
      "SOFT_EVENT",
      "SOFT_KICK",
      "SOFT_RESCHEDULE",
      "NEXT",
    ),
    target: index("vcpu"),
    accepted: int(0, 2),
    /** What the last KVM_IRQ_LINE_STATUS returned; -1 before the first. */
    status: int(-1, 2),
    /** A tick was delivered to some LAPIC before. */
    ghostTicked: bool,
    /** So far every destination already had the vector in PIR or IRR, so that this tick adds no delivery. */
    ghostMerged: bool,
  }),
});
export type State = ValueOf<typeof State>;
export type Vector = "timer" | "rtc";

export const action = actionOf<State>();
export const { invariant, step, sometimes } = propertyOf<State>();

/** The column a vCPU's own pCPU is printed in. */
export const cpu = ({ v }: { readonly v: number }): string => `CPU${v}`;
