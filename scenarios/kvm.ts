import type { AnyScenario, Named } from "#check";
import { linksOf } from "../models/kvm/citation.ts";
import { designs } from "../models/kvm/designs/index.ts";
import { kernels } from "../models/kvm/kernels.ts";
import { everyWorld } from "./every-world.ts";

/** The worlds of the KVM/TDX interrupt subsystem; the first is the default. */
export const kvm = everyWorld as unknown as readonly AnyScenario[];

/** The designs of the thread, in words. */
export const kvmDesigns: readonly Named[] = Object.entries(designs).map(([name, { about, source }]) => ({
  name,
  about,
  source,
  links: linksOf(source),
}));

/** The kernels, in words. */
export const kvmKernels: readonly Named[] = Object.entries(kernels).map(([name, { about, source }]) => ({
  name,
  about,
  source,
  links: linksOf(source),
}));

/** The guests, in words. */
export const kvmGuests: readonly Named[] = [
  {
    name: "td",
    about: "an Intel TD: everything is posted, no EOI is seen, and KVM cannot read its APIC",
    source: "irqchip 0.2 TDX; timer 4",
  },
  {
    name: "vmx",
    about: "an ordinary VMX guest with APICv, which falls back to event injection while APICv is inhibited",
    source: "irqchip 0.2 VMX_APICV; timer 2.7, 2.8",
  },
  {
    name: "vmx-sw",
    about: "an ordinary VMX guest without APICv: its APIC is emulated, interrupts injected, every EOI seen",
    source: "irqchip 0.2 VMX_SW, 3.3",
  },
  {
    name: "avic",
    about:
      "an ordinary SVM guest with AVIC: IRR written directly, a doorbell, EOI exits of level-triggered vectors",
    source: "irqchip 0.2 AVIC, 3.3, 7.1",
  },
  {
    name: "svm-sw",
    about: "an ordinary SVM guest without AVIC: its APIC is emulated, interrupts injected, every EOI seen",
    source: "irqchip 0.2 SVM_SW, 3.3, 7.1",
  },
].map((guest) => ({ ...guest, links: linksOf(guest.source) }));
