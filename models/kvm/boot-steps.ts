import type { GuestName } from "./ops.ts";

/** One step of a boot: an action and its arguments. */
export type BootStep = readonly [action: string, args?: Readonly<Record<string, string | number>>];

/**
 * The points of a boot at which options take part, in their order. Those from `before-run` to `timer-mode`, and
 * `hrtimer-start`, come once for each vCPU.
 */
export type BootPoint =
  | "host"
  | "kernel"
  | "devices"
  | "module-parameters"
  | "capabilities"
  | "irqchip"
  | "vm"
  | "pit-inhibit"
  | "pit-mode"
  | "routing-update"
  | "before-run"
  | "eoi-exitmap"
  | "timer-mode"
  | "hrtimer-start";

/** Where in a boot steps are asked for. */
export interface BootPlace {
  readonly guest: GuestName;
  readonly vcpus: readonly number[];
  /** The vCPU whose turn it is; 0 where there is no turn. */
  readonly v: number;
}

/** What is done at some points of a boot, instead of what is done there otherwise. */
export type BootSteps = Readonly<Partial<Record<BootPoint, (place: BootPlace) => readonly BootStep[]>>>;

/** From KVM_RUN, or from the handler of an exit, into the guest. */
export const enterGuest = (v: number): readonly BootStep[] =>
  [
    "requests_done",
    "req_event",
    "irqs_off",
    "mode_in_guest",
    "sync_pir_to_irr",
    "exit_request",
    "vendor_vcpu_run",
    "vm_enter",
  ].map((action) => [action, { v }] as const);

/** From the end of an exit's handler into the guest again. */
export const resumeGuest = (v: number): readonly BootStep[] => [
  ["clear_unblock", { v }],
  ["inject_pending_timer", { v }],
  ["vcpu_run", { v }],
  ...enterGuest(v),
];

/** A change of the inhibits by re-injection, which crosses zero with AVIC only, while there are no vCPUs to tell. */
export const pitInhibitCrossing = ({ guest, vcpus }: BootPlace): readonly BootStep[] =>
  guest === "avic"
    ? [
        ...vcpus.flatMap(() => [["inhibit_request"], ["inhibit_request_mode"]] as const),
        ["inhibit_ipi"],
        ["inhibit_wait"],
        ["inhibit_store"],
      ]
    : [];
