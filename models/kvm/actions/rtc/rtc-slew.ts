import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import type { RtcLine, RtcPolicy } from "./rtc-line.ts";
import { inPic, raiseKernel, raiseSplit } from "./rtc-tick.ts";
import { lowersRtc, picOf, raisesRtc } from "../../prints/rtc.ts";

/** How often the periodic timer fires in a world that counts: few enough for register C to be re-raised each time. */
const TICKS = 3;

/** Which answers userspace takes for delivered: anything but 0, -1 included; by irqchip, what reaches its counter. */
export type Counted = (s: Pick<State, "vm">, status: number) => boolean;
export const countsKernelOnly: Counted = ({ vm }, status) => vm.irqchip === "KERNEL" && status !== 0;
export const countsAlways: Counted = (_, status) => status !== 0;

/** lost_tick_policy=slew: what was not delivered is owed, and raised again. */
export const slew = (counted: Counted): RtcPolicy => ({
  mayTick: ({ rtc }) => rtc.ghostTicks < TICKS && rtc.raiser === "TICK",
  ticked: (d) => {
    d.rtc.ghostTicks++;
  },
  answered: (d) => {
    const { rtc } = d;
    const delivered = counted(d, rtc.status);
    if (rtc.raiser === "TICK" && !delivered) rtc.owed++;
    if (rtc.raiser !== "TICK" && delivered) rtc.owed--;
    if (delivered) rtc.ghostCounted++;
    if (rtc.raiser === "READ_C") d.vcpu[rtc.reader].exit = "IO";
    rtc.raiser = "TICK";
    rtc.reader = 0;
  },
});

const source = "irqchip 2.9: lost_tick_policy=slew of QEMU's mc146818rtc";
const mayRaise = (s: State): boolean =>
  s.rtc.pc === "IDLE" && !(s.vm.irqchip === "KERNEL" && s.ioapic.locked);

/** What slew adds: ticks that are owed are raised again by a faster timer, and as register C is read. */
export const slewSteps = (ops: VendorOps, line: RtcLine): readonly Action<State>[] => [
  action("rtc_coalesced_timer", {
    actor: "userspace",
    kernel: `rtc_coalesced_timer(): ${line.ioctl.name}(8, 1) again, two to eight times as fast`,
    prints: (s, _, after) => raisesRtc(s, after, inPic(line)),
    source,
    atomic:
      "as a tick: userspace's own lock, then ioapic->lock, which stays held while it is delivered (irqchip 7.5)",
    guard: (s) => mayRaise(s) && s.rtc.owed > 0 && s.rtc.raiser === "TICK",
    effect: (d) => {
      d.rtc.raiser = "CATCH_UP";
      if (d.vm.irqchip === "KERNEL") raiseKernel(ops, line, d);
      else raiseSplit(d);
    },
  }),
  action("rtc_reinject_on_ack", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: `cmos_ioport_read(RTC_REG_C): ${line.ioctl.name}(8, 1) again, at most 20 times in a row`,
    prints: (s, _, after) => raisesRtc(s, after, inPic(line)),
    source,
    atomic: "as a tick (irqchip 7.5); userspace's own lock is held since register C was read",
    guard: (s, { v }) =>
      mayRaise(s) && s.rtc.raiser === "READ_C" && s.rtc.reader === v && threadAt(s.vcpu[v], "USER"),
    effect: (d) => {
      if (d.vm.irqchip === "KERNEL") raiseKernel(ops, line, d);
      else raiseSplit(d);
    },
  }),
];

/** Register C is read: the line falls, and if ticks are owed userspace goes on to raise it again. */
export const readCSlew = action("userspace_read_rtc_c", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "KVM_EXIT_IO handled: cmos_ioport_read(RTC_REG_C), GSI 8 goes down: ioapic_set_irq() clears irr",
  prints: (s) => lowersRtc(s, picOf(s)),
  source: `irqchip 2.3 A; ${source}`,
  atomic: "userspace's own lock keeps ticks out, also until the line is raised again; ioapic->lock",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "USER") &&
    s.vcpu[v].exit === "RTC_C" &&
    s.rtc.pc === "IDLE" &&
    s.rtc.raiser === "TICK",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    const { rtc } = d;
    vcpu.readC = vcpu.isr.rtc;
    if (vcpu.isr.rtc) rtc.ghostHandled = Math.min(4, rtc.ghostHandled + 1);
    rtc.line = false;
    d.ioapic.irr = false;
    if (rtc.owed === 0) vcpu.exit = "IO";
    else {
      rtc.raiser = "READ_C";
      rtc.reader = v;
    }
  },
});
