import {
  createIrqchipNeverSucceedsForTd,
  irqchipFrozenByVcpus,
  noVcpuAfterFinalize,
  refusedVcpuLeavesAWayOut,
  runningTdHasNoLegacyChip,
  splitPossibleBeforeVcpus,
} from "../../properties/creation/creation.ts";
import { tdVcpuNeedsLapic } from "../../properties/creation/lifecycle.ts";
import { tdLocks } from "../../models/kvm/options/creation.ts";
import { noTd } from "../no-td.ts";
import { apicMap, createVcpu } from "../parts.ts";
import { world } from "../world.ts";

/** A VM and its two vCPUs from nothing on, created by as many threads as there are ioctls. */
export const creation = world({
  name: "kvm/creation",
  about:
    "the irqchip, the PIT, two vCPUs and a TD's initialization, by ioctls in any order and at the same time, with what " +
    "they answer",
  options: [tdLocks],
  scope: { vcpu: 2 },
  start: "host-booted",
  answers: true,
  actions: [
    "KVM_CREATE_IRQCHIP",
    "KVM_CAP_SPLIT_IRQCHIP",
    "KVM_CREATE_PIT2",
    ...createVcpu,
    ...apicMap,
    "KVM_TDX_INIT_VM",
    "KVM_TDX_INIT_VCPU",
    "KVM_TDX_FINALIZE_VM",
    "KVM_RUN",
    "KVM_RUN_refused",
  ],
  // That KVM_RUN was accepted is the end of it.
  ends: { "vcpu.pc": ["RUN_TOP"] },
  properties: [
    runningTdHasNoLegacyChip,
    createIrqchipNeverSucceedsForTd,
    splitPossibleBeforeVcpus,
    refusedVcpuLeavesAWayOut,
    tdVcpuNeedsLapic,
    irqchipFrozenByVcpus,
    noVcpuAfterFinalize,
  ],
  expected: [
    ...noTd(
      ["vmx"],
      "running-td-has-no-in-kernel-ioapic-pic-or-pit",
      "create-irqchip-never-succeeds-for-td",
      "td-vcpu-needs-lapic",
      "no-vcpu-inserted-after-finalize",
    ),
    {
      property: "refused-vcpu-leaves-a-way-out",
      where: { guest: "vmx" },
      verdict: "vacuous",
      because: "any irqchip will do",
    },
    {
      property: "running-td-has-no-in-kernel-ioapic-pic-or-pit",
      where: { design: ["v1-inhibit", "active"] },
      verdict: "violated",
      because: "an in-kernel irqchip was allowed",
    },
    { property: "running-td-has-no-in-kernel-ioapic-pic-or-pit", verdict: "holds" },
    { property: "create-irqchip-never-succeeds-for-td", where: { design: "upstream" }, verdict: "holds" },
    {
      property: "create-irqchip-never-succeeds-for-td",
      verdict: "violated",
      because: "KVM_CREATE_IRQCHIP does not ask what the VM is before 6.18",
    },
    { property: "split-irqchip-possible-before-vcpus", verdict: "holds" },
    {
      property: "refused-vcpu-leaves-a-way-out",
      where: { design: "active-split" },
      verdict: "violated",
      because: "the dead end: an in-kernel irqchip, with which no vCPU can be created, cannot be undone",
    },
    { property: "refused-vcpu-leaves-a-way-out", verdict: "holds" },
    { property: "td-vcpu-needs-lapic", verdict: "holds" },
    { property: "irqchip-frozen-once-vcpus-are-created", verdict: "holds" },
    {
      property: "no-vcpu-inserted-after-finalize",
      where: { tdLocks: "6.16" },
      verdict: "violated",
      because: "the state is read without a lock, and the TD may be finalized before the vCPU is inserted",
    },
    { property: "no-vcpu-inserted-after-finalize", verdict: "holds" },
  ],
});

export default creation;
