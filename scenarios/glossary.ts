import type { Term } from "#check";

/** Registers, MSRs, ioctls and structures by the names that manuals and kernel give them, and where the model has them. */
export const glossary: readonly Term[] = [
  {
    term: "TMICT",
    about: "APIC_TMICT, the initial count register: a write starts the LAPIC timer, or stops it.",
    see: ["guest_write_tmict", "store_tmict", "tmict-write-loses-no-expiry"],
  },
  {
    term: "TMCCT",
    about: "APIC_TMCCT, the current count register: 0 once the LAPIC timer has expired.",
    see: ["guest_read_tmcct", "read_tmcct", "timer[].ghost.sawZero"],
  },
  {
    term: "TDCR",
    about: "APIC_TDCR, the divide configuration register of the LAPIC timer.",
    see: ["guest_write_tdcr", "kvm/f5-tdcr"],
  },
  {
    term: "LVTT",
    about: "APIC_LVTT, the timer's entry in the local vector table: its mode and its mask.",
    see: ["guest_write_lvtt_mode", "guest_write_lvtt_mask", "timer[].masked", "timerMode"],
  },
  {
    term: "LVT0",
    about: "APIC_LVT0: where the PIC's line arrives, as ExtINT.",
    see: ["vcpu[].events.lvt0ExtInt", "kvm/f2-extint"],
  },
  {
    term: "MSR_IA32_TSC_DEADLINE",
    about: "The TSC value at which the LAPIC timer expires in TSC-deadline mode; MSR 0x6e0.",
    see: ["guest_write_tsc_deadline", "KVM_SET_MSRS", "timer[].deadline", "kvm/tsc-deadline"],
  },
  {
    term: "MSR_IA32_APICBASE",
    about: "The mode of the APIC and its base; MSR 0x1b.",
    see: ["vcpu[].apicMode", "vcpu[].baseMoved", "KVM_SET_SREGS_apic_base"],
  },
  {
    term: "SPIV",
    about: "APIC_SPIV, the spurious vector register, whose bit 8 enables the APIC by software.",
    see: ["guest_write_spiv", "vcpu[].swEnabled"],
  },
  {
    term: "ICR",
    about: "APIC_ICR, the interrupt command register: a write sends an IPI.",
    see: ["guest_write_icr", "ipi", "kvm/ipi"],
  },
  {
    term: "PID",
    about: "The posted-interrupt descriptor: PIR and the control word of ON, SN, NV and NDST.",
    see: ["vcpu[].pir", "vcpu[].on", "vcpu[].sn", "vcpu[].nv", "vcpu[].ndst"],
  },
  {
    term: "remote_irr",
    about: "Remote IRR of an entry in the I/O APIC's table: a level interrupt was accepted, its EOI is owed.",
    see: ["pin.remoteIrr", "remote-irr-not-stuck", "kvm/level"],
  },
  {
    term: "KVM_IRQFD_FLAG_RESAMPLE",
    about: "An irqfd that is lowered at the EOI and tells its device by a resamplefd to look again.",
    see: ["KVM_IRQFD_RESAMPLE", "resample", "kvm/irqfd-resample"],
  },
  {
    term: "kvm_apicv_activated",
    about: "Whether kvm->arch.apicv_inhibit_reasons is 0: nothing inhibits APICv of the VM.",
    see: ["vm.inhibit", "vcpu[].apicvActive", "kvm/apicv"],
  },
  {
    term: "irqchip_mode",
    about: "kvm->arch.irqchip_mode: no irqchip in the kernel, a whole one, or a split one with LAPICs alone.",
    see: ["vm.irqchip", "KVM_CREATE_IRQCHIP", "KVM_CAP_SPLIT_IRQCHIP"],
  },
];
