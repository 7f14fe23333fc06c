import type { Claim } from "#check";
import { tdDesigns } from "./columns.ts";
import { asks } from "./make.ts";

const world = "kvm/creation";

/** What is said about the irqchip that a TD gets, and in which order it is created. */
const creationClaims: readonly Claim[] = [
  {
    id: "C9",
    statement: "A split irqchip, once enforced, leaves a TD without an in-kernel I/O APIC, PIC and PIT",
    messages: ["m3", "m5"],
    source: "irqchip 1.5, (c) C9",
    word: "holds under: split enforced (6.16 and later)",
    said: "m3 offers a split irqchip as the way to be rid of the in-kernel PIT and I/O APIC; m5 says that it is right.",
    shown:
      "Where it is not enforced a TD runs with all of them; where it is, KVM_CREATE_PIT2 still answers 0 to a TD with an " +
      "in-kernel irqchip before 6.18, but no vCPU of that TD can be created.",
    checks: [asks(world, "running-td-has-no-in-kernel-ioapic-pic-or-pit", tdDesigns)],
  },
  {
    id: "C10",
    statement:
      "KVM_CREATE_IRQCHIP is refused to a TD, and a userspace that learns of it may still choose a split irqchip",
    messages: [],
    source: "irqchip 1.1, 1.4, (c) C10",
    word: "holds under: KVM_CREATE_IRQCHIP refused (6.18 and later)",
    said: "The thread ends with split enforced, which 6.16 does as a vCPU is created.",
    shown:
      "That is too late: the in-kernel irqchip is there, no vCPU can be created with it, and split is refused with -EEXIST.",
    checks: [
      asks(world, "create-irqchip-never-succeeds-for-td", tdDesigns),
      asks(world, "split-irqchip-possible-before-vcpus", [...tdDesigns, "vmx"]),
      asks(world, "refused-vcpu-leaves-a-way-out", tdDesigns),
    ],
  },
  {
    id: "C11",
    statement: "A TD without an irqchip never gets a vCPU, for APICv is mandatory",
    messages: ["m8", "m9"],
    source: "irqchip 1.3, (c) C11",
    word: "confirmed",
    checks: [asks(world, "td-vcpu-needs-lapic", tdDesigns)],
  },
  {
    id: "C31",
    statement:
      "The irqchip never changes once a vCPU is being created, not even in the unlocked middle of it",
    messages: [],
    source: "irqchip 1.4, (c) C31",
    word: "confirmed",
    checks: [asks(world, "irqchip-frozen-once-vcpus-are-created", [...tdDesigns, "vmx"])],
  },
];

export default creationClaims;
