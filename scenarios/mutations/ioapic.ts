import type { Action, Patch } from "#check";
import { pinLine } from "../../models/kvm/actions/ioapic/pin-line.ts";
import { pinEoi } from "../../models/kvm/actions/ioapic/pin-eoi.ts";
import { asProgrammed, serveRouted } from "../../models/kvm/actions/ioapic/pin.ts";
import { scanRequests } from "../../models/kvm/actions/ioapic/scan-ioapic.ts";
import { onePin } from "../../models/kvm/actions/ioapic/pin-place.ts";
import { scanMode } from "../../models/kvm/actions/ioapic/scan-request.ts";
import { svmOps, vmxOps, type VendorOps } from "../../models/kvm/ops.ts";
import type { State } from "../../models/kvm/state.ts";

/** Kernels that never were, of an ordinary guest's I/O APIC. */

const named = (actions: readonly Action<State>[], name: string): Action<State> =>
  actions.find((action) => action.name === name)!;

const mode = scanMode(onePin.pins);

/** The scan is requested, and its IPIs sent some time, but nobody waits for the vCPUs to leave the guest. */
export const noWaitForScan: Patch<State> = {
  replace: [
    {
      ...mode,
      effect: (d, args) => {
        mode.effect(d, args);
        d.scan.waiting = false;
        serveRouted(asProgrammed(vmxOps), d);
      },
    },
  ],
};

const scansWith = (ops: VendorOps): Patch<State> => ({
  replace: [named(scanRequests(ops), "req_scan_ioapic")],
});

/** The scan looks at where interrupts go, and not at those that are in flight from an old destination. */
export const scanForgetsPending = scansWith({ ...vmxOps, pendingEoi: () => false });

/** The scan looks at IRR and ISR without having what was posted in them. */
export const scanWithoutSync = scansWith({ ...vmxOps, syncPirToIrr: () => undefined });

/** svm_complete_interrupt_delivery() does not ring the doorbell. */
export const noDoorbell: Patch<State> = {
  replace: [
    {
      ...named(pinLine(asProgrammed(svmOps)), "pin_doorbell"),
      effect: (d) => {
        d.pin.pc = "IDLE";
        d.ioapic.locked = false;
      },
    },
  ],
};

const forgetsService = (name: string): Patch<State> => {
  const eoi = named(pinEoi(asProgrammed({ ...vmxOps, deliver: () => {} })), name);
  return {
    replace: [
      {
        ...eoi,
        effect: (d, args) => {
          eoi.effect(d, args);
          d.pin.remoteIrr = false;
        },
      },
    ],
  };
};

/** The EOI clears remote_irr, and a line that is still up is not served again. */
export const eoiServesNotAgain = forgetsService("kvm_ioapic_update_eoi_one");

/** The same of userspace's I/O APIC. */
export const userspaceEoiServesNotAgain = forgetsService("userspace_ioapic_eoi");
