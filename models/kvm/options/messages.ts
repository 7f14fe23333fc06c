import { setGsiRouting } from "../actions/messages/gsi-routing.ts";
import { guestWriteIcr } from "../actions/messages/ipi.ts";
import { apicvIpi, selfIpiOnly } from "../hardware-ipi.ts";
import { option } from "../option.ts";

export const msiPath = option({
  name: "msiPath",
  about: "who sends messages: KVM_SIGNAL_MSI, KVM_IRQ_LINE_STATUS of a GSI routed to one, or an irqfd on it",
  source: "m5, m9, m10; irqchip 6.5, 2.2, 7.4",
  values: {
    "signal-msi": { drop: ["KVM_IRQ_LINE_STATUS_msi", "irqfd_wakeup"] },
    "irq-line": { drop: ["KVM_SIGNAL_MSI", "irqfd_wakeup"] },
    irqfd: { drop: ["KVM_SIGNAL_MSI", "KVM_IRQ_LINE_STATUS_msi"] },
  },
});

export const msiTrigger = option({
  name: "msiTrigger",
  about: "the trigger mode of the message that KVM_SET_GSI_ROUTING routes the GSI to",
  source: "m5, m8, m10; irqchip 3.1, 3.6",
  values: { edge: {}, level: () => ({ replace: [setGsiRouting(["LEVEL"])] }) },
});

export const broadcastQuirk = option({
  name: "broadcastQuirk",
  about:
    "whether a message to 0xff is for everybody in x2APIC mode too, or KVM_CAP_X2APIC_API disables that quirk",
  source: "m12; irqchip 6.8, 7.1",
  values: {
    on: {},
    disabled: { boot: { vm: () => [["KVM_CAP_X2APIC_API", { flag: "DISABLE_BROADCAST_QUIRK" }]] } },
  },
});

export const ipiVirtualization = option({
  name: "ipiVirtualization",
  about:
    "whether the CPU has IPI virtualization, which APICv uses for IPIs to one physical id; never for a TD",
  source: "m14; irqchip 7.3",
  guests: ["vmx", "vmx-sw"],
  values: { on: {}, off: ({ ops }) => ({ replace: [guestWriteIcr(ops, apicvIpi(false))] }) },
});

export const selfIpi = option({
  name: "selfIpi",
  about: "UNSURE: whether a TD's write of SELF_IPI is a TDVMCALL, or virtualized by the TDX module",
  source: "irqchip 7.3, UNSURE list 2",
  guests: ["td"],
  values: { emulated: {}, native: ({ ops }) => ({ replace: [guestWriteIcr(ops, selfIpiOnly)] }) },
});

/** What is left open of messages and IPIs. */
export default [msiPath, msiTrigger, broadcastQuirk, ipiVirtualization, selfIpi] as const;
