import type { Action, Draft } from "#check";
import { action, type State } from "../../state.ts";
import { ioctl, ioctlReturns } from "../../ioctl.ts";
import { type Text, byGuest } from "../../text.ts";

type Creating = State["vcpu"][number]["creating"];

const actor = "userspace";
const args = { v: "vcpu" } as const;
const at =
  (pc: Creating["pc"]) =>
  (s: State, { v }: { readonly v: number }): boolean =>
    s.vcpu[v].creating.pc === pc;
const unlocked = "nobody else sees the vCPU before it is inserted; no lock is held (irqchip 1.4, 7.5)";

/** From 6.19 on a KVM_TDX_INIT_VCPU holds kvm->lock, until the apic map is rebuilt. */
const tdInitHoldsLock = ({ host, vm, vcpu }: State): boolean =>
  host.tdVmStateLocks && vm.td === "INITIALIZED" && vcpu.some(({ inIoctl }) => inIoctl);

/** created_vcpus is counted, and with it the choice of the irqchip frozen. */
const begin = ioctl("KVM_CREATE_VCPU", {
  actor,
  args,
  kernel: "kvm_vm_ioctl_create_vcpu(): created_vcpus++",
  source: "timer 3.5; irqchip 1.4 a",
  atomic: "kvm->lock, which is released before anything is created (irqchip 7.5)",
  guard: (s, { v }) =>
    s.host.booted && s.vcpu[v].pc === "ABSENT" && s.vcpu[v].creating.pc === "IDLE" && !tdInitHoldsLock(s),
  refuses: () => undefined,
  goesOn: true,
  effect: (d, { v }) => {
    d.vcpu[v].creating.pc = "LAPIC";
  },
});

/** xAPIC mode, APICv active wherever the module allows it, LVT0 of the boot vCPU as after reset; or no LAPIC at all. */
const lapic = action("kvm_create_lapic", {
  actor,
  args,
  kernel: "kvm_arch_vcpu_create(): irqchip_in_kernel(), kvm_create_lapic()",
  source: "timer 3.5; irqchip 1.4 b: the inhibits are looked at on the first KVM_RUN",
  atomic: unlocked,
  guard: at("LAPIC"),
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.creating.pc = "VENDOR";
    if (d.vm.irqchip === "NONE") return;
    vcpu.apicMode = "XAPIC";
    vcpu.apicvActive = d.host.enableApicv;
    vcpu.req.APICV_UPDATE = d.host.enableApicv;
    vcpu.events.lvt0ExtInt = v === 0;
  },
});

type Refuses = (s: State) => Creating["error"];

/** The vendor's part, which may refuse, and the reset that follows where it does not. */
const vendorCreate = (kernel: Text, source: string, ready: boolean, refuses: Refuses): Action<State> =>
  action("vendor_vcpu_create", {
    actor,
    args,
    kernel,
    source,
    atomic: `${unlocked}; the reset rebuilds the apic map without it, which gives the map that there was`,
    guard: at("VENDOR"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const error = refuses(d);
      vcpu.creating.error = error;
      vcpu.creating.pc = error === "0" ? "INSERT" : "UNDO";
      vcpu.initialized = error === "0" && ready;
    },
  });

const vmxCreate = vendorCreate(
  byGuest("vmx_vcpu_create() or svm_vcpu_create(), kvm_vcpu_reset()", {
    vmx: "vmx_vcpu_create(), kvm_vcpu_reset()",
    svm: "svm_vcpu_create(), kvm_vcpu_reset()",
  }),
  "irqchip 1.4 c, d",
  true,
  () => "0",
);

/** tdx_vcpu_create() of a design, by the irqchips that it accepts. */
const tdxCreate = (accepts: (irqchip: State["vm"]["irqchip"]) => boolean, source: string): Action<State> =>
  vendorCreate("tdx_vcpu_create(), kvm_vcpu_reset()", source, false, ({ vm }) => {
    if (vm.td !== "INITIALIZED") return "-EIO";
    return accepts(vm.irqchip) ? "0" : "-EINVAL";
  });

/** As merged: only a split irqchip will do. */
const tdxCreateWithSplit = tdxCreate(
  (irqchip) => irqchip === "SPLIT",
  "m5, m8; timer 4.1; irqchip 1.4 c, 0.3 D2, D3: split enforced",
);

/** Any irqchip that gives the vCPU a LAPIC will do. */
export const tdxCreateWithLapic = tdxCreate(
  (irqchip) => irqchip !== "NONE",
  "irqchip 1.4 c, 0.3 D0, D1: !lapic_in_kernel() is refused",
);

const insert = ioctlReturns("insert_vcpu", {
  actor,
  args,
  kernel: "kvm_vm_ioctl_create_vcpu(): kvm->vcpu_array, online_vcpus++",
  source: "irqchip 1.4 e",
  atomic: "kvm->lock, taken again (irqchip 7.5)",
  guard: at("INSERT"),
  answers: () => "0",
  effect: (d, { v }) => {
    d.vcpu[v].creating.pc = "IDLE";
    d.vcpu[v].pc = "USER";
  },
});

const forget = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.apicMode = "DISABLED";
  vcpu.apicvActive = false;
  vcpu.req.APICV_UPDATE = false;
  vcpu.events.lvt0ExtInt = false;
  vcpu.creating.pc = "IDLE";
  vcpu.creating.error = "0";
};

const undo = ioctlReturns("undo_created_vcpus", {
  actor,
  args,
  kernel: "kvm_vm_ioctl_create_vcpu(), error path: created_vcpus--",
  source: "irqchip 1.4 f: the irqchip may be chosen again",
  atomic: "kvm->lock, taken again (irqchip 7.5)",
  guard: at("UNDO"),
  answers: (s, { v }) => s.vcpu[v].creating.error,
  effect: (d, { v }) => forget(d, v),
});

/** KVM_CREATE_VCPU around the vendor's part. */
const around = (vendor: Action<State>): readonly Action<State>[] => [begin, lapic, vendor, insert, undo];

/** KVM_CREATE_VCPU of an ordinary guest, step by step. */
export const createVcpu = around(vmxCreate);

/** KVM_CREATE_VCPU of a TD, step by step. */
export const createTdVcpu = around(tdxCreateWithSplit);
