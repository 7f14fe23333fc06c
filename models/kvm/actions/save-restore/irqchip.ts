import type { Action, Draft } from "#check";
import { assign } from "../../assign.ts";
import { ioctl } from "../../ioctl.ts";
import type { VendorOps } from "../../ops.ts";
import type { State } from "../../state.ts";
import { asProgrammed, pinFree, setLine } from "../ioapic/pin.ts";
import { beginToSave, maySave } from "./save.ts";

/** Each vCPU scans at its first entry: none is in its guest, so that none is kicked or waited for. */
const requestScans = (d: Draft<State>): void => {
  for (let v = 0; v < d.vcpu.length; v++) if (d.vcpu[v].pc !== "ABSENT") d.vcpu[v].req.SCAN_IOAPIC = true;
};

type Entry = Pick<State["pin"], "level" | "masked" | "dest" | "remoteIrr">;

/** What redirtbl has of the pin. */
const entryIn = ({ level, masked, dest, remoteIrr }: Entry): Entry => ({ level, masked, dest, remoteIrr });

/** The pin's entry of redirtbl as given, with nothing in irr. */
export const writeRedirtbl = ({ pin }: Draft<State>, entry: Entry): void => {
  assign<Entry>(pin, entryIn(entry));
  pin.irr = false;
  pin.irrDelivered = false;
};

/** KVM_GET_IRQCHIP of the I/O APIC. */
const saveIoapic = ioctl("KVM_GET_IRQCHIP_save", {
  actor: "userspace",
  kernel: "kvm_get_ioapic(): redirtbl, irr without irr_delivered",
  source: "irqchip 6.13 IRQCHIP, 1.7",
  atomic: "ioapic->lock (irqchip 7.5)",
  guard: (s) => maySave(s) && pinFree(s) && s.saving.ioapic.is === "NONE" && s.vm.irqchip === "KERNEL",
  refuses: () => undefined,
  effect: (d) => {
    beginToSave(d);
    const { irr, irrDelivered } = d.pin;
    assign(d.saving.ioapic, { is: "SAVED", ...entryIn(d.pin), irr: irr && !irrDelivered });
  },
});

/** KVM_SET_IRQCHIP of the I/O APIC with what was saved, while the devices assert their lines as before. */
const restoreIoapic = (ops: VendorOps): Action<State> =>
  ioctl("KVM_SET_IRQCHIP_restore", {
    actor: "userspace",
    kernel: "kvm_set_ioapic(): redirtbl, irr = 0, kvm_make_scan_ioapic_request(), kvm_ioapic_inject_all()",
    source: "irqchip 6.13 IRQCHIP, 1.7",
    atomic: "ioapic->lock (irqchip 7.5), which stays held while what is injected is delivered",
    guard: (s) => s.saving.stage === "RESTORING" && pinFree(s) && s.saving.ioapic.is === "SAVED",
    refuses: () => undefined,
    effect: (d) => {
      const { pin } = d;
      const { ioapic } = d.saving;
      ioapic.is = "RESTORED";
      writeRedirtbl(d, ioapic);
      requestScans(d);
      if (ioapic.irr && (pin.sources.a || pin.sources.b))
        setLine(asProgrammed(ops), d, pin.sources.a ? "a" : "b", true, undefined);
    },
  });

/** KVM_SET_GSI_ROUTING in a new VM, from the table that userspace has. */
const restoreRoutes = ioctl("KVM_SET_GSI_ROUTING_restore", {
  actor: "userspace",
  kernel: "kvm_set_irq_routing(): the pin's GSI to its message; KVM_REQ_SCAN_IOAPIC",
  source: "irqchip 6.13 IRQCHIP, 6.6",
  atomic: "kvm->irq_lock (irqchip 7.5); no vCPU is in its guest, and nothing is delivered meanwhile",
  guard: (s) => s.saving.stage === "RESTORING" && s.saving.routes === "EMPTY",
  refuses: () => undefined,
  effect: (d) => {
    d.saving.routes = "KEPT";
    d.pin.routed = true;
    requestScans(d);
  },
});

/** The in-kernel I/O APIC, and the routes of a split irqchip. */
export const irqchipAndRoutes = (ops: VendorOps): readonly Action<State>[] => [
  saveIoapic,
  restoreIoapic(ops),
  restoreRoutes,
];
