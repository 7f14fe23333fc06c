import type { Draft } from "#check";
import type { PicPin } from "./state-pic.ts";
import type { State } from "./state.ts";

type Open = Draft<State>;
type Pic = Pick<State, "pic">;

/** pic_get_irq(): the pin to serve next, unmasked and of a higher priority than what is in service. */
export const picIrq = ({ pic: { irr, isr, imr } }: Pic): PicPin | undefined => {
  if (isr.hi) return undefined;
  if (irr.hi && !imr.hi) return "hi";
  return irr.lo && !imr.lo && !isr.lo ? "lo" : undefined;
};

/** pic_update_irq(), pic_irq_request(): the output follows; says whether it rose, so that somebody is to be woken. */
export const picUpdateIrq = (d: Open): boolean => {
  const was = d.pic.output;
  d.pic.output = picIrq(d) !== undefined;
  return d.pic.output && !was;
};

/** kvm_apic_accept_pic_intr(): the APIC is off, or LVT0 lets ExtINT through. */
export const acceptsPic = ({
  apicMode,
  events,
}: Pick<State["vcpu"][number], "apicMode" | "events">): boolean =>
  apicMode === "DISABLED" || events.lvt0ExtInt;

/** The first vCPU that takes the PIC's interrupts; none where no vCPU does. */
export const picTarget = ({ vcpu }: Pick<Open, "vcpu">): number | undefined => {
  for (let v = 0; v < vcpu.length; v++) if (acceptsPic(vcpu[v])) return v;
  return undefined;
};

/** kvm_pic_read_irq(): the highest pin goes from IRR to ISR, and the output is computed again. */
export const picReadIrq = (d: Open): PicPin | undefined => {
  const pin = picIrq(d);
  if (pin === undefined) return undefined;
  d.pic.irr[pin] = false;
  d.pic.isr[pin] = true;
  if (pin === "hi") d.pic.ghostServedHi = true;
  picUpdateIrq(d);
  return pin;
};
