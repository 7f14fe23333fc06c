import { setGsiRouting } from "./actions/gsi-routing.ts";
import { guestWriteIcr } from "./actions/ipi.ts";
import { apicvIpi, selfIpiOnly } from "./hardware-ipi.ts";
import type { KvmOption } from "./options.ts";

const msiPath: KvmOption = {
  name: "msiPath",
  about: "who sends messages: KVM_SIGNAL_MSI, KVM_IRQ_LINE_STATUS of a GSI routed to one, or an irqfd on it",
  source: "m5, m9, m10; irqchip 6.5, 2.2, 7.4",
  values: ["signal-msi", "irq-line", "irqfd"],
  patches: {
    "signal-msi": () => ({ drop: ["KVM_IRQ_LINE_STATUS_msi", "irqfd_wakeup"] }),
    "irq-line": () => ({ drop: ["KVM_SIGNAL_MSI", "irqfd_wakeup"] }),
    irqfd: () => ({ drop: ["KVM_SIGNAL_MSI", "KVM_IRQ_LINE_STATUS_msi"] }),
  },
};

const msiTrigger: KvmOption = {
  name: "msiTrigger",
  about: "the trigger mode of the message that KVM_SET_GSI_ROUTING routes the GSI to",
  source: "m5, m8, m10; irqchip 3.1, 3.6",
  values: ["edge", "level"],
  patches: { level: () => ({ replace: [setGsiRouting(["LEVEL"])] }) },
};

const broadcastQuirk: KvmOption = {
  name: "broadcastQuirk",
  about:
    "whether a message to 0xff is for everybody in x2APIC mode too, or KVM_CAP_X2APIC_API disables that quirk",
  source: "m12; irqchip 6.8, 7.1",
  values: ["on", "disabled"],
  patches: {},
};

const ipiVirtualization: KvmOption = {
  name: "ipiVirtualization",
  about:
    "whether the CPU has IPI virtualization, which APICv uses for IPIs to one physical id; never for a TD",
  source: "m14; irqchip 7.3",
  values: ["on", "off"],
  patches: {
    off: ({ guest, ops }) =>
      guest === "vmx" || guest === "vmx-sw" ? { replace: [guestWriteIcr(ops, apicvIpi(false))] } : {},
  },
};

const selfIpi: KvmOption = {
  name: "selfIpi",
  about: "UNSURE: whether a TD's write of SELF_IPI is a TDVMCALL, or virtualized by the TDX module",
  source: "irqchip 7.3, UNSURE list 2",
  values: ["emulated", "native"],
  patches: {
    native: ({ guest, ops }) => (guest === "td" ? { replace: [guestWriteIcr(ops, selfIpiOnly)] } : {}),
  },
};

/** What is left open of messages and IPIs. */
export const delivery = { msiPath, msiTrigger, broadcastQuirk, ipiVirtualization, selfIpi } as const;
