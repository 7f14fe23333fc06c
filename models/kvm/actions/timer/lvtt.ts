import type { Action } from "#check";
import { mutexFree, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { inGuest, leave } from "../../leave.ts";
import { forget } from "./tmict.ts";
import { msrWriteExit } from "../../vm-exits.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { cancels } from "../../prints/timers.ts";

/** The emulation of an LVTT write: kvm_lapic_reg_write(), case APIC_LVTT, and apic_update_lvtt(). */

type Vcpu = State["vcpu"][number];
type Mode = "LVTT_ONESHOT" | "LVTT_PERIODIC" | "LVTT_TSCDEADLINE";

const modeOf = ({ tscMode, periodic }: { readonly tscMode: boolean; readonly periodic: boolean }): Mode =>
  tscMode ? "LVTT_TSCDEADLINE" : periodic ? "LVTT_PERIODIC" : "LVTT_ONESHOT";

/** The write keeps the mode: it is about the mask bit only. */
const aboutMask = ({ exit }: Pick<Vcpu, "exit">): boolean => exit === "LVTT_MASK" || exit === "LVTT_UNMASK";

/** A guest that switches the mode of its timer, each write for one of the modes named. */
const guestWritesMode = (modes: readonly Mode[]): Action<State> =>
  action("guest_write_lvtt_mode", {
    actor: cpu,
    args: { v: "vcpu", mode: modes },
    kernel: msrWriteExit(" of APIC_LVTT, another timer mode"),
    source: "m21; timer 1.2, 8 G_WRITE_LVTT",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v, mode }) => inGuest(s, v) && modeOf(s.timer[v]) !== mode,
    effect: (d, { v, mode }) => leave(d, v, mode),
  });

const guestWritesMask = action("guest_write_lvtt_mask", {
  actor: cpu,
  args: { v: "vcpu", mask: ["LVTT_MASK", "LVTT_UNMASK"] },
  kernel: msrWriteExit(" of APIC_LVTT, the mask bit"),
  source: "timer 1.8, 8 G_WRITE_LVTT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v, mask }) => inGuest(s, v) && s.timer[v].masked === (mask === "LVTT_UNMASK"),
  effect: (d, { v, mask }) => leave(d, v, mask),
});

/** Userspace clears LVTT's mask bit with KVM_SET_MSRS. */
const userspaceUnmasks = action("KVM_SET_MSRS_LVTT", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_x2apic_msr_write(APIC_LVTT): kvm_lapic_reg_write()",
  source: byGuest("timer 1.0, 9.4 F3: allowed for a TD, and it sets no KVM_REQ_UNBLOCK", {
    ordinary: "timer 1.0, 9.4 F3: it sets no KVM_REQ_UNBLOCK",
  }),
  atomic: "vcpu->mutex; the mask bit is one store",
  guard: (s, { v }) => mutexFree(s.vcpu[v]) && s.timer[v].masked,
  effect: (d, { v }) => {
    d.timer[v].masked = false;
  },
});

const store = action("store_lvtt", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_set_reg(APIC_LVTT)",
  source: "timer 1.2",
  atomic:
    "one store, which a callback reads at injection; the mode that it reads is timer_mode, stored later",
  guard: (s, { v }) => threadAt(s.vcpu[v], "LVTT_STORE"),
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    const timer = d.timer[v];
    if (aboutMask(vcpu)) {
      timer.masked = vcpu.exit === "LVTT_MASK";
      vcpu.pc = "CLEAR_UNBLOCK";
    } else vcpu.pc = timer.tscMode || vcpu.exit === "LVTT_TSCDEADLINE" ? "LVTT_CANCEL" : "LVTT_SET_MODE";
  },
});

const cancel = action("lvtt_hrtimer_cancel", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_update_lvtt(): cancel_apic_timer(), hrtimer_cancel()",
  prints: (s, { v }: OfVcpu) => cancels(s, v),
  source: "m21; timer 1.2: only a switch into or out of TSC-deadline mode cancels",
  atomic: "waits while the callback runs, then dequeues under the hrtimer base lock",
  guard: (s, { v }) => threadAt(s.vcpu[v], "LVTT_CANCEL") && s.timer[v].hr !== "CALLBACK",
  effect: (d, { v }) => {
    d.timer[v].hr = "INACTIVE";
    d.timer[v].on = "OWN";
    d.vcpu[v].irq.HRTIMER = false;
    d.vcpu[v].pc = "LVTT_CLEAR";
  },
});

const clear = action("lvtt_clear_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_update_lvtt(): cancel_hv_timer(), pending = 0, TMICT = 0, period = 0, tscdeadline = 0",
  source: "m21; timer 1.2",
  atomic: "no callback is left that could read any of it, and no other thread does",
  guard: (s, { v }) => threadAt(s.vcpu[v], "LVTT_CLEAR"),
  effect: (d, { v }) => {
    const timer = d.timer[v];
    timer.hv = false;
    timer.pending = 0;
    timer.period = false;
    timer.deadline = false;
    timer.due = false;
    forget(d, v);
    d.vcpu[v].pc = "LVTT_SET_MODE";
  },
});

const setMode = action("lvtt_set_mode", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_update_lvtt(): timer_mode",
  source: "timer 1.2, 9.4 F4: between one-shot and periodic a callback may be running",
  atomic: "one store",
  guard: (s, { v }) => threadAt(s.vcpu[v], "LVTT_SET_MODE"),
  effect: (d, { v }) => {
    const timer = d.timer[v];
    timer.ghost.rearmed =
      timer.periodic && (timer.hr === "ENQUEUED" || timer.pc === "TEST_PENDING" || timer.hv);
    timer.tscMode = d.vcpu[v].exit === "LVTT_TSCDEADLINE";
    timer.periodic = d.vcpu[v].exit === "LVTT_PERIODIC";
    if (timer.hr === "CALLBACK") timer.ghost.switched = true;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

/** LVTT writes by the guest and, for the mask bit, by userspace. */
const lvtt: readonly Action<State>[] = [
  guestWritesMode(["LVTT_ONESHOT", "LVTT_PERIODIC", "LVTT_TSCDEADLINE"]),
  guestWritesMask,
  userspaceUnmasks,
  store,
  cancel,
  clear,
  setMode,
];

export default lvtt;
