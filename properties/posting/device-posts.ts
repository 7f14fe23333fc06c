import { invariant, step } from "../../models/kvm/state.ts";

export const deviceNotifiesOnce = step({
  id: "device-notifies-where-on-and-sn-are-clear",
  statement:
    "The IOMMU sets the bit in PIR, and sends a notification exactly where neither ON nor SN was set: with ON set in the same " +
    "update, and NV and NDST as they were then",
  source: "timer 2.9",
  kernel: "VT-d interrupt posting",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) => action === "vtd_post" && args["v"] === v,
  holds: ({ vcpu: before }, { device, vcpu }, _, { v }) => {
    const { on, sn, nv, ndst } = before[v];
    if (!vcpu[v].pir.device) return false;
    if (on || sn) return device.notification === "NONE" && on === vcpu[v].on;
    return device.notification === nv && device.to === ndst && device.target === v && vcpu[v].on;
  },
});

export const notificationArrives = step({
  id: "notification-arrives-where-it-was-sent",
  statement:
    "A notification of the IOMMU becomes pending at the pCPU that NDST named as it posted, if the vCPU is there still: as " +
    "POSTED_INTR_VECTOR, or as the wakeup vector",
  source: "timer 2.9, 2.11",
  kernel: "VT-d interrupt posting: NV, NDST",
  antecedent: ({ device: before }, { device: after }) =>
    before.notification !== "NONE" && after.notification === "NONE",
  holds: ({ device, vcpu: before }, { vcpu }) => {
    const { notification, to, target } = device;
    if (before[target].cpu !== to) return true;
    return notification === "WAKEUP" ? vcpu[target].irq.PI_WAKEUP : vcpu[target].irq.POSTED_INTR;
  },
});

export const devicePostsOnceAllKnow = invariant({
  id: "device-posts-once-all-know",
  statement:
    "A device posts only after vmx_pi_start_bypass(): from then on no vCPU blocks that was put without the wakeup handler",
  source: "timer 2.11",
  kernel: "kvm_arch_irq_bypass_add_producer(), vmx_pi_start_bypass(), pi_update_irte()",
  antecedent: ({ device }) => device.notification !== "NONE",
  holds: ({ device, vm }) => device.attach === "DONE" && vm.bypassIrqs,
});
