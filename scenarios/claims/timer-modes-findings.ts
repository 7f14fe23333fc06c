import type { Claim } from "#check";
import { tdDesigns } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const remote = ["nohzFull=on"];

/** Findings F3 to F5. */
const timerFindings: readonly Claim[] = [
  confirmed(
    "F3",
    "timer 1.8, 9.4 F3",
    "If userspace unmasks LVTT while an expiry is stuck in pending, the next entry leaves it behind",
    asks("kvm/f3-userspace-unmask", "no-pending-timer-in-guest", [
      ...tdDesigns,
      "direct",
      "direct-fixed",
      "vmx",
    ]),
  ),
  confirmed(
    "F4",
    "timer 1.2, 9.4 F4",
    "A one-shot that has expired may be restarted as periodic by a callback that still runs",
    asks(
      "kvm/f4-mode-switch",
      "mode-switch-restarts-nothing",
      [...tdDesigns, "direct", "direct-fixed", "vmx"],
      remote,
    ),
  ),
  {
    id: "F5",
    statement: "Changing the divider after a one-shot was delivered delivers it again",
    messages: [],
    source: "timer 1.14, 9.4 F5",
    word: "depends on: tdcrGuard",
    said: "TDCR rescales a timer that runs; nothing was found that tests whether one does.",
    shown:
      "The period of a delivered one-shot is not 0, and its expiry, now 0, has passed: the restart injects at once, " +
      "unless some guard was overlooked.",
    checks: ["none", "guarded"].map((guard) =>
      asks(
        "kvm/f5-tdcr",
        "arming-injected-once",
        guard === "none" ? [...tdDesigns, "direct", "direct-fixed", "vmx"] : [...tdDesigns, "vmx"],
        [`tdcrGuard=${guard}`],
      ),
    ),
  },
];

export default timerFindings;
