import { weak, type State } from "../../models/kvm/state.ts";

/** Whoever has sent something has yet to kick the vCPU. */
export const kickToCome = ({ sender }: State, v: number): boolean =>
  (sender.pc === "SOFT_EVENT" || sender.pc === "SOFT_KICK") && sender.target === v;

/** Every thread goes on, and userspace calls KVM_RUN again; but nobody has to send anything. */
export const nobodyHasToSend = weak({
  each: "action",
  only: { says: "sends nothing", when: (_, __, { action }) => !action.startsWith("send_") },
});
