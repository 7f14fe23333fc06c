import type { Property } from "#check";
import type { Expectation } from "./expectation.ts";
import type { State } from "../models/kvm/state.ts";

/** A TD with an in-kernel irqchip cannot be created under these designs, so no property applies. */
export const noKernelIrqchip = (properties: readonly Property<State>[]): readonly Expectation[] =>
  properties.map(({ id }) => ({
    property: id,
    where: { guest: "td", irqchip: "kernel", design: ["upstream", "active-split"] },
    verdict: "not-applicable",
    because: "split is enforced",
  }));
