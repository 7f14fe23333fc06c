/** Why some mutants that no property tells are none that one ought to tell. */
interface Left {
  /** In Markdown, a sentence or two. */
  readonly because: string;
  readonly mutants: readonly string[];
}

/** What is left of the mutants of docs/mutants.md, each once. */
export const leftMutants: readonly Left[] = [
  {
    because:
      "**What a guest or userspace does of its own will** is assumed, not claimed: that it halts, and when; that it exits to " +
      "userspace; that userspace runs its vCPU again, and which messages it sends.",
    mutants: [
      "KVM_RUN: is never taken",
      "KVM_RUN: does not write vcpu[].pc",
      "guest_io: is never taken",
      "KVM_SIGNAL_MSI: does not write msi.delivery.dest",
      "KVM_SIGNAL_MSI: does not write msi.delivery.trig",
      "guest_hlt_until_woken: does not look at vcpu[].irr.timer in its guard",
      "guest_hlt_until_woken: asks the opposite of vcpu[].irr.timer in its guard",
      "guest_cli: does not look at vcpu[].isr.timer in its guard",
      "guest_cli: asks the opposite of vcpu[].isr.timer in its guard",
      "guest_sti: is never taken",
      "guest_sti: does not write vcpu[].interruptFlag",
      "guest_sti: asks the opposite of vcpu[].interruptFlag in its guard",
      "guest_hlt: does not look at vcpu[].interruptFlag in its guard",
      "guest_hlt: asks the opposite of vcpu[].interruptFlag in its guard",
      "guest_check_device: does not look at pin.checked.a in its guard",
      "guest_check_device: does not look at vcpu[].isr.device in its guard",
      "guest_eoi_level: does not look at pin.checked.a in its guard",
    ],
  },
  { because: "**The TDX module** need never be busy.", mutants: ["tdh_vp_enter_busy: is never taken"] },
  {
    because:
      "**sync_pir_to_irr() of an ordinary guest:** a vector that IRR has a step earlier is taken no sooner.",
    mutants: ["sync_pir_to_irr: writes vcpu[].irr.timer one step earlier"],
  },
  {
    because: "**Fields named `ghost`** are history for properties, which no kernel writes.",
    mutants: [
      "vm_enter: writes timer[].ghost.expiredInHandler one step later",
      "start_finds_deadline_passed: writes timer[].ghost.expiredInHandler one step later",
      "hv_test_pending: does not write timer[].ghost.expiredInHandler",
      "hv_test_pending: writes timer[].ghost.expiredInHandler one step earlier",
      "hv_test_pending: writes timer[].ghost.fired one step earlier",
      "expired_inject_if_apicv: writes timer[].ghost.injections one step later",
      "read_tmcct: writes timer[].ghost.sawZero one step earlier",
      "rtc_return_status: writes rtc.ghostTicked one step earlier",
      "pit_set_pir: writes pit.ghostDelivered one step earlier",
    ],
  },
  {
    because:
      "**Written anew before it is read:** whom a delivery is to, and the vector whose EOI a thread handles, which is a local " +
      "variable of the kernel's.",
    mutants: [
      "irqfd_notify: does not write device.aim",
      "irqfd_notify_test: writes device.aim one step earlier",
      "kvm_ioapic_update_eoi_one: does not write vcpu[].eoi",
      "kvm_ioapic_update_eoi_one: writes vcpu[].eoi one step later",
      "kvm_ioapic_update_eoi: does not write vcpu[].eoi",
      "kvm_ioapic_update_eoi: writes vcpu[].eoi one step later",
    ],
  },
  {
    because:
      "**Under a lock that is held on,** or in a thread that nobody else can tell it of: it makes no difference which step of these " +
      "writes it.",
    mutants: [
      "userspace_ioapic_set_irq: writes pin.remoteIrr one step later",
      "userspace_ioapic_set_irq: writes pin.remoteIrr one step earlier",
      "kvm_ioapic_send_eoi: writes vcpu[].req.EVENT one step earlier",
      "rtc_accept: is taken after rtc_test_apicv, from ACCEPT to SET_PIR",
      "rtc_accept: writes ioapic.destMap one step later",
      "rtc_accept: writes ioapic.destMap one step earlier",
      "rtc_return_status: writes ioapic.pendingEoi one step earlier",
    ],
  },
  {
    because:
      "**The level of IRQ8's line** is read only where the PIC has its pin unmasked, which no world of these has.",
    mutants: [
      "KVM_IRQ_LINE_STATUS: does not write rtc.line",
      "userspace_read_rtc_c: does not write rtc.line",
    ],
  },
  {
    because:
      "**Missing:** that KVM_IRQ_LINE_STATUS for the RTC returns in the end, that a scan comes only after its request where it finds what it " +
      "found before, and, where no device is assigned and nobody preempts, what a load does of vectors in PIR; what process_nmi() hands over, and that an " +
      "ioctl of the vCPU waits for the one that changes an inhibit.",
    mutants: [
      "rtc_notify: does not write rtc.pc",
      "req_nmi: does not look at vcpu[].pc in its guard",
      "req_nmi: asks the opposite of vcpu[].pc in its guard",
      "req_nmi: does not look at vcpu[].events.nmiQueued in its guard",
      "req_nmi: asks the opposite of vcpu[].events.nmiQueued in its guard",
      "KVM_INTERRUPT: does not look at inhibitor.pc in its guard",
      "KVM_INTERRUPT: asks the opposite of inhibitor.pc in its guard",
      "KVM_NMI: does not look at inhibitor.pc in its guard",
      "KVM_NMI: asks the opposite of inhibitor.pc in its guard",
      "req_scan_ioapic: does not look at vcpu[].req.SCAN_IOAPIC in its guard",
      "pi_load_pir: does not write vcpu[].on",
    ],
  },
];
