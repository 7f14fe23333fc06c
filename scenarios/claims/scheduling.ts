import type { Claim } from "#check";
import { tdDesigns, type Columns } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const tdAndVmx: Columns = [...tdDesigns, "vmx"];
const migrates = ["preemption=full", "piLoad=after-migration"];
const stays = ["preemption=none"];

/** What the thread, and the kernel, say of halting, blocking and the posted-interrupt descriptor. */
const blockingClaims: readonly Claim[] = [
  {
    id: "Q15",
    statement: "Active APICv changes nothing in kvm_arch_dy_has_pending_interrupt() but for off-TD debug",
    messages: ["m3", "m12"],
    source: "timer 5, 9.2 Q15",
    word: "holds under: no PAUSE exits of a TD (off-TD debug)",
    said: "m3 says that the function matters for a TD only once off-TD debug is supported.",
    shown:
      "Its answer does change: with APICv inhibited it never sees what is posted to a preempted TD vCPU. Only a vCPU " +
      "that exits for PAUSE asks, and a TD's does not.",
    checks: [asks("kvm/block", "yielding-vcpu-sees-posted-interrupt", [...tdDesigns, "vmx"])],
  },
  confirmed(
    "Q17",
    "m3, m20; timer 9.2 Q17",
    "kvm_hlt_in_guest() may be true of a TD, whose HLT exits all the same",
    asks("kvm/halt", "td-halt-exits-with-hlt-in-guest", [...tdDesigns, "vmx"], ["hltInGuest=on"]),
  ),
  {
    id: "Q18",
    statement: "A TD that halts with interrupts enabled and a vector pending is woken",
    messages: [],
    source: "timer 4.4, 9.2 Q18",
    word: "depends on: rviCheck",
    said: "The kernel looks at the descriptor and, of a vCPU that halted, at what the TDX module says of its RVI.",
    shown:
      "With the check as assumed no halt is slept through; without it, or if it needed IF set, a vector that was moved " +
      "to the virtual IRR before the halt is; and migration on the way to sleep loses a wake-up either way, of the timer too where its interrupts are posted.",
    checks: [
      asks("kvm/halt", "halted-vcpu-wakes-for-vector", tdAndVmx),
      ...["needs-if", "none"].map((value) =>
        asks("kvm/halt", "halted-vcpu-wakes-for-vector", tdDesigns, [`rviCheck=${value}`]),
      ),
      asks("kvm/block", "halted-vcpu-wakes-for-vector", tdAndVmx, stays),
      asks("kvm/block", "halted-vcpu-wakes-for-vector", tdAndVmx, migrates),
      asks("kvm/halt-migrates", "halted-vcpu-wakes-for-vector", tdAndVmx, ["nohzFull=on", "mwaitInGuest=on"]),
    ],
  },
  confirmed(
    "Q19",
    "timer 4.4, 9.2 Q19",
    "A TD that halts with interrupts blocked is not woken by them",
    asks("kvm/block", "blocked-halt-ignores-interrupts", tdAndVmx),
  ),
  confirmed(
    "Q20",
    "timer 4.7, 9.2 Q20",
    "An interrupt posted while the vCPU is in root mode reaches the guest at the next entry",
    asks("kvm/block", "posted-interrupt-reaches-guest", tdAndVmx),
  ),
  confirmed(
    "Q21",
    "m16; timer 2.10, 9.2 Q21",
    "A pending timer, or KVM_REQ_UNBLOCK, is never slept through",
    asks("kvm/halt", "no-lost-wakeup", tdAndVmx, ["nohzFull=on"]),
    asks("kvm/block", "no-lost-wakeup", tdAndVmx),
  ),
  {
    id: "Q22",
    statement: "Handing over SN and NV as a vCPU is scheduled out and in loses no interrupt of a device",
    messages: [],
    source: "timer 2.11, 9.2 Q22",
    word: "holds under: no migration on the way to sleep while the device is only being attached",
    said: "The kernel sets ON after loading a vCPU whose PIR is not empty, so that nothing posted is missed.",
    shown:
      "Setting ON in the stead of a thread that has set PIR and not yet ON takes from it the duty to wake: the vCPU, " +
      "preempted and migrated on its way to sleep, sleeps on, unless a device was assigned from the start.",
    checks: [
      asks("kvm/pi-wakeup", "device-post-wakes-blocked-vcpu", tdAndVmx, migrates),
      asks("kvm/pi-wakeup", "device-post-wakes-blocked-vcpu", tdAndVmx, [
        ...migrates,
        "deviceAssigned=at-boot",
      ]),
      asks("kvm/pi-wakeup", "device-post-wakes-blocked-vcpu", tdAndVmx, stays),
      asks("kvm/pi-wakeup", "device-post-wakes-blocked-vcpu", tdAndVmx, ["piLoad=if-suppressed"]),
      asks("kvm/pi-wakeup", "device-post-reaches-running-vcpu", tdAndVmx),
      asks("kvm/pi-wakeup", "loaded-vcpu-has-no-stranded-vector", tdAndVmx),
    ],
  },
];

export default blockingClaims;
