import { entryWithoutLapicAgreesWithInhibits } from "../../properties/apicv/apicv-state.ts";
import { apicvAbsent } from "../../models/kvm/options/apicv.ts";
import { runLoop, userspaceExits } from "../parts.ts";
import { every, world } from "../world.ts";

/** A VM whose interrupt controllers, the LAPICs too, are userspace's. */
export default world({
  name: "kvm/no-irqchip",
  about: "one vCPU of a VM without an in-kernel irqchip, from its first KVM_RUN on",
  guests: every,
  options: [apicvAbsent],
  scope: { vcpu: 1 },
  start: "created-without-irqchip",
  actions: [...runLoop, ...userspaceExits],
  properties: [entryWithoutLapicAgreesWithInhibits],
  expected: [
    {
      property: "entry-without-lapic-agrees-with-inhibits",
      where: { guest: "td" },
      verdict: "not-applicable",
      because: "KVM_CREATE_VCPU answers -EINVAL",
    },
    {
      property: "entry-without-lapic-agrees-with-inhibits",
      where: { guest: ["vmx", "avic"], apicvAbsent: "no-such-reason" },
      verdict: "violated",
      because: "nothing inhibits APICv, and a vCPU without a LAPIC has none",
    },
    { property: "entry-without-lapic-agrees-with-inhibits", verdict: "holds" },
  ],
});
