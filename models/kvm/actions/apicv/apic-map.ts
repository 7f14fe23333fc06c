import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { aliases, mapped, mismatch } from "./apic-map-found.ts";
import { changeInhibit } from "./apicv.ts";
import { ioctl } from "../../ioctl.ts";
import { byGuest } from "../../text.ts";
import { changesInhibit } from "../../prints/inhibit.ts";

const userspace = "userspace";
/** kvm_lapic_set_base() and others: the map is out of date, and the ioctl on this vCPU goes on to rebuild it. */
export const dirtyApicMap = (d: Draft<State>, v: number): void => {
  d.vm.apicMap.dirty = "DIRTY";
  d.vcpu[v].inIoctl = true;
};

/** The map is built from what the vCPUs are now; its allocation works or fails. */
export const buildApicMap = (results: readonly ("ok" | "enomem")[]): Action<State> =>
  action("apic_map_build", {
    actor: userspace,
    args: { result: results },
    kernel: "kvm_recalculate_apic_map(): apic_map_dirty taken, kvm_recalculate_phys_map() of each vCPU",
    source: "m3, m12, m13; timer 3.6",
    atomic:
      "apic_map_lock; whoever changes an id or a mode meanwhile marks the map dirty afterwards and builds it again",
    guard: (s) =>
      s.vm.apicMap.dirty === "DIRTY" &&
      s.vm.apicMap.pc === "IDLE" &&
      s.vcpu.some(({ pc, inIoctl }) => inIoctl && pc !== "SPIV_MAP"),
    effect: (d, { result }) => {
      const { apicMap } = d.vm;
      const failed = result === "enomem";
      apicMap.dirty = "UPDATE_IN_PROGRESS";
      apicMap.noMap = failed || aliases(d);
      apicMap.mismatch = !failed && mismatch(d);
      apicMap.next.physical = apicMap.noMap ? 0 : mapped(d, "physical");
      apicMap.next.logical = apicMap.noMap ? 0 : mapped(d, "logical");
      if (failed) apicMap.ghostAllocationFailed = true;
      apicMap.pc = "PHYSICAL";
    },
  });

type MapPc = State["vm"]["apicMap"]["pc"];

/** The lock of the inhibits is free: nobody changes them, and no thread applies them. */
const lockFree = (s: State): boolean =>
  s.inhibitor.pc === "IDLE" && (s.vm.bugOn.pc === "NONE" || s.vm.bugOn.pc === "DONE");
const at = (pc: MapPc) => (s: State) => s.vm.apicMap.pc === pc && lockFree(s);
const lock = "apic_map_lock, then apicv_update_lock for writing; a crossing goes on step by step";

const physical = (ops: VendorOps): Action<State> =>
  action("apic_map_physical", {
    actor: userspace,
    kernel: "kvm_recalculate_apic_map(): PHYSICAL_ID_ALIASED set without a map, cleared with one",
    branch: ({ vm }) =>
      `kvm_recalculate_apic_map(): PHYSICAL_ID_ALIASED ${vm.apicMap.noMap ? "set without a map" : "cleared with a map"}`,
    prints: (s) => changesInhibit(ops, s, "PHYSICAL_ID_ALIASED", s.vm.apicMap.noMap),
    source: "m3, m12, m13; timer 3.6",
    atomic: lock,
    guard: at("PHYSICAL"),
    effect: (d) => {
      changeInhibit(ops, d, "PHYSICAL_ID_ALIASED", d.vm.apicMap.noMap, 0);
      d.vm.apicMap.pc = "LOGICAL";
    },
  });

const logical = (ops: VendorOps): Action<State> =>
  action("apic_map_logical", {
    actor: userspace,
    kernel: "kvm_recalculate_apic_map(): LOGICAL_ID_ALIASED set without a map; VMX does not require it",
    branch: ({ vm }) => {
      const did = `kvm_recalculate_apic_map(): LOGICAL_ID_ALIASED ${vm.apicMap.noMap ? "set without a map" : "cleared with a map"}`;
      const unasked = `${did}, which is not required`;
      return byGuest(did, { td: unasked, vmx: unasked });
    },
    prints: (s) => changesInhibit(ops, s, "LOGICAL_ID_ALIASED", s.vm.apicMap.noMap),
    source: "m13, m14; timer 3.1, 3.6",
    atomic: lock,
    guard: at("LOGICAL"),
    effect: (d) => {
      changeInhibit(ops, d, "LOGICAL_ID_ALIASED", d.vm.apicMap.noMap, 0);
      d.vm.apicMap.pc = "ID_MODIFIED";
    },
  });

const idModified = (ops: VendorOps): Action<State> =>
  action("apic_map_id_modified", {
    actor: userspace,
    kernel: "kvm_recalculate_apic_map(): APIC_ID_MODIFIED set or cleared",
    branch: ({ vm }) =>
      `kvm_recalculate_apic_map(): APIC_ID_MODIFIED ${vm.apicMap.mismatch ? "set" : "cleared"}`,
    prints: (s) => changesInhibit(ops, s, "APIC_ID_MODIFIED", s.vm.apicMap.mismatch),
    source: "m3; timer 3.6, 3.8",
    atomic: lock,
    guard: at("ID_MODIFIED"),
    effect: (d) => {
      changeInhibit(ops, d, "APIC_ID_MODIFIED", d.vm.apicMap.mismatch, 0);
      d.vm.apicMap.pc = "DONE";
    },
  });

const done = action("apic_map_done", {
  actor: userspace,
  kernel:
    "kvm_recalculate_apic_map(): rcu_assign_pointer(apic_map), then apic_map_dirty clean unless dirty again; the ioctl " +
    "returns",
  branch: ({ vm }) =>
    `kvm_recalculate_apic_map(): rcu_assign_pointer(apic_map), then apic_map_dirty is ${vm.apicMap.dirty === "DIRTY" ? "dirty again" : vm.apicMap.by === "GUEST" ? "clean" : "clean; the ioctl returns"}`,
  source: "timer 3.6; irqchip 7.2",
  atomic:
    "who reads the new map before apic_map_dirty is clean reads it as well after; an ioctl that waits for apic_map_lock returns with the last",
  guard: at("DONE"),
  effect: (d) => {
    const { apicMap } = d.vm;
    apicMap.pc = "IDLE";
    apicMap.by = "USERSPACE";
    apicMap.map.present = !apicMap.noMap;
    apicMap.map.physical = apicMap.next.physical;
    apicMap.map.logical = apicMap.next.logical;
    apicMap.next.physical = 0;
    apicMap.next.logical = 0;
    apicMap.noMap = false;
    apicMap.mismatch = false;
    if (apicMap.dirty === "DIRTY") return;
    apicMap.dirty = "CLEAN";
    for (let i = 0; i < d.vcpu.length; i++) d.vcpu[i].inIoctl = false;
  },
});

/** kvm_recalculate_apic_map(), step by step as far as it changes inhibits. */
export const apicMapSteps = (ops: VendorOps): readonly Action<State>[] => [
  buildApicMap(["ok"]),
  ...[physical(ops), logical(ops), idModified(ops), done].map((step): Action<State> => ({
    ...step,
    guard: (s, args) => s.vm.apicMap.by === "USERSPACE" && step.guard(s, args),
  })),
];

/** A step of it in the thread of a vCPU, once that holds apic_map_lock. */
const inThread = (step: Action<State>): Action<State> => ({
  ...step,
  name: step.name.replace(/^apic_map/, "spiv_map"),
  args: { v: "vcpu" },
  actor: ({ v }) => cpu({ v: v as number }),
  guard: (s, args) =>
    threadAt(s.vcpu[args["v"] as number], "SPIV_MAP") && s.vm.apicMap.by === "GUEST" && step.guard(s, args),
});

const build = buildApicMap(["ok"]);

const buildInThread: Action<State> = {
  ...inThread(build),
  guard: (s, { v }) => {
    const vcpu = s.vcpu[v as number];
    const { dirty, pc } = s.vm.apicMap;
    return threadAt(vcpu, "SPIV_MAP") && vcpu.inIoctl && dirty === "DIRTY" && pc === "IDLE";
  },
  effect: (d) => {
    build.effect(d, { result: "ok" });
    d.vm.apicMap.by = "GUEST";
  },
};

/** The same steps where the guest's write of SPIV has made the map dirty: taken by the vCPU's own thread. */
export const spivMapSteps = (ops: VendorOps): readonly Action<State>[] => [
  buildInThread,
  ...[physical(ops), logical(ops), idModified(ops), done].map(inThread),
];

/** Userspace numbers its two vCPUs 0 and 256; ids are not limited by the number of vCPUs. */
export const wideVcpuIds = action("choose_vcpu_ids_0_and_256", {
  actor: userspace,
  kernel: "kvm_vm_ioctl_create_vcpu(id): id < KVM_MAX_VCPU_IDS",
  source: "timer 9.4 F1",
  atomic: "a decision of userspace before any vCPU exists",
  guard: (s) => s.host.booted && s.vcpu.every(({ pc }) => pc === "ABSENT"),
  effect: (d) => {
    d.vm.apicMap.ids = "0_AND_256";
  },
});

/** KVM_CAP_X2APIC_API: 32-bit ids, or no broadcast by 0xff in x2APIC mode. */
export const enableX2apicApi = ioctl("KVM_CAP_X2APIC_API", {
  actor: userspace,
  args: { flag: ["USE_32BIT_IDS", "DISABLE_BROADCAST_QUIRK"] },
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_X2APIC_API): x2apic_format, x2apic_broadcast_quirk_disabled",
  source: "m12, m13; timer 3.6; irqchip 6.8: at any time",
  atomic: "one store, under no lock",
  guard: (s) => s.host.booted,
  refuses: () => undefined,
  effect: (d, { flag }) => {
    if (flag === "USE_32BIT_IDS") d.vm.apicMap.x2apicFormat = true;
    else d.vm.apicMap.broadcastQuirk = false;
  },
});

export default (ops: VendorOps) => [...apicMapSteps(ops), ...spivMapSteps(ops)];
