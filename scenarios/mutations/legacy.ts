import type { Action, Patch } from "#check";
import { pic } from "../../models/kvm/actions/pic-pit/pic.ts";
import { pitGuest } from "../../models/kvm/actions/pic-pit/pit-guest.ts";
import { usualLine } from "../../models/kvm/actions/rtc/rtc-line.ts";
import { slewSteps } from "../../models/kvm/actions/rtc/rtc-slew.ts";
import { vmxOps } from "../../models/kvm/ops.ts";
import type { State } from "../../models/kvm/state.ts";

/** Kernels, and a userspace, that never were: the in-kernel PIC and PIT, and lost_tick_policy=slew. */

type Effect = Action<State>["effect"];

const instead = (actions: readonly Action<State>[], name: string, effect: Effect): Patch<State> => {
  const base = actions.find((action) => action.name === name)!;
  return { replace: [{ ...base, effect }] };
};
const guest = pitGuest(vmxOps);
const v = ({ v }: Parameters<Effect>[1]): number => Number(v);

/** The ack notifier forgets to say that the tick was acknowledged. */
export const noIrqAck = instead(guest, "kvm_pit_ack_irq", (d, args) => {
  d.vcpu[v(args)].pc = "PIT_ACK_DEC";
});

/** The ack notifier does not queue the worker for the ticks that are left. */
export const noRequeue = instead(guest, "kvm_pit_dec_pending", (d, args) => {
  if (d.pit.pending > 0) d.pit.pending--;
  d.vcpu[v(args)].pc = "CLEAR_UNBLOCK";
});

/** The mask notifier does nothing as the pin is unmasked. */
export const noMaskNotifier = instead(guest, "ioapic_write_pit_entry", (d, args) => {
  const vcpu = d.vcpu[v(args)];
  d.pit.masked = vcpu.exit === "PIT_MASK";
  vcpu.pc = "CLEAR_UNBLOCK";
});

/** The PIT's vector never gets into the EOI exit bitmap, although its pin has an ack notifier. */
export const notInBitmap = instead(guest, "guest_eoi_pit", (d, args) => {
  d.vcpu[v(args)].isr.pit = false;
});

/** pic_unlock() kicks the vCPU without a request. */
export const noRequest = instead(pic, "pic_request_event", (d) => {
  d.pic.pc = "SOFT_KICK";
});

/** picdev_write() forgets the EOI, and the mask. */
export const noPicEoi = instead(pic, "picdev_write", (d, args) => {
  const vcpu = d.vcpu[v(args)];
  if (vcpu.exit === "PIC_EOI") vcpu.events.picHandlers--;
  vcpu.pc = "CLEAR_UNBLOCK";
});

/** Userspace does not raise again what it owes but as register C is read. */
export const noCatchUp: Patch<State> = {
  replace: slewSteps(vmxOps, usualLine)
    .filter(({ name }) => name === "rtc_coalesced_timer")
    .map((base) => ({ ...base, guard: () => false })),
};
