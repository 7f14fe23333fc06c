import { createPit } from "../actions/creation/irqchip.ts";
import { pitControl } from "../actions/pic-pit/pit-control.ts";
import { pitInhibitCrossing } from "../boot-steps.ts";
import { joint, option } from "../option.ts";

export const pitMode = option({
  name: "pitMode",
  about:
    "whether the in-kernel PIT re-injects ticks that were not acknowledged, as it does unless userspace asks not to",
  source: "m3; irqchip 1.5, 1.6, 4",
  values: { reinject: {}, "no-reinject": {} },
});

export const pitInhibit = option({
  name: "pitInhibit",
  about:
    "whether re-injection inhibits AVIC, which does not tell KVM of the EOI of an edge-triggered interrupt",
  source: "m3; irqchip 4, (c) C7",
  guests: ["avic"],
  values: {
    "as-required": {},
    removed: ({ ops }) => {
      const without = {
        ...ops,
        requiredInhibits: ops.requiredInhibits.filter((reason) => reason !== "PIT_REINJ"),
      };
      const control = pitControl(without).filter(({ name }) => name === "KVM_REINJECT_CONTROL");
      return { replace: [createPit(without), ...control], boot: { "pit-inhibit": () => [] } };
    },
  },
});

/** KVM_REINJECT_CONTROL at boot, which lifts the inhibit where there is one. */
const reinjectControl = joint({ pitMode, pitInhibit }, (_, set) =>
  set.pitMode === "no-reinject"
    ? {
        boot: {
          "pit-mode": (place) => [
            ["KVM_REINJECT_CONTROL", { reinject: "off" }],
            ...(set.pitInhibit === "removed" ? [] : pitInhibitCrossing(place)),
            ["pit_control_notifiers"],
            ["pit_control_scan"],
            ["pit_control_wait"],
            ["pit_control_store"],
          ],
        },
      }
    : {},
);

/** What is left open of the in-kernel PIT. */
export default [pitMode, pitInhibit, reinjectControl] as const;
