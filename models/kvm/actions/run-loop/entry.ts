import type { Action, Draft } from "#check";
import { acceptEvents, initOrSipiPending } from "../../accept-events.ts";
import type { VendorOps } from "../../ops.ts";
import { anyRequest, apicEnabled, requestBeforeApicv, requestsNmiOrSmi, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { failsToRun } from "../../prints/exits.ts";
import { injectsEvents } from "../../prints/injection.ts";
import { kvmEntry } from "../../tracepoints/run-loop.ts";

/** vcpu_enter_guest() up to the entry: requests, events, IRQs off, mode, PIR sync, exit-request check, entry. */
export const entry = (ops: VendorOps): readonly Action<State>[] => [
  runTop,
  dead,
  requestApicv,
  requestsDone,
  events(ops),
  irqsOff,
  modeIn,
  syncPir(ops),
  exitRequest,
  cancelled,
  vendorRun(ops),
  enter,
];

const runTop = action("vcpu_run", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run()",
  source: "timer 2.4 step 1",
  atomic: "reads mp_state, which only this thread writes",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP") && !s.vcpu[v].signal,
  effect: (d, { v }) => {
    d.vcpu[v].pc = d.vcpu[v].mp === "RUNNABLE" ? "REQUESTS" : "BLOCK_RUNNABLE";
  },
});

const dead = action("req_vm_dead", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): KVM_REQ_VM_DEAD, -EIO",
  prints: () => [failsToRun],
  source: "timer 2.5 S1, 4.3",
  atomic: "test and clear of one request bit",
  guard: (s, { v }) => threadAt(s.vcpu[v], "REQUESTS") && s.vcpu[v].req.VM_DEAD,
  effect: (d, { v }) => {
    d.vcpu[v].pc = "DEAD";
  },
});

const requestsDone = action("requests_done", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): kvm_request_pending()",
  source: "timer 2.5 S1: UNBLOCK is not consumed here",
  atomic: "a request set later is as one set after the check: exit_request sees it",
  guard: (s, { v }) => {
    const vcpu = s.vcpu[v];
    if (vcpu.req.APICV_UPDATE) return threadAt(vcpu, "REQUESTS_DONE");
    return (
      (threadAt(vcpu, "REQUESTS") && !requestBeforeApicv(vcpu)) ||
      threadAt(vcpu, "REQUEST_APICV") ||
      threadAt(vcpu, "REQUESTS_DONE")
    );
  },
  effect: (d, { v }) => {
    d.vcpu[v].pc = "EVENTS";
  },
});

const requestApicv = action("requests_up_to_apicv", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): the requests before KVM_REQ_APICV_UPDATE, of which none is set",
  source: "timer 2.5 S1",
  atomic:
    "a request set after its test waits for exit_request. Only where a change of the inhibits is on its way does it " +
    "matter what comes between these tests and the last one",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "REQUESTS") &&
    !requestBeforeApicv(s.vcpu[v]) &&
    (s.vcpu[v].req.APICV_UPDATE || s.inhibitor.pc !== "IDLE"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "REQUEST_APICV";
  },
});

export const events = (ops: VendorOps): Action<State> =>
  action("req_event", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vcpu_enter_guest(): KVM_REQ_EVENT, kvm_check_and_inject_events()",
    branch: (s, { v }: OfVcpu) => {
      if (!s.vcpu[v].req.EVENT) return "vcpu_enter_guest(): no KVM_REQ_EVENT";
      const next = initOrSipiPending(s.vcpu[v])
        ? "kvm_apic_accept_events()"
        : "kvm_check_and_inject_events()";
      return `vcpu_enter_guest(): KVM_REQ_EVENT, ${next}`;
    },
    prints: injectsEvents,
    source: "timer 2.5 S2; irqchip 5.3",
    atomic: byGuest(
      "the request bit is tested and cleared first; IRR and ISR of an emulated APIC are moved by this thread only",
      { td: "the request bit is tested and cleared first" },
    ),
    guard: (s, { v }) => threadAt(s.vcpu[v], "EVENTS"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      if (vcpu.req.EVENT) {
        vcpu.req.EVENT = false;
        if (initOrSipiPending(vcpu)) return acceptEvents(d, v, "EVENTS");
        ops.injectEvents(d, v);
      }
      vcpu.pc = "IRQS_OFF";
    },
  });

const irqsOff = action("irqs_off", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): local_irq_disable()",
  source: "timer 2.5 S5",
  atomic: "one instruction",
  guard: (s, { v }) => threadAt(s.vcpu[v], "IRQS_OFF"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "MODE_IN";
  },
});

export const modeIn = action("mode_in_guest", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): smp_store_release(mode), smp_mb()",
  source: "timer 2.5 S6, S7",
  atomic: "one store; the full barrier after it makes later reads see what was written before",
  guard: (s, { v }) => s.vcpu[v].pc === "MODE_IN",
  effect: (d, { v }) => {
    d.vcpu[v].mode = "IN_GUEST";
    d.vcpu[v].pc = "SYNC_PIR";
  },
});

const syncKernel = byGuest("vcpu_enter_guest(): sync_pir_to_irr(), of a TD nothing", {
  td: "vcpu_enter_guest(): sync_pir_to_irr(), which does nothing",
  ordinary: "vcpu_enter_guest(): sync_pir_to_irr()",
});

export const syncPir = (ops: VendorOps): Action<State> =>
  action("sync_pir_to_irr", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: syncKernel,
    branch: (_, { v }: OfVcpu, { vcpu }) =>
      vcpu[v].rvi === "ZERO"
        ? "vcpu_enter_guest(): sync_pir_to_irr(): PIR is empty, vmx_set_rvi(-1)"
        : syncKernel,
    source: "timer 2.5 S8, 2.8",
    atomic: "ON is cleared before PIR is harvested, so a post in between sets ON again",
    guard: (s, { v }) => s.vcpu[v].pc === "SYNC_PIR",
    effect: (d, { v }) => {
      if (apicEnabled(d.vcpu[v])) ops.syncPirToIrr(d, v);
      d.vcpu[v].pc = "EXIT_REQUEST";
    },
  });

const isHalt = (exit: State["vcpu"][number]["exit"]): boolean => exit === "HLT0" || exit === "HLT1";

/**
 * An entry that is given up leaves vt->exit_reason as it was, and whether that is a halt is all that a TD's is asked for once
 * the exit was handled. Any other exit is, from here on, one of which nothing is modelled.
 */
export const giveUpEntry = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.mode = "OUTSIDE";
  vcpu.rvi = "HIGHEST_IRR";
  if (d.vm.type === "KVM_X86_TDX_VM" && isHalt(vcpu.exit)) vcpu.pc = "ENTRY_CANCELLED";
  else {
    vcpu.exit = "OTHER";
    vcpu.pc = "IRQS_ON";
  }
};

export const exitRequest = action("exit_request", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_vcpu_exit_request()",
  branch: (_, { v }: OfVcpu, { vcpu }) => `kvm_vcpu_exit_request() is ${vcpu[v].pc !== "VENDOR_RUN"}`,
  source: "timer 2.5 S9",
  atomic: "reads mode and the request word; a request set after it kicks, since mode is IN_GUEST already",
  guard: (s, { v }) => s.vcpu[v].pc === "EXIT_REQUEST",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    if (vcpu.mode === "EXITING" || anyRequest(vcpu) || requestsNmiOrSmi(vcpu) || vcpu.signal)
      giveUpEntry(d, v);
    else vcpu.pc = "VENDOR_RUN";
  },
});

const cancelled = action("cancel_injection", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: byGuest("vcpu_enter_guest(): local_irq_enable(), cancel_injection()", {
    td: "vcpu_enter_guest(): local_irq_enable(), cancel_injection(), which does nothing",
  }),
  source: "timer 2.5 S9",
  atomic:
    "pending host IRQs are handled before it is over; what is queued for injection is this thread's own",
  guard: (s, { v }) => threadAt(s.vcpu[v], "ENTRY_CANCELLED"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

const vendorRun = (ops: VendorOps): Action<State> =>
  action("vendor_vcpu_run", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: byGuest("tdx_vcpu_run(): self-IPI, where PID.ON is set; vmx_vcpu_run(); svm_vcpu_run()", {
      vmx: "vmx_vcpu_run()",
      svm: "svm_vcpu_run()",
    }),
    branch: (s, { v }: OfVcpu) =>
      byGuest("", {
        td: `tdx_vcpu_run(): PID.ON is ${s.vcpu[v].on ? "set, self-IPI" : "clear"}`,
        vmx: "vmx_vcpu_run()",
        svm: "svm_vcpu_run()",
      }),
    prints: (s, { v }: OfVcpu) => [
      kvmEntry.event({ vcpu: v, immediateExit: s.vcpu[v].events.immediateExit }),
    ],
    source: "timer 4.7 E3, 2.6",
    atomic: "tests ON once with host IRQs off; a later post sees IN_GUEST and sends the IPI itself",
    guard: (s, { v }) => s.vcpu[v].pc === "VENDOR_RUN" && s.vm.septZap === "NONE",
    effect: (d, { v }) => {
      ops.prepareEntry(d, v);
      const waits = d.timer[v].expired && ops.timerIntInjected(d.vcpu[v]);
      d.vcpu[v].pc = waits ? "WAIT_READ" : "ENTER";
    },
  });

const enter = action("vm_enter", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: byGuest("TDH.VP.ENTER / VMLAUNCH / VMRUN", {
    td: "TDH.VP.ENTER",
    vmx: "VMLAUNCH, VMRESUME",
    svm: "VMRUN",
  }),
  source: byGuest("timer 4.7 E4, 2.6; irqchip 7.1: with AVIC the CPU looks at IRR", {
    td: "timer 4.7 E4",
    vmx: "timer 2.6",
    svm: "irqchip 7.1: with AVIC the CPU looks at IRR",
  }),
  atomic: "one instruction",
  guard: (s, { v }) => s.vcpu[v].pc === "ENTER",
  effect: (d, { v }) => {
    d.vcpu[v].pc = "NONROOT";
    d.vcpu[v].irrUnseen = false;
    d.timer[v].ghost.expiredInHandler = false;
    d.vcpu[v].events.ghostAcknowledged = false;
  },
});

export default entry;
