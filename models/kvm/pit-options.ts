import { createPit } from "./actions/irqchip.ts";
import { pitControl } from "./actions/pit-control.ts";
import type { KvmOption } from "./options.ts";

const pitMode: KvmOption = {
  name: "pitMode",
  about:
    "whether the in-kernel PIT re-injects ticks that were not acknowledged, as it does unless userspace asks not to",
  source: "m3; irqchip 1.5, 1.6, 4",
  values: ["reinject", "no-reinject"],
  patches: {},
};

const pitInhibit: KvmOption = {
  name: "pitInhibit",
  about:
    "whether re-injection inhibits AVIC, which does not tell KVM of the EOI of an edge-triggered interrupt",
  source: "m3; irqchip 4, (c) C7",
  values: ["as-required", "removed"],
  patches: {
    removed: ({ ops }) => {
      const without = {
        ...ops,
        requiredInhibits: ops.requiredInhibits.filter((reason) => reason !== "PIT_REINJ"),
      };
      const control = pitControl(without).filter(({ name }) => name === "KVM_REINJECT_CONTROL");
      return { replace: [createPit(without), ...control] };
    },
  },
};

/** What is left open of the in-kernel PIT. */
export const pitOptions = { pitMode, pitInhibit } as const;
