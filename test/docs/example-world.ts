import { nohzFull } from "../../models/kvm/options/timer.ts";
import { lapicTimer, runLoop, userspaceExits } from "../../scenarios/parts.ts";
import { world } from "../../scenarios/world.ts";
import { pendingSurvivesUserspace } from "./example-property.ts";

/** A vCPU that is in userspace when its timer fires. */
export default world({
  name: "kvm/timer-in-userspace",
  about: "one vCPU that leaves KVM_RUN for userspace while its timer runs",
  options: [nohzFull],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [...runLoop, ...lapicTimer, ...userspaceExits],
  properties: [pendingSurvivesUserspace],
  expected: [{ property: "pending-survives-userspace", verdict: "holds" }],
});
