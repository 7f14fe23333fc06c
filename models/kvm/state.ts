import {
  about,
  actionOf,
  bool,
  extendOf,
  index,
  int,
  oneOf,
  propertyOf,
  record,
  set,
  signal,
  vector,
  words,
  type ValueOf,
} from "#check";
import { apicMap, bugOn, events, inhibitor, inhibits } from "./state-apicv.ts";
import { avicIpi, gaLog, irte, physicalIdEntry } from "./state-avic.ts";
import { actionNote, propertyNote, type ActionCitation, type PropertyCitation } from "./citation.ts";
import { creating, ioctl } from "./state-ioctl.ts";
import { pin, resample, scan, test } from "./state-pin.ts";
import { initSipi, sender } from "./state-init-sipi.ts";
import { ipi, msi } from "./state-delivery.ts";
import { pic } from "./state-pic.ts";
import { pit } from "./state-pit.ts";
import { posterPcs } from "./state-poster.ts";
import { exit, loadedAt, pc } from "./state-pc.ts";
import { rtc } from "./state-rtc.ts";
import { saved, saving } from "./state-saved.ts";
import { timer } from "./state-timer.ts";
import { vectorNames, vectorOrNone, vectors } from "./state-vectors.ts";

export const State = record({
  host: about(
    "Boot parameters of the host; constant once booted.",
    record({
      preemptionTimerOff: about("kvm_intel.preemption_timer=0.", bool),
      booted: about("The host has booted.", bool),
      enableApicv: about("The module parameter enable_apicv, or avic.", bool),
      nohzFull: about("The pCPUs of the vCPUs are isolated, nohz_full.", bool),
      tdVmStateLocks: about(
        "tdx_acquire_vm_state_locks(), since 6.19: the ioctls that change a TD's state take every lock of it.",
        bool,
      ),
      piInjectTimer: about("kvm.pi_inject_timer: a timer on a housekeeping pCPU may post.", bool),
    }),
  ),
  vm: about(
    "The VM: struct kvm.",
    record({
      type: about("kvm->arch.vm_type.", oneOf("KVM_X86_DEFAULT_VM", "KVM_X86_TDX_VM")),
      td: about(
        "struct kvm_tdx.state; an ordinary VM is RUNNABLE from the start.",
        oneOf("UNINITIALIZED", "INITIALIZED", "RUNNABLE"),
      ),
      irqchip: about("kvm->arch.irqchip_mode.", oneOf("NONE", "KERNEL", "SPLIT")),
      vpit: about("kvm->arch.vpit: the in-kernel PIT.", bool),
      inhibit: inhibits,
      apicMap,
      apicvLock: about("kvm->arch.apicv_update_lock held for writing.", bool),
      hltInGuest: about("KVM_CAP_X86_DISABLE_EXITS of HLT: kvm_hlt_in_guest().", bool),
      mwaitInGuest: about("KVM_CAP_X86_DISABLE_EXITS of MWAIT: kvm_mwait_in_guest().", bool),
      bypassIrqs: about("kvm->arch.nr_possible_bypass_irqs: an assigned device may post through VT-d.", bool),
      eoiBroadcast: about(
        "kvm->arch.suppress_eoi_broadcast_mode: what KVM_CAP_X2APIC_API has said of Suppress EOI Broadcast.",
        oneOf("QUIRKED", "ENABLED", "DISABLED"),
      ),
      septZap: about(
        "The thread that zaps a page of the SEPT again, with every vCPU kept out of the guest; wait_for_sept_zap is set where " +
          "it is not NONE.",
        words({
          NONE: "nobody does",
          KICK: "about to make KVM_REQ_OUTSIDE_GUEST_MODE",
          WAIT: "waiting until every vCPU that was in its guest has left it",
          ZAP: "in the SEAMCALL",
        }),
      ),
      dead: about("kvm->vm_dead.", bool),
      bugOn,
      ghostRefreshWarned: about("vt_refresh_apicv_exec_ctrl() warned (as posted) about a TD.", bool),
    }),
  ),
  vcpu: about(
    "The vCPUs: struct kvm_vcpu, its LAPIC and its thread.",
    vector(
      "vcpu",
      record({
        pc,
        mode: about("vcpu->mode.", oneOf("OUTSIDE", "IN_GUEST", "EXITING")),
        req: signal(
          "request",
          about(
            "vcpu->requests: KVM_REQ_*.",
            record({
              UNBLOCK: signal(
                "wake",
                about("KVM_REQ_UNBLOCK: leave kvm_vcpu_block(); a timer has expired.", bool),
              ),
              EVENT: about("KVM_REQ_EVENT: look for events to inject before the entry.", bool),
              APICV_UPDATE: about("KVM_REQ_APICV_UPDATE: the inhibits have changed.", bool),
              VM_DEAD: about("KVM_REQ_VM_DEAD: KVM_BUG_ON() was hit, KVM_RUN has to return.", bool),
              MIGRATE_TIMER: about(
                "KVM_REQ_MIGRATE_TIMER: move the hrtimer to the pCPU that the vCPU runs on.",
                bool,
              ),
              SCAN_IOAPIC: about("KVM_REQ_SCAN_IOAPIC: work out again which EOIs the I/O APIC wants.", bool),
              LOAD_EOI_EXITMAP: about(
                "KVM_REQ_LOAD_EOI_EXITMAP: load the EOI exit bitmap into the VMCS.",
                bool,
              ),
              IOAPIC_EOI_EXIT: about("KVM_REQ_IOAPIC_EOI_EXIT: tell userspace's I/O APIC of an EOI.", bool),
            }),
          ),
        ),
        irq: about(
          "Host interrupts pending on the pCPU that this vCPU is pinned to.",
          record({
            HRTIMER: about(
              "The local APIC timer's interrupt, whose handler runs the expired hrtimer's callback.",
              bool,
            ),
            RESCHEDULE: signal("kick", about("RESCHEDULE_VECTOR: the kick of kvm_vcpu_kick().", bool)),
            POSTED_INTR: signal(
              "IPI",
              about("POSTED_INTR_VECTOR: a notification, not taken in guest mode.", bool),
            ),
            CALL_FUNCTION: signal(
              "kick",
              about("CALL_FUNCTION_VECTOR: the IPI of kvm_make_all_cpus_request().", bool),
            ),
            PI_WAKEUP: signal(
              "IPI",
              about("POSTED_INTR_WAKEUP_VECTOR: wake those on the pCPU's list that have a post.", bool),
            ),
          }),
        ),
        exit,
        creating,
        initialized: about("KVM_TDX_INIT_VCPU is done; an ordinary vCPU is ready once created.", bool),
        apicvActive: about("apic->apicv_active.", bool),
        inIoctl: about("vcpu->mutex is held by an ioctl that has not returned yet.", bool),
        blockIrq: about("guest_debug has KVM_GUESTDBG_BLOCKIRQ: no event is injected.", bool),
        baseMoved: about("The APIC's base is not the default one.", bool),
        synic: about(
          "Hyper-V's SynIC, and whether one of its SINTs ends interrupts by itself.",
          oneOf("OFF", "ACTIVE", "AUTO_EOI"),
        ),
        idModified: about("The xAPIC id is not the one that KVM gave.", bool),
        events,
        initSipi,
        apicMode: about(
          "The mode in MSR_IA32_APICBASE: disabled, xAPIC or x2APIC.",
          oneOf("DISABLED", "XAPIC", "X2APIC"),
        ),
        swEnabled: about("SPIV's APIC software enable bit.", bool),
        directedEoi: about(
          "SPIV's Suppress EOI Broadcast bit, APIC_SPIV_DIRECTED_EOI: the guest ends interrupts at the I/O APIC itself.",
          bool,
        ),
        pir: signal("post", about("The posted-interrupt descriptor.", vectors)),
        on: signal(
          "post",
          about("The posted-interrupt descriptor's ON bit: a notification is outstanding.", bool),
        ),
        irr: about("The virtual APIC page; for a TD the real one, which KVM cannot read.", vectors),
        isr: about("The in-service register: interrupts whose handlers run.", vectors),
        tmr: about(
          "The trigger mode register as KVM has it, which for a TD is not the real one: level-triggered.",
          vectors,
        ),
        irrUnseen: about("AVIC: a bit of IRR was set since the CPU looked at it last.", bool),
        physicalId: physicalIdEntry,
        rvi: about(
          "RVI of the guest interrupt status while the vCPU is in guest mode: the highest vector in IRR, or 0 although IRR has " +
            "one. Outside it is of no account, as each entry loads it.",
          oneOf("HIGHEST_IRR", "ZERO"),
        ),
        svi: about(
          "SVI of the guest interrupt status: the highest vector in ISR; or what APICv left there as it was inhibited, where " +
            "nothing loads it.",
          oneOf("HIGHEST_ISR", "NONE", ...vectorNames),
        ),
        endedInVain: about(
          "The guest's handler is over, and its vector in ISR still, since SVI was another as it wrote EOI.",
          bool,
        ),
        ioapicHandled: about(
          "apic->ioapic_handled_vectors: those whose EOI the I/O APIC wants to know of.",
          vectors,
        ),
        staleEoi: about(
          "highest_stale_pending_ioapic_eoi: one of those that is in flight from an old routing.",
          vectorOrNone,
        ),
        eoiExitBitmap: about("The EOI exit bitmap in the VMCS.", vectors),
        eoi: about(
          "The vector whose EOI this thread handles; with a split irqchip pending_ioapic_eoi.",
          vectorOrNone,
        ),
        irqWindow: about(
          "Interrupt-window exiting is on, of SVM the intercept of VINTR: the guest exits as soon as it can take an interrupt.",
          bool,
        ),
        readC: about("The RTC handler has read register C.", bool),
        interruptFlag: about("RFLAGS.IF of the guest.", bool),
        signal: about("TIF_SIGPENDING of the thread: userspace wants it to return from KVM_RUN.", bool),
        mp: about(
          "mp_state.",
          oneOf("RUNNABLE", "HALTED", "UNINITIALIZED", "INIT_RECEIVED", "SIPI_RECEIVED"),
        ),
        waiter: about("vcpu->wait: the thread is published as a waiter.", bool),
        task: signal("wake", about("The thread's task state.", oneOf("RUNNING", "INTERRUPTIBLE")), "RUNNING"),
        sched: about(
          "On its pCPU; preempted; scheduled out in schedule(); or being loaded again, at the step named.",
          oneOf("ON_CPU", "PREEMPTED", "BLOCKED", "LOAD_CONTROL", "LOAD_PIR"),
        ),
        loadedAt,
        cpu: about(
          "The pCPU that it was loaded on last: vcpu->cpu. `irq` is what is pending there.",
          oneOf("P0", "P1"),
        ),
        sn: about(
          "The rest of the descriptor's control word: suppress, vector and destination of notifications.",
          bool,
        ),
        nv: about("The descriptor's notification vector (NV).", oneOf("POSTED", "WAKEUP")),
        ndst: about("The descriptor's notification destination (NDST).", oneOf("P0", "P1")),
        wakeupList: about("The pCPU whose list of vCPUs to wake this one is on.", oneOf("NONE", "P0", "P1")),
      }),
    ),
  ),
  timer,
  inhibitor,
  ioapic: about(
    "The in-kernel I/O APIC: its lock; its pin 8 and the RTC tracking of that, rtc_status.",
    record({
      locked: about("ioapic->lock is held.", bool),
      irr: about("ioapic->irr: pin 8's bit.", bool),
      pendingEoi: about("rtc_status.pending_eoi: EOIs of the last tick still to come.", int(0, 2)),
      destMap: about("rtc_status.dest_map: the vCPUs they are to come from.", set("vcpu")),
    }),
  ),
  pin,
  scan,
  resample,
  test,
  ioctl,
  msi,
  ipi,
  sender,
  avicIpi,
  irte,
  gaLog,
  device: about(
    "An assigned device: its interrupt posted by the IOMMU, or by the thread of an irqfd.",
    record({
      notification: signal(
        "IPI",
        about(
          "The IOMMU's notification on its way: the vector and destination read with the post.",
          oneOf("NONE", "POSTED", "WAKEUP"),
        ),
      ),
      to: about("The pCPU that the notification goes to.", oneOf("P0", "P1")),
      target: about("The vCPU that the notification is for.", index("vcpu")),
      pc: about("Where the irqfd's thread stands.", oneOf("IDLE", ...posterPcs)),
      pcTarget: about("The vCPU that the irqfd's thread delivers to.", index("vcpu")),
      aim: about("vcpu->cpu as that thread read it.", oneOf("P0", "P1")),
      attach: about(
        "vmx_pi_start_bypass(), as the device is assigned.",
        oneOf("NONE", "REQUEST", "KICK", "DONE"),
      ),
    }),
  ),
  rtc,
  pic,
  pit,
  saving,
  saved,
});
export type State = ValueOf<typeof State>;

export const action = actionOf<State, ActionCitation<State>>(actionNote);
export const { invariant, step, sometimes, leadsTo, infinitelyOften, weak, strong } = propertyOf<
  State,
  PropertyCitation
>(propertyNote);

/** More fields of the state: `extend("vcpu", { held: bool }, { held: false })`. */
export const extend = extendOf(State);

/** The column a vCPU's own pCPU is printed in. */
export const cpu = ({ v }: { readonly v: number }): string => `CPU${v}`;
