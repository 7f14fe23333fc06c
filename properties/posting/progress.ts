import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

/** Every thread and every device of the host goes on. */
const goesOn = [weak({ each: "action" })];

export const deliveryEnds = leadsTo({
  id: "delivery-of-an-irqfd-ends",
  statement: "The thread of an irqfd gets through its delivery in the end, whatever the vCPU does",
  source: "timer 2.7, 2.11",
  kernel: "irqfd_inject(), kvm_irq_delivery_to_apic()",
  fairness: goesOn,
  from: ({ device }) => device.pc !== "IDLE",
  to: ({ device }) => device.pc === "IDLE",
});

export const loadEnds = leadsTo({
  id: "load-of-a-vcpu-ends",
  statement: "A vCPU that is being loaded is on its pCPU in the end",
  source: "timer 2.11",
  kernel: "kvm_sched_in(), vmx_vcpu_pi_load()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ vcpu }, { v }) => vcpu[v].sched === "LOAD_CONTROL" || vcpu[v].sched === "LOAD_PIR",
  to: ({ vcpu }, { v }) => vcpu[v].sched === "ON_CPU",
});

export const requestsAreServed = leadsTo({
  id: "requests-are-served-in-the-end",
  statement: "A vCPU thread that has come to its requests gets past them in the end, or is scheduled out",
  source: "timer 2.5 S1",
  kernel: "vcpu_enter_guest(): kvm_check_request()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ vcpu }, { v }) => vcpu[v].pc === "REQUESTS" && vcpu[v].sched === "ON_CPU",
  to: ({ vcpu }, { v }) => vcpu[v].pc !== "REQUESTS" || vcpu[v].sched !== "ON_CPU",
});

export const deviceVectorIsTaken = leadsTo({
  id: "device-vector-is-taken",
  statement:
    "A guest that runs with IF set, the device's vector in IRR and none in service takes it in the end, or exits, or clears IF",
  source: "timer 2.9, 8 G_TAKE_IRQ",
  kernel: "virtual-interrupt delivery",
  args: { v: "vcpu" },
  fairness: [...goesOn, strong({ action: ["guest_take_device_irq"], each: "action" })],
  from: ({ vcpu }, { v }) =>
    vcpu[v].pc === "NONROOT" && vcpu[v].irr.device && vcpu[v].interruptFlag && vcpu[v].rvi === "HIGHEST_IRR",
  to: ({ vcpu }, { v }) => vcpu[v].pc !== "NONROOT" || !vcpu[v].irr.device || !vcpu[v].interruptFlag,
});
