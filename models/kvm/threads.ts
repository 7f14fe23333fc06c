import type { Thread } from "#check";

/**
 * Where the threads of the model stand, and where they have nothing to finish: a vCPU in the guest, dead or not created,
 * everybody else between two calls. One in userspace has an exit to handle, or KVM_RUN to call.
 */
export const threads: readonly Thread[] = [
  { leaf: "vcpu.pc", rest: ["ABSENT", "NONROOT", "DEAD"], by: ["vcpu.exit", "vcpu.eoi"] },
  { leaf: "vcpu.sched", rest: ["ON_CPU"] },
  { leaf: "vcpu.creating.pc", rest: ["IDLE"] },
  { leaf: "timer.pc", rest: ["NONE"] },
  { leaf: "vm.apicMap.pc", rest: ["IDLE"] },
  { leaf: "vm.bugOn.pc", rest: ["NONE", "DONE"] },
  { leaf: "vm.septZap", rest: ["NONE"] },
  { leaf: "inhibitor.pc", rest: ["IDLE"], by: ["inhibitor.reason"] },
  { leaf: "pin.pc", rest: ["IDLE"] },
  { leaf: "pin.lazyEoi", rest: ["IDLE"] },
  { leaf: "scan.pc", rest: ["IDLE"] },
  { leaf: "msi.routing", rest: ["IDLE"] },
  { leaf: "msi.delivery.pc", rest: ["IDLE"], by: ["msi.delivery.by"] },
  { leaf: "ipi.pc", rest: ["IDLE"] },
  { leaf: "avicIpi.pc", rest: ["IDLE"] },
  { leaf: "irte.pc", rest: ["IDLE"] },
  { leaf: "gaLog.pc", rest: ["IDLE"] },
  { leaf: "device.pc", rest: ["IDLE"] },
  { leaf: "device.attach", rest: ["NONE", "DONE"] },
  { leaf: "rtc.pc", rest: ["IDLE"], by: ["rtc.raiser"] },
  { leaf: "pic.pc", rest: ["IDLE"] },
  { leaf: "pit.worker", rest: ["IDLE"] },
  { leaf: "pit.control", rest: ["IDLE"] },
];
