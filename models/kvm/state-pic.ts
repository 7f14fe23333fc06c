import { bool, index, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

/** One bit for each of two pins: `hi` is IRQ0, and so comes before `lo`, any other of the first PIC. */
const pins = record({ hi: bool, lo: bool });
/** A pin of the PIC. */
export type PicPin = "hi" | "lo";

/** The in-kernel PIC and the thread that raises one of its pins; both pins are edge-triggered. */
export const pic = record({
  irr: pins,
  isr: pins,
  imr: pins,
  /** pic->output: the line to LVT0 of the vCPUs. */
  output: bool,
  /** Where that thread stands: pic_unlock() with a wake-up to do, then the kick of the vCPU it has found. */
  pc: oneOf("IDLE", "WAKEUP", ...posterPcs),
  target: index("vcpu"),
  /** IRQ0 was acknowledged before. */
  ghostServedHi: bool,
});

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
