import type { Action } from "#check";
import { enterGuest, resumeGuest, type BootPoint, type BootStep } from "./boot-steps.ts";
import type { GuestName } from "./ops.ts";
import type { State } from "./state.ts";

/** The named start points, each reached by replaying a boot sequence in the model. */
export type StartName =
  | "host-booted"
  | "uninitialized"
  | "created"
  | "created-without-irqchip"
  | "waits-for-init"
  | "running"
  | "timer-armed"
  | "pin-programmed"
  | "line-shared"
  | "resampled"
  | "level-message"
  | "pit-loaded";

/** A boot that is being written down. */
export interface Boot {
  readonly guest: GuestName;
  /** How the host loads the vendor's module: no step where it has APICv. */
  readonly module: readonly Action<State>[];
  readonly vcpus: readonly number[];
  /** What is done at a point of it. */
  readonly at: (point: BootPoint, v?: number) => readonly BootStep[];
}
type Script = (boot: Boot) => readonly BootStep[];

const host: Script = ({ at, module }) => [
  ...at("host"),
  ...at("kernel"),
  ...module.map(({ name }) => [name] as const),
];

const vmWith =
  (irqchip: Script): Script =>
  (boot) => [
    ...boot.at("devices"),
    ...boot.at("module-parameters"),
    ...boot.at("capabilities"),
    ...irqchip(boot),
    ...(boot.guest === "td" ? [["KVM_TDX_INIT_VM"] as const] : []),
    ...boot.at("vm"),
  ];

const vm = vmWith(({ at }) => at("irqchip"));

/** Userspace has the interrupt controllers, the LAPICs too. */
const vmWithoutIrqchip = vmWith(() => []);

const pit: Script = ({ at }) => [["KVM_CREATE_PIT2"], ...at("pit-inhibit"), ...at("pit-mode")];

const vcpus: Script = ({ vcpus }) =>
  vcpus.flatMap((v) =>
    ["KVM_CREATE_VCPU", "kvm_create_lapic", "vendor_vcpu_create", "insert_vcpu"].map(
      (action) => [action, { v }] as const,
    ),
  );

/** KVM_TDX_INIT_VCPU, with the apic map that it rebuilds. */
const initVcpu = (v: number): readonly BootStep[] => [
  ["KVM_TDX_INIT_VCPU", { v }],
  ["apic_map_build", { result: "ok" }],
  ["apic_map_physical"],
  ["apic_map_logical"],
  ["apic_map_id_modified"],
  ["apic_map_done"],
];

const created: Script = ({ guest, vcpus }) =>
  guest === "td" ? [...vcpus.flatMap(initVcpu), ["KVM_TDX_FINALIZE_VM"]] : [];

/** Every vCPU enters its guest, which enables its APIC and chooses the mode of its timer. */
const entered =
  (requests: readonly BootPoint[]): Script =>
  ({ at, module, vcpus }) =>
    vcpus.flatMap((v) => [
      ...at("before-run", v),
      ["KVM_RUN", { v }] as const,
      ["vcpu_run", { v }] as const,
      ...requests.flatMap((point) => at(point, v)),
      ...(module.length === 0 ? [["req_apicv_update", { v }] as const] : []),
      ...enterGuest(v),
      ["guest_write_spiv", { v }] as const,
      ...at("timer-mode", v),
    ]);

const running = entered([]);

/** No vCPU is the boot vCPU, and none has run. */
const waiting: Script = ({ vcpus }) => vcpus.map((v) => ["vcpu_is_no_bsp", { v }] as const);

const armed: Script = ({ at, vcpus }) =>
  vcpus.flatMap((v) => [
    ["guest_write_tmict", { v, value: "N" }] as const,
    ["mode_outside", { v }] as const,
    ["irqs_on", { v }] as const,
    ["hrtimer_cancel", { v }] as const,
    ["cancel_clear_pending", { v }] as const,
    ["store_tmict", { v }] as const,
    ["start_clear_pending", { v }] as const,
    ...at("hrtimer-start", v),
    ...resumeGuest(v),
  ]);

const programmed: Script = () => [["guest_program_pin", { v: 0 }]];

const resampled: Script = () => [["KVM_IRQFD_RESAMPLE"]];

const shared: Script = () => [["share_line"]];

/** A GSI is routed to a level-triggered message. */
const routed: Script = ({ at }) => [
  ["KVM_SET_GSI_ROUTING", { dest: "0", trig: "LEVEL" }],
  ["kvm_irq_routing_update"],
  ...at("routing-update"),
  ["synchronize_irq_srcu"],
];

/** The guest loads channel 0 of the PIT. */
const pitLoaded: Script = () => [
  ["guest_load_pit", { v: 0 }],
  ["mode_outside", { v: 0 }],
  ["irqs_on", { v: 0 }],
  ["pit_cancel_timer", { v: 0 }],
  ["pit_start_timer", { v: 0 }],
  ...resumeGuest(0),
];

/** How each start point is reached. */
export const scripts: Readonly<Record<StartName, readonly Script[]>> = {
  "host-booted": [host],
  uninitialized: [host, vm, vcpus],
  created: [host, vm, vcpus, created],
  "created-without-irqchip": [host, vmWithoutIrqchip, vcpus, created],
  "waits-for-init": [host, vm, vcpus, created, waiting],
  running: [host, vm, vcpus, created, running],
  "timer-armed": [host, vm, vcpus, created, running, armed],
  "pin-programmed": [host, vm, vcpus, created, running, programmed],
  "line-shared": [host, vm, vcpus, created, running, programmed, shared],
  resampled: [host, vm, vcpus, created, running, programmed, resampled],
  "level-message": [host, vm, vcpus, created, routed, entered(["eoi-exitmap"])],
  "pit-loaded": [host, vm, pit, vcpus, created, running, pitLoaded],
};
