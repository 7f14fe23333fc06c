import type { Action, Draft, Event } from "#check";
import { assign } from "../../assign.ts";
import { powerOn } from "../../power-on.ts";
import { cancels } from "../../prints/timers.ts";
import { owesNmi } from "../../saved.ts";
import { pinPowerOn } from "../../state-pin.ts";
import { timerPowerOn } from "../../state-timer.ts";
import { action, type State } from "../../state.ts";
import { pinFree } from "../ioapic/pin.ts";
import { writeRedirtbl } from "./irqchip.ts";
import { maySave } from "./save.ts";

/** What userspace leaves out: mp_state, the events, or the routes that the new VM needs. */
export type LeftOut = "nothing" | "mp-state" | "events" | "routes";

/** The entry of the pin is not as after a reset. */
const isProgrammed = ({ level, masked, dest }: State["pin"]): boolean => level || !masked || dest !== 0;

/** The I/O APIC of a new VM, but for the line, which userspace raises again; with a split irqchip the routes alone are KVM's. */
const createIoapic = (d: Draft<State>, leftOut: LeftOut): void => {
  const { pin, saving, vm } = d;
  if (vm.irqchip === "SPLIT") {
    if (pin.routed && leftOut !== "routes") saving.routes = "EMPTY";
    pin.routed = false;
    return;
  }
  writeRedirtbl(d, pinPowerOn.pin);
  pin.slow = pinPowerOn.pin.slow;
};

/** What may be left unread: events of a vCPU that has none, mp_state of the boot vCPU that runs. */
const isSaved = (s: State, leftOut: LeftOut): boolean =>
  s.saving.stage === "SAVING" &&
  pinFree(s) &&
  (s.vm.irqchip !== "KERNEL" || !isProgrammed(s.pin) || s.saving.ioapic.is === "SAVED") &&
  s.saved.every(({ lapic, deadline, events, mp }, v) => {
    const vcpu = s.vcpu[v];
    if (vcpu.pc === "ABSENT") return true;
    const hasEvents = owesNmi(vcpu) || vcpu.events.interruptInjected;
    return (
      lapic.is === "SAVED" &&
      deadline.is === "SAVED" &&
      (leftOut === "events" || !hasEvents || events.is === "SAVED") &&
      (leftOut === "mp-state" || (vcpu.mp === "RUNNABLE" && v === 0) || mp.is === "SAVED")
    );
  });

/** A vCPU as KVM_CREATE_VCPU leaves it, but for what KVM_SET_REGS and KVM_SET_SREGS bring over unchanged. */
const create = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  const { apicMode, interruptFlag, readC } = vcpu;
  const { advance, clocksApart } = d.timer[v];
  const [blank] = powerOn(d.vm.type)({ vcpu: 1 });
  const { pc: _, ...fields } = blank.vcpu[0];
  assign(vcpu, { ...fields, apicMode, interruptFlag, readC, pc: "USER" });
  vcpu.initialized = true;
  vcpu.apicvActive = d.host.enableApicv;
  vcpu.req.APICV_UPDATE = d.host.enableApicv;
  vcpu.events.lvt0ExtInt = v === 0;
  vcpu.mp = v === 0 ? "RUNNABLE" : "UNINITIALIZED";
  assign(d.timer[v], { ...timerPowerOn, advance, clocksApart });
};

/** The VM that was saved is over, and a new one has its vCPUs. */
export const createNewVm = (leftOut: LeftOut): Action<State> =>
  action("create_new_vm", {
    actor: "userspace",
    args: { tsc: ["behind", "ahead"] },
    kernel:
      "kvm_free_lapic() of the old one: hrtimer_cancel(); KVM_CREATE_VM, KVM_CREATE_VCPU: kvm_vcpu_reset(), " +
      "kvm_synchronize_tsc(); KVM_SET_SREGS, KVM_SET_REGS of what was saved",
    source: "irqchip 6.13 NEW, 1.4 d",
    atomic:
      "nothing of the new VM runs before KVM_RUN, and nothing of the old one is read any more; RFLAGS and the base of the APIC " +
      "were read while no vCPU ran, and come back as they were",
    prints: (s): readonly Event[] => s.vcpu.flatMap(({ pc }, v) => (pc === "ABSENT" ? [] : cancels(s, v))),
    guard: (s) => isSaved(s, leftOut) && maySave(s),
    effect: (d, { tsc }) => {
      d.saving.stage = "RESTORING";
      const { map } = d.vm.apicMap;
      map.present = true;
      map.physical = 0;
      map.logical = 0;
      createIoapic(d, leftOut);
      for (let v = 0; v < d.vcpu.length; v++) {
        if (d.vcpu[v].pc === "ABSENT") continue;
        create(d, v);
        d.saved[v].clock = tsc === "behind" ? "BEHIND" : "AHEAD";
      }
    },
  });

/** The state is written back to the vCPUs that it was read from. */
const restoreSameVm = action("restore_same_vm", {
  actor: "userspace",
  kernel: "the ioctls that write are called for the vCPUs that were read",
  source: "irqchip 6.13 NEW",
  atomic: "userspace alone",
  guard: (s) => isSaved(s, "nothing") && maySave(s),
  effect: (d) => {
    d.saving.stage = "RESTORING";
  },
});

/** Where what was saved goes. */
export const newVm: readonly Action<State>[] = [createNewVm("nothing"), restoreSameVm];
