import type { Expectation, Property } from "#check";
import type { State } from "../models/kvm/state.ts";

/** A TD with an in-kernel irqchip cannot be created under these designs, so no property applies. */
export const noKernelIrqchip = (properties: readonly Property<State>[]): readonly Expectation[] =>
  properties.map(({ id }) => ({
    property: id,
    where: { guest: "td", irqchip: "kernel", design: ["upstream", "active-split"] },
    verdict: "not-applicable",
    because: "split is enforced",
  }));
