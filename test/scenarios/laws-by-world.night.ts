import { describe, expect, test } from "vitest";
import { notBroken } from "./broken-laws.ts";
import { named } from "./expected.ts";

describe("each law holds of the kernel, and is broken by a change of one line", () => {
  test("of blocking and posting", async () => {
    expect(
      await notBroken(
        named("kvm/block"),
        {},
        {
          "sleeper-can-be-woken-by-a-device": "schedule: does not look at vcpu[].pc in its guard",
          "preempted-vcpu-is-not-notified": "preempt: does not look at vcpu[].pc in its guard",
          "load-writes-the-control-word-at-once": "pi_load_control: writes vcpu[].ndst one step later",
          "load-elsewhere-moves-the-timer": "sched_in_elsewhere: does not write vcpu[].req.MIGRATE_TIMER",
          "entry-goes-on-without-requests": "mode_in_guest: does not write vcpu[].mode",
          "on-is-cleared-with-pir": "process_posted_interrupts: does not write vcpu[].pir.device",
          "delivery-follows-the-source": "irqfd_set_on: does not write vcpu[].on",
          "vector-is-delivered-with-if-set":
            "guest_take_device_irq: does not look at vcpu[].interruptFlag in its guard",
          "halt-ends-by-its-tests": "block_test_runnable: does not write vcpu[].mp",
          "mp-state-changes-in-a-halt": "emulate_halt: writes vcpu[].mp one step earlier",
          "task-state-is-set-to-sleep": "block_set_state: writes vcpu[].task one step later",
          "requests-are-served-before-apicv":
            "requests_done: does not look at vcpu[].req.MIGRATE_TIMER in its guard",
          "delivery-of-an-irqfd-ends": "irqfd_notify: is never taken",
          "load-of-a-vcpu-ends": "pi_load_pir: is never taken",
          "device-vector-is-taken": "guest_take_device_irq: is never taken",
          "notification-is-of-a-post": "irqfd_notify: does not look at device.pc in its guard",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/block"),
        { set: ["preemption=none"] },
        { "requests-are-served-in-the-end": "req_migrate_timer: is never taken" },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/block"),
        { guest: "vmx", set: ["preemption=none"] },
        { "entry-syncs-pir": "sync_pir_to_irr: does not write vcpu[].on" },
      ),
    ).toEqual([]);
  });

  test("of a device that posts", async () => {
    expect(
      await notBroken(
        named("kvm/pi-wakeup"),
        { set: ["preemption=none"] },
        {
          "host-interrupt-comes-first": "schedule: does not look at vcpu[].irq.PI_WAKEUP in its guard",
          "loaded-vcpu-is-named-by-its-descriptor": "pi_load_control: does not write vcpu[].ndst",
          "wakeup-handler-is-for-a-waiter": "sched_in: does not write vcpu[].wakeupList",
          "device-notifies-where-on-and-sn-are-clear": "vtd_post: does not write vcpu[].on",
          "notification-arrives-where-it-was-sent": "vtd_notify: does not write vcpu[].irq.PI_WAKEUP",
          "device-posts-once-all-know": "vtd_post: does not look at device.attach in its guard",
        },
      ),
    ).toEqual([]);
  });

  test("of APICv's inhibits", async () => {
    expect(
      await notBroken(
        named("kvm/apicv"),
        { guest: "vmx" },
        {
          "requested-vcpu-is-kicked": "inhibit_request_mode: does not write vcpu[].mode",
          "apicv-update-applies-the-inhibits": "req_apicv_update: does not write vcpu[].apicvActive",
          "inhibits-are-stored-with-nobody-in-the-guest":
            "inhibit_wait: does not look at vcpu[].irq.CALL_FUNCTION in its guard",
          "inhibits-change-under-the-lock": "inhibit_store: does not write vm.apicvLock",
          "deactivation-requests-event": "req_apicv_update: does not write vcpu[].req.EVENT",
          "blockirq-inhibits-apicv": "inhibit_store: does not write vm.inhibit.BLOCKIRQ",
          "disabled-apic-runs-without-apicv": "KVM_SET_SREGS: does not write vcpu[].req.APICV_UPDATE",
          "change-of-inhibits-ends": "inhibit_wait: is never taken",
          "vcpu-ioctl-waits-for-kvm-run": "KVM_SET_GUEST_DEBUG: does not look at vcpu[].pc in its guard",
        },
      ),
    ).toEqual([]);
  });

  test("of the I/O APIC", async () => {
    expect(
      await notBroken(
        named("kvm/level"),
        { guest: "vmx", set: ["irqchip=kernel"] },
        {
          "ioapic-lock-has-one-holder": "pin_notify_test: does not write ioapic.locked",
          "ioapic-irr-follows-the-line": "userspace_lower_line: does not write pin.irr",
          "remote-irr-is-set-by-a-delivery": "KVM_IRQ_LINE_level: does not write pin.irr",
          "remote-irr-is-cleared-by-an-eoi":
            "kvm_ioapic_update_eoi_one: does not look at vcpu[].pc in its guard",
          "told-eoi-serves-the-pin-again": "kvm_ioapic_update_eoi_one: does not write pin.remoteIrr",
          "eoi-that-kvm-sees-is-handed-on": "kvm_ioapic_send_eoi: does not write vcpu[].req.EVENT",
          "ioapic-waits-for-its-lock": "KVM_IRQ_LINE_level: does not look at ioapic.locked in its guard",
          "delivered-level-interrupt-owes-its-eoi": "KVM_IRQ_LINE_level: does not write pin.remoteIrr",
          "running-guest-takes-its-interrupts":
            "guest_take_level: does not look at vcpu[].irq.POSTED_INTR in its guard",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/level"),
        { guest: "vmx", set: ["irqchip=split"] },
        {
          "eoi-exit-tells-userspace": "req_ioapic_eoi_exit: does not write vcpu[].exit",
          "eoi-exit-is-requested-by-an-eoi":
            "kvm_ioapic_send_eoi: writes vcpu[].req.IOAPIC_EOI_EXIT one step earlier",
        },
      ),
    ).toEqual([]);
  });

  test("of messages", async () => {
    expect(
      await notBroken(
        named("kvm/msi"),
        { guest: "vmx-sw" },
        {
          "vector-in-emulated-irr-is-injected": "msi_request_event: does not write vcpu[].req.EVENT",
          "accepting-lapics-are-counted": "msi_accept: does not write msi.delivery.result",
          "message-is-delivered-in-the-end": "msi_event_kick: is never taken",
          "message-is-not-changed-on-its-way":
            "KVM_SIGNAL_MSI: does not look at msi.delivery.pc in its guard",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/msi"),
        { guest: "vmx" },
        {
          "delivery-begins-anew": "msi_return: does not write msi.delivery.slow",
          "fast-path-delivers-to-whom-the-map-has": "msi_read_apic_map: does not write msi.delivery.targets",
          "handler-of-a-message-ends": "guest_eoi_message: is never taken",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/ioapic-scan"),
        { guest: "vmx", set: ["irqchip=kernel"] },
        {
          "scan-asks-for-the-eois-of-pins": "req_scan_ioapic: does not write vcpu[].req.LOAD_EOI_EXITMAP",
          "loaded-eoi-exitmap-is-what-was-scanned":
            "req_load_eoi_exitmap: does not write vcpu[].eoiExitBitmap.device",
          "scan-request-follows-the-source":
            "scan_wait: does not look at vcpu[].irq.CALL_FUNCTION in its guard",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/ipi"),
        { guest: "td" },
        { "delivery-visits-every-vcpu": "ipi_notify_test: does not write ipi.target" },
      ),
    ).toEqual([]);
  });

  test("of the interrupt window and of KVM_INTERRUPT", async () => {
    expect(
      await notBroken(
        named("kvm/irq-window"),
        { guest: "vmx-sw" },
        {
          "window-exit-closes-the-window": "interrupt_window_exit: does not write vcpu[].irqWindow",
          "open-window-exits": "interrupt_window_exit: is never taken",
        },
      ),
    ).toEqual([]);
    expect(
      await notBroken(
        named("kvm/guest-debug"),
        { guest: "vmx" },
        { "queued-interrupt-requests-event": "KVM_INTERRUPT: does not write vcpu[].req.EVENT" },
      ),
    ).toEqual([]);
  });

  test("of the RTC", async () => {
    expect(
      await notBroken(
        named("kvm/rtc"),
        { guest: "vmx", set: ["irqchip=kernel"] },
        { "rtc-line-changes-between-raises": "userspace_read_rtc_c: does not look at rtc.pc in its guard" },
      ),
    ).toEqual([]);
  });

  test("of the PIT", async () => {
    expect(
      await notBroken(
        named("kvm/pit"),
        { design: "active", guest: "vmx" },
        {
          "pit-ticks-are-counted": "kvm_pit_dec_pending: does not write pit.pending",
          "pit-work-is-queued-for-a-tick": "pit_do_work: does not look at pit.queued in its guard",
        },
      ),
    ).toEqual([]);
  });

  test("of the PIC", async () => {
    expect(
      await notBroken(
        named("kvm/pic"),
        { design: "active", guest: "vmx" },
        {
          "pic-output-is-up-while-a-pin-asks": "KVM_IRQ_LINE_pic: does not write pic.output",
          "pic-acknowledges-what-asked": "req_event: does not write pic.irr.hi",
          "pic-eoi-ends-the-highest": "picdev_write: does not write pic.isr.hi",
        },
      ),
    ).toEqual([]);
  });
});
