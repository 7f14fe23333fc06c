import type { Claim } from "#check";
import { everyGuest } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const forEver = "pit-interrupts-for-ever";
const waits = "pit-waits-for-an-eoi-that-comes";

/** What the thread says about the in-kernel PIT. */
const pitClaims: readonly Claim[] = [
  confirmed(
    "C7",
    "m3; irqchip 4, (c) C7",
    "An in-kernel PIT in re-inject mode does not work for a TD, since KVM cannot intercept its EOIs",
    asks("kvm/pit", forEver, everyGuest),
    asks("kvm/pit", waits, everyGuest),
    asks("kvm/pit", "pit-interrupts-once-per-load", everyGuest),
    asks("kvm/pit-guest", waits, everyGuest),
    asks("kvm/pit", forEver, ["avic"], ["pitInhibit=removed"]),
    asks("kvm/pit", forEver, everyGuest, ["pitMode=no-reinject"]),
    asks("kvm/pit", forEver, ["avic"], ["pitInhibit=removed", "pitMode=no-reinject"]),
  ),
  confirmed(
    "C8",
    "m3; irqchip 4, 6.12, (c) C8",
    "Re-injection of the in-kernel PIT inhibits AVIC only: on VMX the reason is not recorded, for a TD or any other guest",
    asks("kvm/pit", "pit-reinject-never-inhibits", everyGuest),
    asks("kvm/pit-control", "pit-reinject-never-inhibits", ["active", "vmx"]),
  ),
];

export default pitClaims;
