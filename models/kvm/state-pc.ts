import { oneOf } from "#check";

/** Where a vCPU's thread stands: each word names the step it takes next. */
export const pc = oneOf(
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
  "LVTT_STORE", // kvm_lapic_reg_write(APIC_LVTT), step by step
  "LVTT_CANCEL",
  "LVTT_CLEAR",
  "LVTT_SET_MODE",
  "TSCD_CANCEL", // kvm_set_lapic_tscdeadline_msr(), step by step
  "TSCD_STORE",
  "TSCD_CLEAR",
  "TDCR_CANCEL", // kvm_lapic_reg_write(APIC_TDCR)
  "RESTART", // restart_apic_timer()
  "HV_SET", // start_hv_timer(), step by step
  "HV_IN_USE",
  "HV_CANCEL_HRTIMER",
  "HV_TEST_PENDING",
  "HV_CANCEL", // cancel_hv_timer() after an expiry
  "SW_START", // start_sw_timer(), step by step
  "SW_CLOCK",
  "SW_ENQUEUE",
  "BLOCK_TO_SW", // vcpu_block()
  "BLOCK_WAIT",
  "WAIT_READ", // kvm_wait_lapic_expire()
  "WAIT_CLEAR",
  "WAIT_SPIN",
  "EXPIRED_TEST", // apic_timer_expired(apic, false), step by step
  "EXPIRED_APICV",
  "EXPIRED_POST",
  "EXPIRED_PEND",
  "EXPIRED_UNBLOCK",
  "READ_TMCCT",
  "EOI_SOFTWARE", // apic_set_eoi()
  "EOI_SEND", // kvm_ioapic_send_eoi()
  "EOI_IOAPIC", // kvm_ioapic_update_eoi(), waiting for ioapic->lock
  "EOI_NOTIFY", // kvm_ioapic_update_eoi_one(), its ack notifiers, the lock dropped
  "EOI_REMOTE_IRR", // and the rest of it, the lock taken again
  "IOAPIC_WRITE", // ioapic_mmio_write(), waiting for ioapic->lock
  "IOAPIC_UNLOCK", // what is done under ioapic->lock takes its time
  "PIT_ACK", // kvm_pit_ack_irq(), step by step
  "PIT_ACK_DEC",
  "PIT_CANCEL", // create_pit_timer(), step by step
  "PIT_FLUSH",
  "PIT_ENTRY", // ioapic_write_indirect() of the PIT's pin, and its mask notifier
  "PIT_UNMASKED",
  "PIC_WRITE", // picdev_write(): an EOI, or the mask
  "TO_USER", // handle_exit() wants userspace
  "CLEAR_UNBLOCK", // vcpu_run(), after vcpu_enter_guest()
  "INJECT_TIMER",
  "CLEAR_PENDING",
  "BUG_ON", // in KVM_BUG_ON(), until every vCPU knows
  "DEAD", // KVM_RUN returned -EIO
  "ICR_SEND", // kvm_apic_send_ipi(), while its message is on its way
  "INCOMPLETE_IPI", // avic_incomplete_ipi_interception()
  "SPIV_STORE", // kvm_lapic_reg_write(APIC_SPIV)
  "SPIV_MAP", // and the apic map that it rebuilds
  "HALT", // kvm_emulate_halt()
  "BLOCK_RUNNABLE", // vcpu_block(), kvm_arch_vcpu_runnable() first
  "BLOCK_PUBLISH", // kvm_vcpu_block(), prepare_to_rcuwait()
  "BLOCK_STATE",
  "BLOCK_CHECK_RUNNABLE", // kvm_vcpu_check_block(), its three tests
  "BLOCK_CHECK_TIMER",
  "BLOCK_CHECK_UNBLOCK",
  "BLOCK_SCHEDULE",
  "BLOCK_FINISH",
  "BLOCK_AGAIN", // vcpu_block(), kvm_arch_vcpu_runnable() after blocking
);

/** Why the guest exited last. */
export const exit = oneOf(
  "OTHER",
  "EXTINT",
  "TMICT_0",
  "TMICT_N",
  "TMCCT",
  "EOI", // a write of EOI that KVM has to do
  "EOI_INDUCED", // an EOI that the CPU has done, of a vector in the EOI exit bitmap
  "IO",
  "RTC_C",
  "DEVICE_A", // a register of a device on the pin
  "DEVICE_B",
  "LINE_0", // the guest asks userspace to lower the pin's line
  "LINE_1", // or to raise it
  "IOAPIC_EOI", // KVM_EXIT_IOAPIC_EOI, or a write of the EOI register of userspace's I/O APIC
  "USER_WAITS", // userspace waits for what it has asked KVM to do
  "RTE_EDGE", // writes of the pin's entry in the redirection table
  "RTE_LEVEL",
  "RTE_EDGE_MASKED",
  "RTE_MASK",
  "RTE_UNMASK",
  "RTE_TO_SELF",
  "RTE_TO_OTHER",
  "RTE_TO_ABSENT",
  "RTE_TO_NOBODY",
  "PIT_LOAD", // channel 0 of the PIT
  "PIT_MASK", // the entry of its pin
  "PIT_UNMASK",
  "PIC_EOI", // port 0x20, handled in the kernel
  "PIC_MASK", // port 0x21: IRQ0 masked, or unmasked
  "PIC_UNMASK",
  "LVTT_ONESHOT",
  "LVTT_PERIODIC",
  "LVTT_TSCDEADLINE",
  "LVTT_MASK",
  "LVTT_UNMASK",
  "TSCD_0",
  "TSCD_N",
  "TDCR",
  "HLT", // a halt of which only the switch of timers around it is modelled
  "PREEMPTION_TIMER",
  "ICR",
  "INCOMPLETE_IPI", // AVIC: a target does not run
  "SPIV_ON",
  "SPIV_OFF",
  "HLT0", // a halt that an interrupt ends (a TD: TDVMCALL<HLT> with r12 == 0)
  "HLT1", // a halt with interrupts blocked
);
