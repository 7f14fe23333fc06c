import { ioapicReroute, ioapicScanBusy } from "../ioapic/ioapic-scan.ts";
import { levelWorld } from "../ioapic/level.ts";
import type { MutationRow } from "./row.ts";
import * as ioapic from "./ioapic.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const vmx = { guest: "vmx" } as const;

/** Mutations of the I/O APIC, of its scans and of its EOIs. */
const ioapicMutationRows: readonly MutationRow[] = [
  {
    id: "no-wait-for-the-scan",
    name: "no wait for the scan",
    about: "KVM_SET_GSI_ROUTING requests the scan and sends its IPIs, but goes on without waiting",
    states: 79978,
    shows: { "remote-irr-not-stuck": 17 },
    patch: ioapic.noWaitForScan,
    world: ioapicScanBusy.spec,
    ...vmx,
    set: split,
    breaks: ["Q10"],
  },
  {
    id: "scan-forgets-what-is-pending",
    name: "scan forgets what is pending",
    about: "vcpu_scan_ioapic() looks at the new destination only",
    states: 47174,
    shows: { "remote-irr-not-stuck": 36 },
    patch: ioapic.scanForgetsPending,
    world: ioapicReroute.spec,
    ...vmx,
    set: kernel,
    breaks: ["Q10"],
  },
  {
    id: "scan-without-pir-sync",
    name: "scan without PIR sync",
    about: "what is posted to the old destination is not in IRR yet, so the scan does not see it",
    states: 50308,
    shows: { "remote-irr-not-stuck": 36 },
    patch: ioapic.scanWithoutSync,
    world: ioapicReroute.spec,
    ...vmx,
    set: kernel,
    breaks: ["Q10"],
  },
  {
    id: "no-doorbell",
    name: "no doorbell",
    about: "a bit of IRR is set while the vCPU is in its guest with AVIC, and its CPU is not told to look",
    states: 6,
    shows: { "level-device-served-in-the-end": 5, "avic-sees-what-is-set": 5 },
    patch: ioapic.noDoorbell,
    world: levelWorld.spec,
    guest: "avic",
    set: kernel,
    breaks: ["avic-sees-what-is-set", "C14"],
  },
  {
    id: "eoi-serves-not-again",
    name: "EOI serves not again",
    about: "kvm_ioapic_update_eoi_one() clears remote_irr and leaves a line that is still up alone",
    states: 359,
    shows: { "level-line-served": 31, "level-device-served-in-the-end": 43 },
    patch: ioapic.eoiServesNotAgain,
    world: levelWorld.spec,
    ...vmx,
    set: kernel,
    breaks: ["C14"],
  },
  {
    id: "eoi-serves-not-again-userspace",
    name: "EOI serves not again, userspace",
    about: "userspace's I/O APIC does the same after KVM_EXIT_IOAPIC_EOI",
    states: 353,
    shows: { "level-line-served": 34, "level-device-served-in-the-end": 44 },
    patch: ioapic.userspaceEoiServesNotAgain,
    world: levelWorld.spec,
    ...vmx,
    set: split,
    breaks: ["C14"],
  },
];

export default ioapicMutationRows;
