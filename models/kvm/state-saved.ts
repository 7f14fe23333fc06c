import { about, bool, oneOf, record, set, vector, words } from "#check";
import { noVectors, vectors } from "./state-vectors.ts";

/** What userspace has read of a part of a vCPU, and written to the new one. */
const progress = words({
  NONE: "not saved",
  SAVED: "saved",
  RESTORED: "saved, and written to the vCPU that goes on",
});

export const saving = about(
  "Userspace as it saves a VM and restores what it has saved, in a new VM or in the same.",
  record({
    stage: about(
      "How far it is.",
      words({
        NOT_YET: "nothing is saved",
        SAVING: "the vCPUs are paused, and their state is read",
        RESTORING: "the state is written to the vCPUs that go on",
      }),
    ),
    ioapic: about(
      "struct kvm_ioapic_state, by KVM_GET_IRQCHIP: the pin's entry and its bit in irr.",
      record({
        is: about("Whether it is saved.", progress),
        level: about("redirtbl: trig_mode is level.", bool),
        masked: about("redirtbl: the mask bit.", bool),
        dest: about("The vCPUs that its destination matches.", set("vcpu")),
        remoteIrr: about("redirtbl: remote_irr.", bool),
        irr: about("irr without irr_delivered.", bool),
      }),
    ),
    routes: about(
      "Split: the routes of the VM that goes on.",
      words({
        KEPT: "as they are, or none are owed",
        EMPTY: "a new VM has none, and userspace is to set them",
      }),
    ),
    saveOrder: about(
      "In which order it calls KVM_GET_LAPIC and KVM_GET_MSRS.",
      oneOf("ANY", "LAPIC_FIRST", "MSRS_FIRST"),
    ),
    restoreOrder: about(
      "In which order it calls KVM_SET_MSRS of IA32_TSC, KVM_SET_LAPIC and KVM_SET_MSRS of IA32_TSC_DEADLINE.",
      oneOf("TSC_LAPIC_DEADLINE", "DEADLINE_BEFORE_LAPIC", "DEADLINE_BEFORE_TSC", "ANY"),
    ),
  }),
);

/** Of each vCPU what was saved, from the first ioctl that reads something to the KVM_RUN that goes on. */
export const saved = about(
  "What userspace has saved of each vCPU.",
  vector(
    "vcpu",
    record({
      lapic: about(
        "struct kvm_lapic_state, by KVM_GET_LAPIC.",
        record({
          is: about("Whether it is saved.", progress),
          irr: about("APIC_IRR, with what PIR had.", vectors),
          isr: about("APIC_ISR.", vectors),
          tmr: about("APIC_TMR.", vectors),
          swEnabled: about("SPIV's APIC software enable bit.", bool),
          lvt0ExtInt: about("LVT0 is unmasked in ExtINT mode.", bool),
          masked: about("LVTT's mask bit.", bool),
          timerMode: about("The timer mode in LVTT.", oneOf("ONESHOT", "PERIODIC", "TSC_DEADLINE")),
          tmict: about("APIC_TMICT is not 0.", bool),
          tmcct: about("APIC_TMCCT, which is computed as it is read, is not 0.", bool),
        }),
      ),
      deadline: about(
        "IA32_TSC_DEADLINE, by KVM_GET_MSRS.",
        record({
          is: about("Whether it is saved.", progress),
          value: about("0, or against the guest's TSC.", oneOf("ZERO", "AHEAD", "PASSED")),
          comparedAs: about(
            "How KVM_SET_MSRS found it against the TSC of the vCPU that goes on.",
            words({
              NOT_YET: "it was not written, or there was nothing to compare",
              RIGHT: "the TSC was the guest's own",
              TOO_LATE: "the TSC was behind the guest's: the timer is set too far ahead",
              AT_ONCE: "the TSC was ahead of the guest's: a deadline that is still to come has passed",
            }),
          ),
        }),
      ),
      events: about(
        "struct kvm_vcpu_events, by KVM_GET_VCPU_EVENTS.",
        record({
          is: about("Whether it is saved.", progress),
          nmi: about("nmi.pending.", bool),
          injected: about("interrupt.injected.", bool),
        }),
      ),
      mp: about(
        "struct kvm_mp_state, by KVM_GET_MP_STATE.",
        record({
          is: about("Whether it is saved.", progress),
          state: about("mp_state.", oneOf("RUNNABLE", "HALTED")),
        }),
      ),
      clock: about(
        "The TSC of the vCPU that goes on, against the guest's own.",
        words({
          OWN: "the guest's, of the same vCPU or since KVM_SET_MSRS of IA32_TSC",
          BEHIND: "that of a new vCPU, which starts near 0",
          AHEAD: "that of a new vCPU, where the guest had set its own back",
        }),
      ),
      ghost: about(
        "History for properties: what the guest was owed as the first part of it was saved.",
        record({
          timer: about("An interrupt of the LAPIC timer, at once or later.", bool),
          expired: about("An interrupt of the LAPIC timer whose deadline had passed.", bool),
          pending: about("Vectors in PIR or IRR.", vectors),
          inService: about("Vectors in ISR, whose EOI is to come.", vectors),
          nmi: about("An NMI, queued or pending.", bool),
          halted: about("It was halted: mp_state was HALTED.", bool),
        }),
      ),
    }),
  ),
);

/** Nothing is saved of a vCPU. */
export const nothingSaved = {
  lapic: {
    is: "NONE",
    irr: noVectors,
    isr: noVectors,
    tmr: noVectors,
    swEnabled: false,
    lvt0ExtInt: false,
    masked: false,
    timerMode: "ONESHOT",
    tmict: false,
    tmcct: false,
  },
  deadline: { is: "NONE", value: "ZERO", comparedAs: "NOT_YET" },
  events: { is: "NONE", nmi: false, injected: false },
  mp: { is: "NONE", state: "RUNNABLE" },
  clock: "OWN",
  ghost: {
    timer: false,
    expired: false,
    pending: noVectors,
    inService: noVectors,
    nmi: false,
    halted: false,
  },
} as const;

/** Nothing is saved of the I/O APIC. */
export const nothingSavedOfPin = {
  is: "NONE",
  level: false,
  masked: false,
  dest: 0,
  remoteIrr: false,
  irr: false,
} as const;

/** This part before anything has booted. */
export const savingPowerOn = {
  stage: "NOT_YET",
  ioapic: nothingSavedOfPin,
  routes: "KEPT",
  saveOrder: "ANY",
  restoreOrder: "TSC_LAPIC_DEADLINE",
} as const;
