import { ioapicReroute, ioapicScanBusy } from "../../../scenarios/ioapic/ioapic-scan.ts";
import { levelWorld } from "../../../scenarios/ioapic/level.ts";
import type { MutationRow } from "./mutation-rows.ts";
import * as ioapic from "./mutations-ioapic.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const vmx = { guest: "vmx" } as const;

/** Mutations of the I/O APIC, of its scans and of its EOIs. */
export const ioapicMutationRows: readonly MutationRow[] = [
  {
    name: "no wait for the scan",
    patch: ioapic.noWaitForScan,
    world: ioapicScanBusy.spec,
    ...vmx,
    set: split,
    breaks: ["Q10"],
  },
  {
    name: "scan forgets what is pending",
    patch: ioapic.scanForgetsPending,
    world: ioapicReroute.spec,
    ...vmx,
    set: kernel,
    breaks: ["Q10"],
  },
  {
    name: "scan without PIR sync",
    patch: ioapic.scanWithoutSync,
    world: ioapicReroute.spec,
    ...vmx,
    set: kernel,
    breaks: ["Q10"],
  },
  {
    name: "no doorbell",
    patch: ioapic.noDoorbell,
    world: levelWorld.spec,
    guest: "avic",
    set: kernel,
    breaks: ["avic-sees-what-is-set", "C14"],
  },
  {
    name: "EOI serves not again",
    patch: ioapic.eoiServesNotAgain,
    world: levelWorld.spec,
    ...vmx,
    set: kernel,
    breaks: ["C14"],
  },
  {
    name: "EOI serves not again, userspace",
    patch: ioapic.userspaceEoiServesNotAgain,
    world: levelWorld.spec,
    ...vmx,
    set: split,
    breaks: ["C14"],
  },
];
