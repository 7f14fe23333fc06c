import { about, bool, index, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

/** One bit for each of two pins: `hi` is IRQ0, and so comes before `lo`, any other of the first PIC. */
const pins = record({
  hi: about("IRQ0, the PIT's.", bool),
  lo: about("Any other pin of the first PIC.", bool),
});
/** A pin of the PIC. */
export type PicPin = "hi" | "lo";

export const pic = about(
  "The in-kernel PIC and the thread that raises one of its pins; both pins are edge-triggered.",
  record({
    irr: about("kvm_kpic_state.irr: edges that were not acknowledged.", pins),
    isr: about("kvm_kpic_state.isr: acknowledged, and no EOI yet.", pins),
    imr: about("kvm_kpic_state.imr: masked.", pins),
    output: about("pic->output: the line to LVT0 of the vCPUs.", bool),
    pc: about(
      "Where that thread stands: pic_unlock() with a wake-up to do, then the kick of the vCPU it has found.",
      oneOf("IDLE", "WAKEUP", ...posterPcs),
    ),
    target: about("The vCPU that it kicks.", index("vcpu")),
    ghostServedHi: about("IRQ0 was acknowledged before.", bool),
  }),
);

/** This part before anything has booted. */
export const picPowerOn = {
  irr: { hi: false, lo: false },
  isr: { hi: false, lo: false },
  imr: { hi: false, lo: false },
  output: false,
  pc: "IDLE",
  target: 0,
  ghostServedHi: false,
} as const;
