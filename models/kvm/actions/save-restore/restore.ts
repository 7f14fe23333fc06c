import type { Action, Draft, Event } from "#check";
import { assign } from "../../assign.ts";
import type { OfVcpu } from "../../citation.ts";
import { ioctl } from "../../ioctl.ts";
import type { VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import { cancels, startsInIoctl } from "../../prints/timers.ts";
import { noVectors } from "../../state-vectors.ts";
import type { State } from "../../state.ts";
import type { GuestKind } from "../../text.ts";
import { publishApicMap } from "../apicv/apic-map-found.ts";
import { restoreTracking } from "../rtc/rtc-restore.ts";
import { cancelInIoctl, startInIoctl, type InIoctl } from "../timer/ioctl-start.ts";
import { forget } from "../timer/tmict.ts";

type Lapic = State["saved"][number]["lapic"];

/** What was saved may be written to this vCPU. */
export const mayRestore = (s: State, v: number): boolean =>
  s.saving.stage === "RESTORING" && vcpuIoctlAllowed(s, v);

/** apic_update_lvtt(): a change into or out of TSC-deadline mode forgets what the timer was set for. */
const updateLvtt = (d: Draft<State>, v: number, { timerMode, masked }: Lapic): void => {
  const timer = d.timer[v];
  const tscMode = timerMode === "TSC_DEADLINE";
  if (timer.tscMode !== tscMode) {
    timer.period = false;
    timer.deadline = false;
    timer.due = false;
  }
  timer.masked = masked;
  timer.tscMode = tscMode;
  timer.periodic = timerMode === "PERIODIC";
};

/** __start_apic_timer(APIC_TMCCT): what is left of the count; a one-shot of which nothing is left expires at once. */
const startFromTmcct = (
  ops: VendorOps,
  d: Draft<State>,
  v: number,
  { tmict, tmcct }: Lapic,
  expiry: InIoctl,
): void => {
  const timer = d.timer[v];
  timer.pending = 0;
  if (!timer.tscMode) {
    forget(d, v);
    timer.period = tmict;
    timer.deadline = tmict;
    timer.due = tmict && !tmcct && !timer.periodic;
  }
  if (timer.deadline) startInIoctl(ops, d, v, expiry);
};

/** KVM_SET_LAPIC with what KVM_GET_LAPIC gave. */
export const restoreLapic = (ops: VendorOps, expiry: InIoctl): Action<State> =>
  ioctl("KVM_SET_LAPIC_restore", {
    actor: "userspace",
    args: { v: "vcpu" },
    kernel:
      "kvm_apic_set_state(): apicv_pre_state_restore(), the registers, cancel_apic_timer(), apic_update_lvtt(), " +
      "__start_apic_timer(APIC_TMCCT)",
    prints: (s, { v }: OfVcpu, after, kind): readonly Event[] =>
      s.vm.dead ? [] : [...cancels(s, v), ...started(s, v, after, kind)],
    source: "irqchip 6.13 LAPIC, 6.1; timer 1.5 step 3, 5",
    atomic:
      "vcpu->mutex; the apic map is rebuilt under apic_map_lock, and no message is on its way; hrtimer_cancel() waits while " +
      "the callback runs (irqchip 7.5)",
    guard: (s, { v }) =>
      mayRestore(s, v) &&
      s.saved[v].lapic.is === "SAVED" &&
      !s.ioapic.locked &&
      s.timer[v].hr !== "CALLBACK" &&
      (s.saving.restoreOrder !== "DEADLINE_BEFORE_LAPIC" || s.saved[v].deadline.is === "RESTORED"),
    refuses: () => undefined,
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const { lapic } = d.saved[v];
      lapic.is = "RESTORED";
      vcpu.on = false;
      assign(vcpu.pir, noVectors);
      assign(vcpu.irr, { ...lapic.irr });
      assign(vcpu.isr, { ...lapic.isr });
      assign(vcpu.tmr, { ...lapic.tmr });
      vcpu.swEnabled = lapic.swEnabled;
      vcpu.events.lvt0ExtInt = lapic.lvt0ExtInt;
      publishApicMap(d);
      cancelInIoctl(d, v);
      d.timer[v].expired = false;
      updateLvtt(d, v, lapic);
      startFromTmcct(ops, d, v, lapic, expiry);
      vcpu.req.EVENT = true;
      if (d.vm.irqchip === "KERNEL") restoreTracking(d, v, ops.pendingEoi(vcpu, "rtc"));
    },
  });

/** What a timer prints that an ioctl has started, if it has. */
const started = (s: State, v: number, after: State, kind: GuestKind): readonly Event[] => {
  const { hr, hv, pending } = after.timer[v];
  const runs = hr === "ENQUEUED" || hv || pending > 0 || after.vcpu[v].pir.timer;
  return runs ? startsInIoctl(s, v, after, kind) : [];
};

/** KVM_SET_MSRS of IA32_TSC with what was saved. */
const restoreTsc = ioctl("KVM_SET_MSRS_TSC_restore", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_set_msr_common(MSR_IA32_TSC): kvm_synchronize_tsc(); a timer that runs stays as it is",
  source: "irqchip 6.13 MSRS",
  atomic: "vcpu->mutex; tsc_write_lock",
  guard: (s, { v }) =>
    mayRestore(s, v) &&
    s.saved[v].clock !== "OWN" &&
    (s.saving.restoreOrder !== "DEADLINE_BEFORE_TSC" || s.saved[v].deadline.is === "RESTORED"),
  refuses: () => undefined,
  accepted: "1",
  effect: (d, { v }) => {
    d.saved[v].clock = "OWN";
  },
});

type Found = "ahead" | "passed";

/** Whether the deadline that is written may be found so: by the TSC of the vCPU, and by the time that the move takes. */
const mayBe = ({ deadline: { value }, clock }: State["saved"][number], found: Found): boolean => {
  if (value === "ZERO" || clock === "BEHIND") return found === "ahead";
  return found === "passed" || (value === "AHEAD" && clock === "OWN");
};

const comparedAs = ({
  deadline: { value },
  clock,
}: State["saved"][number]): State["saved"][number]["deadline"]["comparedAs"] => {
  if (clock === "BEHIND") return "TOO_LATE";
  return clock === "AHEAD" && value === "AHEAD" ? "AT_ONCE" : "RIGHT";
};

/** Whether the deadline may be written now, in the order that userspace has chosen. */
const deadlineIsNext = ({ saving, saved }: State, v: number): boolean => {
  const { lapic, clock } = saved[v];
  const lapicIsDone = lapic.is === "RESTORED";
  switch (saving.restoreOrder) {
    case "TSC_LAPIC_DEADLINE":
      return lapicIsDone && clock === "OWN";
    case "DEADLINE_BEFORE_LAPIC":
      return clock === "OWN";
    case "DEADLINE_BEFORE_TSC":
      return lapicIsDone;
    case "ANY":
      return true;
  }
};

/** KVM_SET_MSRS of IA32_TSC_DEADLINE with what was saved. */
export const restoreDeadline = (ops: VendorOps, expiry: InIoctl): Action<State> =>
  ioctl("KVM_SET_MSRS_TSCD_restore", {
    actor: "userspace",
    args: { v: "vcpu", deadline: ["ahead", "passed"] },
    kernel:
      "kvm_set_lapic_tscdeadline_msr(): ignored outside TSC-deadline mode; hrtimer_cancel(), tscdeadline, start_apic_timer()",
    branch: (s, { v }: OfVcpu, { timer }) => {
      if (!s.timer[v].tscMode) return "kvm_set_lapic_tscdeadline_msr(): ignored outside TSC-deadline mode";
      return timer[v].deadline || s.saved[v].deadline.value !== "ZERO"
        ? "kvm_set_lapic_tscdeadline_msr(): hrtimer_cancel(), tscdeadline, start_apic_timer()"
        : "kvm_set_lapic_tscdeadline_msr(): hrtimer_cancel(), tscdeadline is 0";
    },
    prints: (s, { v }: OfVcpu, after, kind) =>
      s.vm.dead || !s.timer[v].tscMode ? [] : [...cancels(s, v), ...started(s, v, after, kind)],
    source: "irqchip 6.13 MSRS; timer 1.3, 1.5 step 3",
    atomic:
      "vcpu->mutex; hrtimer_cancel() waits while the callback runs, and nobody else starts the timer or reads its deadline",
    guard: (s, { v, deadline }) =>
      mayRestore(s, v) &&
      s.saved[v].deadline.is === "SAVED" &&
      s.timer[v].hr !== "CALLBACK" &&
      deadlineIsNext(s, v) &&
      mayBe(s.saved[v], deadline),
    refuses: () => undefined,
    accepted: "1",
    effect: (d, { v, deadline: found }) => {
      const { deadline } = d.saved[v];
      const timer = d.timer[v];
      deadline.is = "RESTORED";
      if (!timer.tscMode) return;
      cancelInIoctl(d, v);
      forget(d, v);
      timer.pending = 0;
      timer.deadline = deadline.value !== "ZERO";
      timer.due = timer.deadline && found === "passed";
      if (!timer.deadline) return;
      deadline.comparedAs = comparedAs(d.saved[v]);
      startInIoctl(ops, d, v, expiry);
    },
  });

/** What userspace writes to a vCPU that goes on. */
export const restore = (ops: VendorOps): readonly Action<State>[] => [
  restoreLapic(ops, "counted"),
  restoreTsc,
  restoreDeadline(ops, "counted"),
];
