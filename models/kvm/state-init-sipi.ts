import { about, bool, index, oneOf, record, words } from "#check";
import { posterPcs } from "./state-poster.ts";

/** INIT and SIPI of a vCPU, and where its thread goes on once it has accepted them. */
export const initSipi = about(
  "INIT and SIPI: apic->pending_events.",
  record({
    init: about("KVM_APIC_INIT: an INIT that the vCPU has yet to accept.", bool),
    sipi: about("KVM_APIC_SIPI: a SIPI that it has yet to accept.", bool),
    caller: about(
      "Who has called kvm_apic_accept_events().",
      words({
        NONE: "nobody",
        EVENTS: "vcpu_enter_guest(), with KVM_REQ_EVENT",
        BLOCK: "vcpu_block()",
        RUN: "KVM_RUN of a vCPU that is UNINITIALIZED",
      }),
    ),
  }),
);

export const sender = about(
  "The CPU that delivers messages that are no interrupts: __apic_accept_irq() of INIT, SIPI and NMI.",
  record({
    pc: about("Where it stands.", oneOf("IDLE", ...posterPcs)),
    target: about("The vCPU that it delivers to.", index("vcpu")),
    sent: about(
      "What it has sent to start the vCPU.",
      words({ NOTHING: "nothing", INIT: "INIT", SIPI: "INIT, SIPI", SECOND_SIPI: "INIT, SIPI, SIPI" }),
    ),
    nmi: about(
      "It has sent an NMI since it sent INIT, and sends no other: nobody is kept busy with them.",
      bool,
    ),
  }),
);

/** These parts before anything has booted. */
export const initSipiPowerOn = {
  initSipi: { init: false, sipi: false, caller: "NONE" },
  sender: { pc: "IDLE", target: 0, sent: "NOTHING", nmi: false },
} as const;
