import type { Expectation, Where } from "../expectation.ts";
import { noTd } from "../no-td.ts";
import { ordinary } from "../world.ts";

/** Violated in each of some settings, else holding. */
const violatedWhere = (
  property: string,
  because: string,
  settings: readonly Where[],
): readonly Expectation[] => [
  ...settings.map((where): Expectation => ({ property, where, verdict: "violated", because })),
  { property, verdict: "holds" },
];

const posted: Where = { design: "v1-inhibit" };
const setsBase: readonly Where[] = [{ setSregs: "allow" }, { ...posted, setSregs: "as-designed" }];
const setsLapic: readonly Where[] = [
  { setLapic: ["allow", "force-x2apic"] },
  { ...posted, setLapic: "as-designed" },
];
const bugs = ["active", "active-split", "upstream"] as const;

/** What is expected of the ioctls that write an APIC. */
export const apicExpected: readonly Expectation[] = [
  ...noTd(
    ordinary,
    "ioctl-keeps-td-apic-base",
    "ioctl-loses-no-posted-interrupt",
    "ioctl-keeps-td-apic-enabled",
    "ioctls-never-bug-td",
  ),
  ...violatedWhere("ioctl-keeps-td-apic-base", "kvm_apic_set_base() is reached", [
    ...setsBase,
    { setMsrs: "unfiltered" },
  ]),
  ...violatedWhere(
    "ioctl-loses-no-posted-interrupt",
    "KVM_SET_LAPIC clears PIR and ON first, for a TD too",
    setsLapic,
  ),
  ...violatedWhere("ioctl-keeps-td-apic-enabled", "SPIV, or the base, is written", [
    { setMsrs: ["as-merged", "unfiltered"] },
    ...setsBase,
    ...setsLapic,
  ]),
  ...violatedWhere("ioctls-never-bug-td", "an APIC that its base disables makes APICv inactive", [
    { design: bugs, setSregs: "allow" },
    { design: bugs, setMsrs: "unfiltered" },
  ]),
  { property: "clean-map-finds-the-apics", verdict: "holds" },
];

/** What is expected of the others. */
export const vmExpected: readonly Expectation[] = [
  ...noTd(ordinary, "ioctl-keeps-td-apic-base", "td-never-inhibited-by-ioctl", "ioctl-queues-nothing-for-td"),
  ...violatedWhere("ioctl-keeps-td-apic-base", "kvm_apic_set_base() is reached", setsBase),
  ...violatedWhere("td-never-inhibited-by-ioctl", "the base is moved: APIC_BASE_MODIFIED", setsBase),
  ...violatedWhere("ioctl-queues-nothing-for-td", "interrupt_bitmap is looked at whatever the base was", [
    ...setsBase,
    { setSregs: "check-guest-state" },
  ]),
  {
    property: "bugged-vm-answers-eio",
    where: { guest: "td", design: bugs, setSregs: "allow" },
    verdict: "holds",
  },
  { property: "bugged-vm-answers-eio", verdict: "vacuous", because: "nothing bugs the VM" },
];
