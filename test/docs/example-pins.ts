import { actionNamed, amend, propertyOf } from "apicv-check";
import { extendWorld, morePins, only, optionNamed, type WithPins } from "apicv-check/kvm";

type State = WithPins<"pin2">;
const pins = morePins("kvm/level", { pin2: { vector: "device" } }, ["guest_program_pin"]);
const about = "which entries an EOI completes: all that have its vector, or the first";
const completes = { name: "completes", about, source: "irqchip 2.7", values: ["all", "first"] };

const secondPinNotStuck = propertyOf<State>().invariant({
  id: "second-pin-not-stuck",
  statement: "While pin2 is up and its remote_irr set, its interrupt or the EOI is on its way",
  antecedent: ({ pin2 }) => pin2.sources.a && pin2.remoteIrr,
  holds: ({ pin2, vcpu: [{ pir, irr, isr, eoi }] }) =>
    pin2.pc !== "IDLE" || pir.device || irr.device || isr.device || eoi === "device",
});

export default extendWorld<State>("kvm/level", {
  name: "two-entries-one-vector",
  about: "an old entry, masked, has the vector of the one in use",
  guests: ["vmx"],
  options: [only(optionNamed("irqchip"), "kernel"), completes],
  start: "running",
  extend: pins.extend,
  change: (model, choice) => {
    const patch = pins.change(model, choice);
    if (choice.options["completes"] === "all") return patch;
    const eoi = amend(actionNamed(patch.replace!, "kvm_ioapic_update_eoi_one"), {
      after: (d, { v }: { readonly v: number }) => {
        d.pins.exit[v].pin2 = false;
        d.vcpu[v].eoi = "none";
      },
    });
    return { ...patch, replace: patch.replace!.map((was) => (was.name === eoi.name ? eoi : was)) };
  },
  properties: [secondPinNotStuck],
  expected: [
    { property: "second-pin-not-stuck", where: { completes: "first" }, verdict: "violated" },
    { property: "second-pin-not-stuck", verdict: "holds" },
  ],
});
