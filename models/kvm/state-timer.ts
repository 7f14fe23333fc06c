import { about, bool, int, oneOf, record, vector } from "#check";
import { posterPcs } from "./state-poster.ts";

export const timer = about(
  "Each vCPU's LAPIC timer: struct kvm_timer, its hrtimer and the callback.",
  vector(
    "vcpu",
    record({
      periodic: about("timer_mode is periodic.", bool),
      tscMode: about("timer_mode is TSC-deadline; neither this nor `periodic` is one-shot.", bool),
      masked: about("LVTT's mask bit.", bool),
      period: about(
        "`period` is not 0; where a world leaves out set_target_expiration() it stays false, as does `deadline`.",
        bool,
      ),
      deadline: about("`tscdeadline` is not 0.", bool),
      advance: about("timer_advance_ns is not 0: the timer fires before the guest's own deadline.", bool),
      expired: about("`expired_tscdeadline` is not 0.", bool),
      staleWait: about("The deadline that the entry waits for was read before the timer fired again.", bool),
      early: about("It fired, and the guest's own deadline is still ahead.", bool),
      hv: about("hv_timer_in_use: the VMX preemption timer counts.", bool),
      clocksApart: about(
        "The hrtimer's clock may run ahead of the TSC, and so of the preemption timer.",
        bool,
      ),
      hvExpired: about("What the vendor's set_hv_timer() said: the deadline has passed already.", bool),
      switching: about(
        "vcpu_block()'s local `hv_timer`: whether it switches to the hrtimer, or back.",
        oneOf("NONE", "TO_SW", "TO_HV"),
      ),
      hr: about(
        "struct hrtimer: inactive, enqueued, or its callback runs.",
        oneOf("INACTIVE", "ENQUEUED", "CALLBACK"),
      ),
      on: about(
        "Where it is enqueued: the vCPU's pCPU or a housekeeping pCPU.",
        oneOf("OWN", "HOUSEKEEPING"),
      ),
      due: about("The deadline has passed.", bool),
      pc: about(
        "Where the callback stands on the housekeeping pCPU.",
        oneOf(
          "NONE",
          "TEST_PENDING",
          "CAN_POST",
          "MODE",
          ...posterPcs,
          "INC_PENDING",
          "UNBLOCK",
          "KICK",
          "RESCHEDULE",
          "WAIT_TEST",
          "WAIT_READ",
          "WAIT_SPIN",
          "CLEAR_DEADLINE",
          "TAIL",
        ),
      ),
      pending: about("lapic_timer.pending.", int(0, 2)),
      ghost: about(
        "History for properties: since the arming (periodic: since the expiry) that is current.",
        record({
          fired: about("The timer has fired.", bool),
          injections: about("How often its interrupt was injected, at most two.", int(0, 2)),
          exited: about("The vCPU has not been in the guest all the time since the timer fired.", bool),
          sawZero: about("The guest has read 0 from TMCCT of a one-shot timer that had expired.", bool),
          expiredInHandler: about(
            "The expiry was found by the handler of the write that starts the timer, and the guest was not entered since.",
            bool,
          ),
          masked: about("LVTT was masked when it fired.", bool),
          switched: about("timer_mode was changed while the callback ran.", bool),
          rearmed: about(
            "A periodic timer was made one-shot while it ran: its next expiry is a tick of its own.",
            bool,
          ),
        }),
      ),
    }),
  ),
);

/** A vCPU's timer before anything has booted. */
export const timerPowerOn = {
  periodic: false,
  tscMode: false,
  masked: false,
  period: false,
  deadline: false,
  advance: false,
  expired: false,
  early: false,
  staleWait: false,
  hv: false,
  clocksApart: false,
  hvExpired: false,
  switching: "NONE",
  hr: "INACTIVE",
  on: "OWN",
  due: false,
  pc: "NONE",
  pending: 0,
  ghost: {
    fired: false,
    injections: 0,
    exited: false,
    sawZero: false,
    expiredInHandler: false,
    masked: false,
    switched: false,
    rearmed: false,
  },
} as const;
