import { actionOf, bool, index, int, oneOf, propertyOf, record, set, vector, type ValueOf } from "#check";
import { apicMap, bugOn, events, inhibitReasons, inhibits } from "./state-apicv.ts";
import { actionNote, propertyNote, type ActionCitation, type PropertyCitation } from "./citation.ts";
import { creating, ioctl } from "./state-ioctl.ts";
import { pin, resample, scan, test } from "./state-pin.ts";
import { ipi, msi } from "./state-delivery.ts";
import { pic } from "./state-pic.ts";
import { pit } from "./state-pit.ts";
import { posterPcs } from "./state-poster.ts";
import { exit, pc } from "./state-pc.ts";
import { rtc } from "./state-rtc.ts";
import { vectorOrNone, vectors } from "./state-vectors.ts";

export const State = record({
  /** Boot parameters of the host; constant once booted. */
  host: record({
    preemptionTimerOff: bool,
    booted: bool,
    enableApicv: bool,
    nohzFull: bool,
    piInjectTimer: bool,
  }),
  vm: record({
    /** kvm->arch.vm_type. */
    type: oneOf("KVM_X86_DEFAULT_VM", "KVM_X86_TDX_VM"),
    /** struct kvm_tdx.state; an ordinary VM is RUNNABLE from the start. */
    td: oneOf("UNINITIALIZED", "INITIALIZED", "RUNNABLE"),
    irqchip: oneOf("NONE", "KERNEL", "SPLIT"),
    /** kvm->arch.vpit: the in-kernel PIT. */
    vpit: bool,
    inhibit: inhibits,
    apicMap,
    /** kvm->arch.apicv_update_lock held for writing. */
    apicvLock: bool,
    /** KVM_CAP_X86_DISABLE_EXITS: kvm_hlt_in_guest() or kvm_mwait_in_guest(). */
    hltMwaitInGuest: bool,
    /** kvm->arch.nr_possible_bypass_irqs: an assigned device may post through VT-d. */
    bypassIrqs: bool,
    dead: bool,
    bugOn,
    /** vt_refresh_apicv_exec_ctrl() warned (as posted) about a TD. */
    ghostRefreshWarned: bool,
  }),
  vcpu: vector(
    "vcpu",
    record({
      pc,
      mode: oneOf("OUTSIDE", "IN_GUEST", "EXITING"),
      req: record({
        UNBLOCK: bool,
        EVENT: bool,
        APICV_UPDATE: bool,
        VM_DEAD: bool,
        MIGRATE_TIMER: bool,
        SCAN_IOAPIC: bool,
        LOAD_EOI_EXITMAP: bool,
        IOAPIC_EOI_EXIT: bool,
      }),
      /** Host interrupts pending on the pCPU that this vCPU is pinned to. */
      irq: record({
        HRTIMER: bool,
        RESCHEDULE: bool,
        POSTED_INTR: bool,
        CALL_FUNCTION: bool,
        PI_WAKEUP: bool,
      }),
      exit,
      creating,
      /** KVM_TDX_INIT_VCPU is done; an ordinary vCPU is ready once created. */
      initialized: bool,
      apicvActive: bool,
      /** vcpu->mutex is held by an ioctl that has not returned yet. */
      inIoctl: bool,
      /** The APIC's base is not the default one. */
      baseMoved: bool,
      /** Hyper-V's SynIC, and whether one of its SINTs ends interrupts by itself. */
      synic: oneOf("OFF", "ACTIVE", "AUTO_EOI"),
      /** The xAPIC id is not the one that KVM gave. */
      idModified: bool,
      events,
      apicMode: oneOf("DISABLED", "XAPIC", "X2APIC"),
      swEnabled: bool,
      /** The posted-interrupt descriptor. */
      pir: vectors,
      on: bool,
      /** The virtual APIC page; for a TD the real one, which KVM cannot read. */
      irr: vectors,
      isr: vectors,
      /** The trigger mode register as KVM has it, which for a TD is not the real one: level-triggered. */
      tmr: vectors,
      /** AVIC: a bit of IRR was set since the CPU looked at it last. */
      irrUnseen: bool,
      /** apic->ioapic_handled_vectors: those whose EOI the I/O APIC wants to know of. */
      ioapicHandled: vectors,
      /** highest_stale_pending_ioapic_eoi: one of those that is in flight from an old routing. */
      staleEoi: vectorOrNone,
      /** The EOI exit bitmap in the VMCS. */
      eoiExitBitmap: vectors,
      /** The vector whose EOI this thread handles; with a split irqchip pending_ioapic_eoi. */
      eoi: vectorOrNone,
      /** The RTC handler has read register C. */
      readC: bool,
      /** RFLAGS.IF of the guest. */
      interruptFlag: bool,
      /** mp_state. */
      mp: oneOf("RUNNABLE", "HALTED", "UNINITIALIZED", "INIT_RECEIVED", "SIPI_RECEIVED"),
      /** vcpu->wait: the thread is published as a waiter. */
      waiter: bool,
      /** The thread's task state. */
      task: oneOf("RUNNING", "INTERRUPTIBLE"),
      /** On its pCPU; preempted; scheduled out in schedule(); or being loaded again, at the step named. */
      sched: oneOf("ON_CPU", "PREEMPTED", "BLOCKED", "LOAD_CONTROL", "LOAD_PIR"),
      /** The pCPU that it was loaded on last: vcpu->cpu. `irq` is what is pending there. */
      cpu: oneOf("P0", "P1"),
      /** The rest of the descriptor's control word: suppress, vector and destination of notifications. */
      sn: bool,
      nv: oneOf("POSTED", "WAKEUP"),
      ndst: oneOf("P0", "P1"),
      /** The pCPU whose list of vCPUs to wake this one is on. */
      wakeupList: oneOf("NONE", "P0", "P1"),
    }),
  ),
  timer: vector(
    "vcpu",
    record({
      periodic: bool,
      /** timer_mode is TSC-deadline; neither this nor `periodic` is one-shot. */
      tscMode: bool,
      /** LVTT's mask bit. */
      masked: bool,
      /** `period` is not 0; where a world leaves out set_target_expiration() it stays false, as does `deadline`. */
      period: bool,
      /** `tscdeadline` is not 0. */
      deadline: bool,
      /** timer_advance_ns is not 0: the timer fires before the guest's own deadline. */
      advance: bool,
      /** `expired_tscdeadline` is not 0. */
      expired: bool,
      /** The deadline that the entry waits for was read before the timer fired again. */
      staleWait: bool,
      /** It fired, and the guest's own deadline is still ahead. */
      early: bool,
      /** hv_timer_in_use: the VMX preemption timer counts. */
      hv: bool,
      /** The hrtimer's clock may run ahead of the TSC, and so of the preemption timer. */
      clocksApart: bool,
      /** What the vendor's set_hv_timer() said: the deadline has passed already. */
      hvExpired: bool,
      /** vcpu_block()'s local `hv_timer`: whether it switches to the hrtimer, or back. */
      switching: oneOf("NONE", "TO_SW", "TO_HV"),
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
        ...posterPcs,
        "INC_PENDING",
        "UNBLOCK",
        "KICK",
        "RESCHEDULE",
        "WAIT_TEST",
        "WAIT_READ",
        "WAIT_SPIN",
        "CLEAR_DEADLINE",
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
        /** LVTT was masked when it fired. */
        masked: bool,
        /** timer_mode was changed while the callback ran. */
        switched: bool,
        /** A periodic timer was made one-shot while it ran: its next expiry is a tick of its own. */
        rearmed: bool,
      }),
    }),
  ),
  /** The thread that changes an APICv inhibit: kvm_set_or_clear_apicv_inhibit(). */
  inhibitor: record({
    pc: oneOf("IDLE", "REQUEST", "MODE", "IPI", "WAIT", "STORE"),
    reason: oneOf(...inhibitReasons),
    set: bool,
    target: index("vcpu"),
    /** The vCPU whose mutex the ioctl holds, where it is a vCPU ioctl. */
    ioctlOn: index("vcpu"),
    /** The vCPUs that need the IPI: kvm_make_all_cpus_request()'s mask. */
    ipi: set("vcpu"),
  }),
  /** The in-kernel I/O APIC: its lock; its pin 8 and the RTC tracking of that, rtc_status. */
  ioapic: record({
    locked: bool,
    irr: bool,
    pendingEoi: int(0, 2),
    destMap: set("vcpu"),
  }),
  pin,
  scan,
  resample,
  test,
  ioctl,
  msi,
  ipi,
  /** An assigned device: its interrupt posted by the IOMMU, or by the thread of an irqfd. */
  device: record({
    /** The IOMMU's notification on its way: the vector and destination read with the post. */
    notification: oneOf("NONE", "POSTED", "WAKEUP"),
    to: oneOf("P0", "P1"),
    target: index("vcpu"),
    /** Where the irqfd's thread stands. */
    pc: oneOf("IDLE", ...posterPcs),
    pcTarget: index("vcpu"),
    /** vcpu->cpu as that thread read it. */
    aim: oneOf("P0", "P1"),
    /** vmx_pi_start_bypass(), as the device is assigned. */
    attach: oneOf("NONE", "REQUEST", "KICK", "DONE"),
  }),
  rtc,
  pic,
  pit,
});
export type State = ValueOf<typeof State>;

export const action = actionOf<State, ActionCitation>(actionNote);
export const { invariant, step, sometimes, leadsTo, infinitelyOften, weak, strong } = propertyOf<
  State,
  PropertyCitation
>(propertyNote);

/** The column a vCPU's own pCPU is printed in. */
export const cpu = ({ v }: { readonly v: number }): string => `CPU${v}`;
