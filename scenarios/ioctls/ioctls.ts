import {
  apicBaseNeverChanged,
  buggedVmAnswersEio,
  cleanMapFindsTheApics,
  ioctlKeepsDelivery,
  ioctlLosesNoPost,
  ioctlQueuesNoInterrupt,
  ioctlsNeverBugTd,
  tdNeverInhibitedByIoctl,
} from "../../properties/ioctls/ioctls.ts";
import { msi } from "../../models/kvm/actions/messages/msi.ts";
import { only } from "../../models/kvm/option.ts";
import { setLapic, setMsrs, setSregs } from "../../models/kvm/options/ioctls.ts";
import { msiPath } from "../../models/kvm/options/messages.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { apicExpected, vmExpected } from "./ioctls-expected.ts";
import { apicMap, inhibits, names, runLoop, userspaceExits } from "../parts.ts";
import { every, world } from "../world.ts";

/** The ioctls that write an APIC's registers or its base, on one vCPU that runs. */
export const ioctlsApic = world({
  name: "kvm/ioctls-apic",
  about:
    "one vCPU that runs and gets messages, and a userspace that may read and write its APIC at any point, in every way",
  guests: every,
  options: [setLapic, setSregs, setMsrs, only(msiPath, "irqfd")],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...apicMap,
    ...names(msi(tdOps)),
    "KVM_GET_LAPIC",
    "KVM_SET_LAPIC",
    "KVM_SET_SREGS",
    "KVM_SET_SREGS2",
    "KVM_SET_MSRS",
  ],
  properties: [
    apicBaseNeverChanged,
    ioctlLosesNoPost,
    ioctlKeepsDelivery,
    ioctlsNeverBugTd,
    cleanMapFindsTheApics,
  ],
  expected: apicExpected,
});

/** The other ioctls that concern interrupts, of the VM and of one vCPU that runs. */
export const ioctlsVm = world({
  name: "kvm/ioctls-vm",
  about:
    "one vCPU that runs, and a userspace that may debug it, queue interrupts for it, switch its SynIC on and enable " +
    "capabilities of the VM at any point",
  guests: every,
  options: [setSregs],
  scope: { vcpu: 1 },
  start: "running",
  answers: true,
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...inhibits,
    "KVM_GET_LAPIC",
    "KVM_SET_SREGS",
    "KVM_SET_SREGS2",
    "KVM_SET_SREGS_apic_base",
    "KVM_SET_SREGS_interrupt_bitmap",
    "KVM_SET_MSRS_SINT",
    "KVM_CAP_HYPERV_SYNIC",
    "KVM_CAP_X2APIC_API",
    "KVM_CAP_X86_DISABLE_EXITS",
    "KVM_CREATE_IRQCHIP",
    "KVM_CAP_SPLIT_IRQCHIP",
    "KVM_CREATE_PIT2",
    "KVM_TDX_INIT_VM",
    "KVM_TDX_INIT_VCPU",
  ],
  properties: [apicBaseNeverChanged, tdNeverInhibitedByIoctl, ioctlQueuesNoInterrupt, buggedVmAnswersEio],
  expected: vmExpected,
});

export default [ioctlsApic, ioctlsVm];
