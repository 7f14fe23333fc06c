import { invariant, step, type State } from "../../models/kvm/state.ts";
import { posterPcs } from "../../models/kvm/state-poster.ts";

/** Who does what ioapic->lock is held for: a thread that delivers of the RTC's pin, of the other, of the PIT's, or a vCPU's. */
const holders = ({ vm, rtc, pin, pit, vcpu }: State): readonly boolean[] => [
  vm.irqchip === "KERNEL" && rtc.pc !== "IDLE",
  (vm.irqchip === "KERNEL" && pin.pc !== "IDLE") || vcpu.some(({ pc }) => pc === "IOAPIC_UNLOCK"),
  (posterPcs as readonly string[]).includes(pit.worker),
  vcpu.some(({ pc }) => pc === "PIT_UNMASKED"),
];

export const ioapicLockHasAHolder = invariant({
  id: "ioapic-lock-has-one-holder",
  statement:
    "ioapic->lock is held exactly while one thread delivers an interrupt of a pin, or does what follows under the lock: never by two, " +
    "and never by nobody",
  source: "irqchip 7.5",
  kernel: "ioapic_set_irq(), ioapic_service(), kvm_ioapic_update_eoi_one(): spin_lock(&ioapic->lock)",
  antecedent: (s) => s.ioapic.locked || holders(s).includes(true),
  holds: (s) => s.ioapic.locked && holders(s).filter(Boolean).length === 1,
});

/** Where a vCPU thread takes ioapic->lock. */
const takesTheLock: readonly State["vcpu"][number]["pc"][] = ["EOI_IOAPIC", "EOI_REMOTE_IRR", "IOAPIC_WRITE"];

/** A vCPU thread does what the in-kernel I/O APIC's lock is taken for. */
const locks = ({ vm, vcpu: before }: State, { vcpu: after }: State): boolean =>
  vm.irqchip === "KERNEL" &&
  before.some(
    ({ pc, req }, v) =>
      (takesTheLock.includes(pc) && pc !== after[v].pc) || (req.SCAN_IOAPIC && !after[v].req.SCAN_IOAPIC),
  );

/** Some source asserts the line, or asserts it no longer. */
const setsTheLine = ({ pin: { sources: was } }: State, { pin: { sources } }: State): boolean =>
  was.a !== sources.a || was.b !== sources.b;

export const ioapicWaitsForItsLock = step({
  id: "ioapic-waits-for-its-lock",
  statement:
    "Who sets the line of a pin, ends its interrupt, writes its entry or scans it begins only while nobody holds the lock: " +
    "ioapic->lock, or with a split irqchip userspace's own",
  source: "irqchip 2.3 A, 2.6, 2.7, 3.1, 7.5",
  kernel:
    "kvm_ioapic_set_irq(), kvm_ioapic_update_eoi(), ioapic_mmio_write(), kvm_ioapic_scan_entry(): spin_lock(&ioapic->lock)",
  antecedent: (before, after) => setsTheLine(before, after) || locks(before, after),
  holds: ({ vm, ioapic, pin, scan }) =>
    !(vm.irqchip === "KERNEL" && ioapic.locked) && pin.pc === "IDLE" && !scan.waiting,
});
