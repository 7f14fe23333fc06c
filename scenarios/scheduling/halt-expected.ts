import type { Expectation, Where } from "../expectation.ts";

const td: Where = { guest: "td" };

/** A post is half done while the vCPU is migrated on its way to sleep: vmx_vcpu_pi_load() sets ON in its stead. */
export const lostWakeupOnMigration: Expectation = {
  property: "halted-vcpu-wakes-for-vector",
  where: { preemption: "full", piLoad: "after-migration" },
  verdict: "violated",
  because:
    "a thread has set PIR but not ON; the migrated vCPU sets ON as it is loaded and sleeps, and the thread wakes nobody",
};

/** What a TD's KVM does not learn of the virtual IRR keeps a halted vCPU asleep. */
export const unseenVectorSleeps: Expectation = {
  property: "halted-vcpu-wakes-for-vector",
  where: { ...td, rviCheck: ["needs-if", "none"] },
  verdict: "violated",
  because: "the vector was moved to the virtual IRR before the guest asked to halt, and PIR and ON are clear",
};

/** An ordinary guest whose HLT does not exit never blocks. */
export const hltStaysInGuest: readonly Expectation[] = [
  "halted-vcpu-wakes-for-vector",
  "blocked-halt-ignores-interrupts",
  "no-lost-wakeup",
].map((property) => ({
  property,
  where: { guest: "vmx", hltInGuest: "on" },
  verdict: "vacuous",
  because: "HLT of an ordinary guest does not exit then",
}));

/** What timer 4.4, 4.5, 9.2 lead one to expect of a vCPU that halts, unless a world says more. */
export const blockingExpected: readonly Expectation[] = [
  { property: "halted-vcpu-wakes-for-vector", verdict: "holds" },
  { property: "blocked-halt-ignores-interrupts", verdict: "holds" },
  { property: "posted-interrupt-reaches-guest", verdict: "holds" },
  { property: "no-lost-wakeup", verdict: "holds" },
];

/** What more there is to expect where HLT may not exit and the timer is what wakes; first match counts. */
export const haltExpected: readonly Expectation[] = [
  {
    property: "td-halt-exits-with-hlt-in-guest",
    where: { ...td, hltInGuest: "on" },
    verdict: "witnessed",
  },
  {
    property: "td-halt-exits-with-hlt-in-guest",
    verdict: "violated",
    because: "the flag is not set, or the guest is no TD",
  },
  ...hltStaysInGuest,
  {
    property: "posted-interrupt-reaches-guest",
    where: { guest: "vmx", nohzFull: "off" },
    verdict: "vacuous",
    because: "only the vCPU's own thread posts, and sync_pir_to_irr() clears ON before the entry",
  },
  {
    property: "posted-interrupt-reaches-guest",
    where: {
      guest: "vmx",
      hltInGuest: "off",
      mwaitInGuest: "off",
      postTimer: "as-configured",
      timerDelivery: "pending",
    },
    verdict: "vacuous",
    because: "the callback does not post either",
  },
];
