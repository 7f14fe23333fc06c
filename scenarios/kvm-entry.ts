/**
 * `apicv-check/kvm`: the model of the KVM/TDX interrupt subsystem, to be patched, asked otherwise, or taken apart.
 *
 * Names are those of the kernel. `kvm` are the worlds that ship and `world` makes another; `worldWith` is one with a
 * patch on every model of it, and `kvmModel` a model by itself, to be booted with `boot`.
 */
export {
  State,
  action,
  cpu,
  extend,
  infinitelyOften,
  invariant,
  leadsTo,
  sometimes,
  step,
  strong,
  weak,
} from "../models/kvm/state.ts";
export { apicEnabled } from "../models/kvm/predicates.ts";
export { powerOn } from "../models/kvm/power-on.ts";
export { guests, kvmModel } from "../models/kvm/model.ts";
export { type KvmChoice } from "../models/kvm/choice.ts";
export { type GuestName, type VendorOps } from "../models/kvm/ops.ts";
export { designs, type DesignName } from "../models/kvm/designs/index.ts";
export { options } from "../models/kvm/options/index.ts";
export { only, option, type KvmOption } from "../models/kvm/option.ts";
export { boot, type Booted } from "../models/kvm/boot.ts";
export { type StartName } from "../models/kvm/start-points.ts";
export { actions, actionsOf, type Actions } from "./actions.ts";
export { kvm, kvmDesigns, kvmGuests } from "./kvm.ts";
export { extendWorld, guest, optionNamed, type ExtendingWorld } from "./extend-world.ts";
export { morePins, type PinsOf } from "./more-pins.ts";
export { type MorePins, type WithPins } from "../models/kvm/more-pins.ts";
export { claims } from "./claims/index.ts";
export { checkedWorld as world, worldWith, type KvmScenario, type World } from "./world.ts";
