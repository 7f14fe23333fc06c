import { handles } from "../../in-service.ts";
import { guestRuns, threadAt } from "../../predicates.ts";
import { action, cpu } from "../../state.ts";
import { leave } from "../../leave.ts";
import { ioExit } from "../../vm-exits.ts";
import { lowersRtc, picOf } from "../../prints/rtc.ts";

/** What the guest's handler does before its EOI: read register C, which makes the device lower its line. */

const readC = action("guest_read_rtc_c", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: ioExit(" of port 0x71"),
  source: "irqchip 2.9, (b) RtcHandler",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && handles(s.vcpu[v], "rtc") && !s.vcpu[v].readC,
  effect: (d, { v }) => leave(d, v, "RTC_C"),
});

/** A guest that reads register C outside its handler as well, as a polling driver does. */
export const pollC = action("guest_read_rtc_c", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: ioExit(" of port 0x71"),
  source: "irqchip 2.9, (b) RtcHandler: a driver may read register C whenever it likes",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && !s.vcpu[v].readC,
  effect: (d, { v }) => leave(d, v, "RTC_C"),
});

const lowerLine = action("userspace_read_rtc_c", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "KVM_EXIT_IO handled; KVM_IRQ_LINE(8, 0): ioapic_set_irq() clears irr",
  prints: (s) => lowersRtc(s, picOf(s)),
  source: "irqchip 2.9, 2.3 A",
  atomic: "userspace's own lock keeps ticks out; the ioctl is under ioapic->lock",
  guard: (s, { v }) => threadAt(s.vcpu[v], "USER") && s.vcpu[v].exit === "RTC_C" && s.rtc.pc === "IDLE",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.exit = "IO";
    vcpu.readC = vcpu.isr.rtc;
    d.rtc.line = false;
    d.ioapic.irr = false;
  },
});

export const rtcHandler = [readC, lowerLine];

export default rtcHandler;
