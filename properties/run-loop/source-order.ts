import { step, type State } from "../../models/kvm/state.ts";

type Pc = State["vcpu"][number]["pc"];

/** What may follow each place of vcpu_run(), vcpu_enter_guest(), kvm_vcpu_block() and a write of TMICT, as the source has it. */
const followers: Partial<Readonly<Record<Pc, readonly Pc[]>>> = {
  RUN_TOP: ["REQUESTS", "BLOCK_RUNNABLE"],
  REQUESTS: ["REQUEST_APICV", "REQUESTS_DONE", "EVENTS", "TO_USER", "DEAD", "BUG_ON"],
  REQUEST_APICV: ["REQUESTS_DONE", "EVENTS", "BUG_ON"],
  REQUESTS_DONE: ["EVENTS", "TO_USER"],
  BUG_ON: ["REQUESTS_DONE"],
  EVENTS: ["IRQS_OFF", "ACCEPT_INIT"],
  IRQS_OFF: ["MODE_IN"],
  MODE_IN: ["SYNC_PIR"],
  SYNC_PIR: ["EXIT_REQUEST"],
  EXIT_REQUEST: ["VENDOR_RUN", "IRQS_ON", "ENTRY_CANCELLED"],
  VENDOR_RUN: ["ENTER", "WAIT_READ"],
  ENTER: ["NONROOT", "EXITED"],
  EXITED: ["IRQS_ON"],
  ENTRY_CANCELLED: ["CLEAR_UNBLOCK"],
  HALT: ["CLEAR_UNBLOCK"],
  CLEAR_UNBLOCK: ["INJECT_TIMER"],
  INJECT_TIMER: ["CLEAR_PENDING", "RUN_TOP"],
  CLEAR_PENDING: ["RUN_TOP"],
  IRQS_ON: [
    "CLEAR_UNBLOCK",
    "TO_USER",
    "HALT",
    "RSM",
    "BLOCK_TO_SW",
    "READ_TMCCT",
    "TMICT_CANCEL",
    "LVTT_STORE",
    "TSCD_CANCEL",
    "TDCR_CANCEL",
    "EOI_SOFTWARE",
    "EOI_SEND",
    "IOAPIC_WRITE",
    "PIT_CANCEL",
    "PIT_ENTRY",
    "PIC_WRITE",
    "ICR_SEND",
    "INCOMPLETE_IPI",
    "SPIV_STORE",
  ],
  RSM: ["CLEAR_UNBLOCK"],
  READ_TMCCT: ["CLEAR_UNBLOCK"],
  BLOCK_TO_SW: ["SW_START", "BLOCK_WAIT"],
  TMICT_CANCEL: ["TMICT_CLEAR_1"],
  TMICT_CLEAR_1: ["TMICT_STORE"],
  TMICT_STORE: ["TMICT_CLEAR_2"],
  TMICT_CLEAR_2: ["TMICT_START", "CLEAR_UNBLOCK"],
  TO_USER: ["USER"],
  USER: ["RUN_TOP", "BLOCK_PUBLISH"],
  DEAD: [],
  BLOCK_RUNNABLE: ["BLOCK_PUBLISH", "CLEAR_UNBLOCK", "ACCEPT_INIT"],
  BLOCK_PUBLISH: ["BLOCK_STATE"],
  BLOCK_STATE: ["BLOCK_CHECK_RUNNABLE"],
  BLOCK_CHECK_RUNNABLE: ["BLOCK_CHECK_TIMER", "BLOCK_FINISH"],
  BLOCK_CHECK_TIMER: ["BLOCK_CHECK_UNBLOCK", "BLOCK_FINISH"],
  BLOCK_CHECK_UNBLOCK: ["BLOCK_SCHEDULE", "BLOCK_FINISH"],
  BLOCK_SCHEDULE: ["BLOCK_STATE"],
  BLOCK_FINISH: ["BLOCK_AGAIN", "ACCEPT_INIT"],
  BLOCK_AGAIN: ["CLEAR_UNBLOCK", "ACCEPT_INIT"],
  ACCEPT_INIT: ["RESET_POSTED", "RESET_TIMER", "ACCEPT_SIPI", "USER", "CLEAR_UNBLOCK", "IRQS_OFF"],
  RESET_POSTED: ["RESET_TIMER"],
  RESET_TIMER: ["RESET_REGISTERS"],
  RESET_REGISTERS: ["ACCEPT_SIPI"],
  ACCEPT_SIPI: ["USER", "CLEAR_UNBLOCK", "IRQS_OFF"],
};

export const vcpuThreadFollowsTheSource = step({
  id: "vcpu-thread-follows-the-source",
  statement:
    "A vCPU thread goes through vcpu_run(), vcpu_enter_guest(), kvm_vcpu_block() and a write of TMICT in the order of the source, and passes " +
    "the requests only where none is set that it has to serve first",
  source: "timer 1.1, 2.4, 2.5, 2.10",
  kernel: "vcpu_run(), vcpu_enter_guest(), kvm_vcpu_block()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].pc !== after.vcpu[v].pc && followers[before.vcpu[v].pc] !== undefined,
  holds: ({ vcpu: before, vm }, { vcpu: after }, _, { v }) => {
    const [{ pc, req }, to] = [before[v], after[v].pc];
    if (followers[pc]?.includes(to) !== true) return false;
    if (to === "DEAD") return req.VM_DEAD;
    if (to === "TO_USER" && pc === "REQUESTS") return req.IOAPIC_EOI_EXIT;
    if (to === "EVENTS" && pc !== "REQUESTS_DONE") return !req.APICV_UPDATE;
    if (to === "REQUESTS_DONE" && pc !== "BUG_ON") return req.APICV_UPDATE && !vm.apicvLock;
    return true;
  },
});
