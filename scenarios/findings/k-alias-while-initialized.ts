import type { Finding } from "#check";
import { tdsUse32BitIds } from "./f-uninitialized-vcpu.ts";

const finding: Finding = {
  id: "finding-k",
  statement:
    "APICV_INHIBIT_REASON_PHYSICAL_ID_ALIASED is set for a while as a TD with vCPU ids 0 and 256 is built, although every " +
    "vCPU is initialized in the end",
  rating: "benign",
  because:
    "the map that KVM_TDX_INIT_VCPU of vCPU 256 builds clears it again, and no vCPU can run before that",
  affects: "6.16 to 7.3, each version with TDs",
  source: "timer 3.6, 9.4 F1; irqchip (c) C26",
  asks: [
    "kvm/f1-uninitialized-vcpu",
    "--set",
    "tdFinalize=all-initialized",
    "--property",
    "td-physical-id-never-aliased",
  ],
  property: "td-physical-id-never-aliased",
  steps: 10,
  fixes: [tdsUse32BitIds],
  doubt:
    "Only m12's claim that a TD's ids are never aliased is hurt, and the tracepoint kvm_apicv_inhibit_changed is all that " +
    "shows it. It is here since finding-f is the same code without the happy end.",
  mail: {
    subject: "KVM: TDX: ids of vCPUs that are not initialized alias each other",
    text: [
      "Up to KVM_TDX_INIT_VCPU a TD's vCPU is in xAPIC mode with an id of 8 bits, so that ids 0 and 256 alias.",
      "APICv is inhibited from the initialization of the one to that of the other, which nobody can tell but by the " +
        "tracepoint.",
      "What mends the report on vCPUs that are never initialized mends this.",
    ],
  },
  reproducer:
    "The selftest of finding-f with KVM_TDX_INIT_VCPU of both vCPUs, and trace-cmd record -e kvm_apicv_inhibit_changed: set " +
    "by the first call, cleared by the second. User space orders all of it.",
};

export default finding;
