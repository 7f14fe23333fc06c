import { invariant, step, type State } from "../../models/kvm/state.ts";

type Pic = State["pic"];

/** Some pin asks that is not masked, and comes before what is in service. */
const asks = ({ irr, isr, imr }: Pic): boolean =>
  !isr.hi && ((irr.hi && !imr.hi) || (irr.lo && !imr.lo && !isr.lo));

const pins = ["hi", "lo"] as const;

export const picOutputIsUpWhileAPinAsks = invariant({
  id: "pic-output-is-up-while-a-pin-asks",
  statement:
    "The PIC's output is up exactly while a pin that is not masked has an edge that was not acknowledged, and nothing of its priority or " +
    "above is in service",
  source: "irqchip 5.1",
  kernel: "pic_get_irq(), pic_update_irq(), pic_irq_request()",
  antecedent: ({ pic }) => pic.output || asks(pic),
  holds: ({ pic }) => pic.output && asks(pic),
});

export const picAcknowledgesWhatAsked = step({
  id: "pic-acknowledges-what-asked",
  statement:
    "An interrupt of the PIC gets into service only as its output is up and its edge is taken, and an edge is taken by that alone",
  source: "irqchip 5.1, 5.4",
  kernel: "kvm_pic_read_irq(), pic_intack()",
  antecedent: ({ pic: before }, { pic: after }) =>
    pins.some((pin) => (before.irr[pin] && !after.irr[pin]) || (!before.isr[pin] && after.isr[pin])),
  holds: ({ pic: before }, { pic: after }) =>
    before.output &&
    pins.every((pin) => {
      const taken = before.irr[pin] && !after.irr[pin];
      return taken === (!before.isr[pin] && after.isr[pin]);
    }),
});

export const eoiEndsTheHighestOfThePic = step({
  id: "pic-eoi-ends-the-highest",
  statement:
    "A non-specific EOI ends the highest interrupt that is in service in the PIC, and the mask is left alone by it",
  source: "irqchip 5.4 L1",
  kernel: "picdev_write(): pic_ioport_write(), pic_clear_isr()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "PIC_WRITE" && after[v].pc !== "PIC_WRITE",
  holds: ({ pic: before, vcpu }, { pic: after, vcpu: now }, _, { v }) => {
    const { exit, events } = vcpu[v];
    if (exit !== "PIC_EOI") return after.imr.hi === (exit === "PIC_MASK") && after.isr.hi === before.isr.hi;
    const ended = before.isr.hi ? !after.isr.hi && after.isr.lo === before.isr.lo : !after.isr.lo;
    return ended && after.imr.hi === before.imr.hi && now[v].events.picHandlers === events.picHandlers - 1;
  },
});
