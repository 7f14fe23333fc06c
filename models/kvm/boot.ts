import {
  CheckError,
  problemOf,
  replay,
  stepsOf,
  type Action,
  type Choice,
  type Model,
  type Scope,
} from "#check";
import type { State } from "./state.ts";

/** One step of a boot sequence: an action and its arguments. */
type Order = readonly [action: string, args?: Readonly<Record<string, string | number>>];

/** The named start points, each reached by replaying a boot sequence in the model. */
export type StartName =
  | "host-booted"
  | "uninitialized"
  | "created"
  | "running"
  | "timer-armed"
  | "pin-programmed"
  | "line-shared"
  | "resampled"
  | "level-message"
  | "pit-loaded";

/** How the host loads the vendor's module: no step where it has APICv. */
type Module = readonly Action<State>[];
type Script = (choice: Choice, scope: Scope, module: Module, start: StartName) => readonly Order[];

const members = (scope: Scope): readonly number[] => Array.from({ length: scope["vcpu"] ?? 0 }, (_, v) => v);

const entry = (v: number): readonly Order[] =>
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

/** A device is assigned before there are vCPUs. */
const assigned: readonly Order[] = [
  ["irq_bypass_start"],
  ["irq_bypass_request_unblock"],
  ["irq_bypass_kick"],
];

/** KVM_TDX_INIT_VCPU, with the apic map that it rebuilds. */
const initVcpu = (v: number): readonly Order[] => [
  ["KVM_TDX_INIT_VCPU", { v }],
  ["apic_map_build", { result: "ok" }],
  ["apic_map_physical"],
  ["apic_map_logical"],
  ["apic_map_id_modified"],
  ["apic_map_done"],
];

const createVcpu = (v: number): readonly Order[] =>
  ["KVM_CREATE_VCPU", "kvm_create_lapic", "vendor_vcpu_create", "insert_vcpu"].map(
    (action) => [action, { v }] as const,
  );

const vm = ({ guest, options }: Choice): readonly Order[] => [
  ...(options["deviceAssigned"] === "at-boot" ? assigned : []),
  ...(options["preemptionTimer"] === "off" ? [["preemption_timer_off"] as const] : []),
  ...(options["hltMwaitInGuest"] === "on" ? [["KVM_CAP_X86_DISABLE_EXITS"] as const] : []),
  [options["irqchip"] === "kernel" ? "KVM_CREATE_IRQCHIP" : "KVM_CAP_SPLIT_IRQCHIP"],
  ...(guest === "td" ? [["KVM_TDX_INIT_VM"] as const] : []),
  ...(options["vcpuIds"] === "0-and-256" ? [["choose_vcpu_ids_0_and_256"] as const] : []),
  ...(options["x2apicApi"] === "on" ? [["KVM_CAP_X2APIC_API", { flag: "USE_32BIT_IDS" }] as const] : []),
  ...(options["broadcastQuirk"] === "disabled"
    ? [["KVM_CAP_X2APIC_API", { flag: "DISABLE_BROADCAST_QUIRK" }] as const]
    : []),
];

const vcpus = (_: Choice, scope: Scope): readonly Order[] => members(scope).flatMap(createVcpu);

const created = ({ guest }: Choice, scope: Scope): readonly Order[] =>
  guest === "td" ? [...members(scope).flatMap(initVcpu), ["KVM_TDX_FINALIZE_VM"]] : [];

/** A change of the inhibits that crosses zero, while there are no vCPUs to tell. */
const inhibitChanges = (scope: Scope): readonly Order[] => [
  ...members(scope).flatMap(() => [["inhibit_request"], ["inhibit_request_mode"]] as const),
  ["inhibit_ipi"],
  ["inhibit_wait"],
  ["inhibit_store"],
];

const pitCreated = ({ guest, options }: Choice, scope: Scope): readonly Order[] => {
  const crossing = guest === "avic" && options["pitInhibit"] !== "removed" ? inhibitChanges(scope) : [];
  return [
    ["KVM_CREATE_PIT2"],
    ...crossing,
    ...(options["pitMode"] === "no-reinject"
      ? [
          ["KVM_REINJECT_CONTROL", { reinject: "off" }] as const,
          ...crossing,
          ["pit_control_notifiers"] as const,
          ["pit_control_scan"] as const,
          ["pit_control_wait"] as const,
          ["pit_control_store"] as const,
        ]
      : []),
  ];
};

/** The guest loads channel 0 of the PIT. */
const pitLoaded = (): readonly Order[] => [
  ["guest_load_pit", { v: 0 }],
  ["mode_outside", { v: 0 }],
  ["irqs_on", { v: 0 }],
  ["pit_cancel_timer", { v: 0 }],
  ["pit_start_timer", { v: 0 }],
  ["clear_unblock", { v: 0 }],
  ["inject_pending_timer", { v: 0 }],
  ["vcpu_run", { v: 0 }],
  ...entry(0),
];

const hostBooted = ({ options }: Choice, module: Module): readonly Order[] => [
  ["boot_host", { nohzFull: options["nohzFull"] ?? "off" }],
  ...module.map(({ name }) => [name] as const),
];

/** The guest writes LVTT for TSC-deadline mode. */
const tscMode = (v: number): readonly Order[] => [
  ["guest_write_lvtt_mode", { v, mode: "LVTT_TSCDEADLINE" }],
  ["mode_outside", { v }],
  ["irqs_on", { v }],
  ["store_lvtt", { v }],
  ["lvtt_hrtimer_cancel", { v }],
  ["lvtt_clear_pending", { v }],
  ["lvtt_set_mode", { v }],
  ["clear_unblock", { v }],
  ["inject_pending_timer", { v }],
  ["vcpu_run", { v }],
  ...entry(v),
];

const scanOrders = (v: number): readonly Order[] => [
  ["req_scan_ioapic", { v }],
  ["req_load_eoi_exitmap", { v }],
];

const running: Script = ({ options }, scope, module, start) =>
  members(scope).flatMap((v) => [
    ...(options["timerClocks"] === "apart" ? [["host_clocks_apart", { v }] as const] : []),
    ...(options["timerAdvance"] === "on" ? [["lapic_timer_advance", { v }] as const] : []),
    ["KVM_RUN", { v }] as const,
    ["vcpu_run", { v }] as const,
    ...(start === "level-message" && options["irqchip"] !== "kernel" ? scanOrders(v) : []),
    ...(module.length === 0 ? [["req_apicv_update", { v }] as const] : []),
    ...entry(v),
    ["guest_write_spiv", { v }] as const,
    ...(options["timerMode"] === "periodic" ? [["guest_write_lvtt_periodic", { v }] as const] : []),
    ...(options["timerMode"] === "tsc-deadline" ? tscMode(v) : []),
  ]);

const armed = ({ options }: Choice, scope: Scope): readonly Order[] =>
  members(scope).flatMap((v) => [
    ["guest_write_tmict", { v, value: "N" }] as const,
    ["mode_outside", { v }] as const,
    ["irqs_on", { v }] as const,
    ["hrtimer_cancel", { v }] as const,
    ["cancel_clear_pending", { v }] as const,
    ["store_tmict", { v }] as const,
    ["start_clear_pending", { v }] as const,
    ["hrtimer_start", { v, on: options["nohzFull"] === "on" ? "HOUSEKEEPING" : "OWN" }] as const,
    ["clear_unblock", { v }] as const,
    ["inject_pending_timer", { v }] as const,
    ["vcpu_run", { v }] as const,
    ...entry(v),
  ]);

const programmed = (): readonly Order[] => [["guest_program_pin", { v: 0 }]];

const levelMessage = ({ options }: Choice): readonly Order[] => [
  ["KVM_SET_GSI_ROUTING", { dest: "0", trig: "LEVEL" }],
  ["kvm_irq_routing_update"],
  ...(options["irqchip"] === "kernel"
    ? []
    : ["post_irq_routing_update", "post_irq_routing_kick", "post_irq_routing_wait"].map(
        (name) => [name] as const,
      )),
  ["synchronize_irq_srcu"],
];

const resampled = (): readonly Order[] => [["KVM_IRQFD_RESAMPLE"]];

const shared = (): readonly Order[] => [["share_line"]];

const scripts: Readonly<Record<StartName, readonly Script[]>> = {
  "host-booted": [],
  uninitialized: [vm, vcpus],
  created: [vm, vcpus, created],
  running: [vm, vcpus, created, running],
  "timer-armed": [vm, vcpus, created, running, armed],
  "pin-programmed": [vm, vcpus, created, running, programmed],
  "line-shared": [vm, vcpus, created, running, programmed, shared],
  resampled: [vm, vcpus, created, running, programmed, resampled],
  "level-message": [vm, vcpus, created, levelMessage, running],
  "pit-loaded": [vm, pitCreated, vcpus, created, running, pitLoaded],
};

/** Whose last step a boot stops at when the ioctl is refused before. */
const ioctlOf: Readonly<Record<string, string>> = { insert_vcpu: "KVM_CREATE_VCPU" };

/** A start point, or why a design cannot reach it. */
export type Booted = { readonly state: State } | { readonly unreachable: string };

/** Boots a model to a named start point, on the reference semantics. */
export const boot = (
  model: Model<State>,
  module: Module,
  scope: Scope,
  start: StartName,
  choice: Choice,
): Booted => {
  const steps = stepsOf(model, scope);
  const orders = [
    ...hostBooted(choice, module),
    ...scripts[start].flatMap((script) => script(choice, scope, module, start)),
  ];
  const ids: number[] = [];
  for (const [action, args = {}] of orders) {
    const step = steps.find(
      (candidate) =>
        candidate.action.name === action &&
        Object.entries(candidate.args).every(([name, value]) => args[name] === value),
    );
    if (step === undefined) return { unreachable: `${model.name} has no ${action}: it is refused` };
    ids.push(step.id);
  }
  try {
    const { steps: taken } = replay(problemOf(model, scope), { start: 0, steps: ids });
    const refused = taken.find(({ after }) => after.ioctl.answer !== "0");
    if (refused === undefined) return { state: taken.at(-1)!.after };
    return {
      unreachable: `${model.name}: ${refused.step.action.name} answers ${refused.after.ioctl.answer}`,
    };
  } catch (error) {
    const place = error instanceof CheckError ? /^step (\d+):/.exec(error.message)?.[1] : undefined;
    if (place === undefined) throw error;
    const [action] = orders[Number(place) - 1];
    return { unreachable: `${model.name}: ${ioctlOf[action] ?? action} is refused` };
  }
};
