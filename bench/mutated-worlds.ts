/** A world whose mutants are asked about for docs/mutants.md. */
interface Mutated {
  readonly scenario: string;
  readonly guest: "td" | "vmx" | "vmx-sw";
  /** As `--set`. */
  readonly set: readonly string[];
}

/** The worlds that mutants of some parts are asked of, in their order: what one kills, those after it are not asked. */
export const mutatedParts: readonly {
  readonly parts: readonly string[];
  readonly worlds: readonly Mutated[];
}[] = [
  {
    parts: ["run loop", "timer"],
    worlds: [
      { scenario: "kvm/tsc-deadline", guest: "vmx", set: ["timerAdvance=on"] },
      { scenario: "kvm/hv-timer", guest: "td", set: [] },
      { scenario: "kvm/timer", guest: "td", set: [] },
      { scenario: "kvm/halt", guest: "td", set: [] },
      { scenario: "kvm/hv-timer", guest: "vmx", set: [] },
    ],
  },
  {
    parts: ["blocking", "posting"],
    worlds: [
      { scenario: "kvm/halt", guest: "td", set: [] },
      { scenario: "kvm/block", guest: "td", set: ["preemption=none"] },
    ],
  },
  {
    parts: ["injection", "I/O APIC", "messages", "PIC and PIT", "RTC"],
    worlds: [
      { scenario: "kvm/level", guest: "vmx", set: ["irqchip=kernel"] },
      { scenario: "kvm/level", guest: "vmx", set: ["irqchip=split"] },
      { scenario: "kvm/ioapic-scan", guest: "vmx", set: ["irqchip=kernel"] },
      { scenario: "kvm/rtc", guest: "vmx", set: ["irqchip=kernel"] },
      { scenario: "kvm/msi", guest: "vmx", set: [] },
      { scenario: "kvm/pit", guest: "vmx", set: [] },
      { scenario: "kvm/irq-window", guest: "vmx-sw", set: [] },
      { scenario: "kvm/guest-debug", guest: "vmx", set: [] },
    ],
  },
];
