import type { Action } from "#check";
import type { State } from "../../state.ts";
import { asProgrammed, serveRouted, type Chip } from "./pin.ts";
import { pinEoi } from "./pin-eoi.ts";
import { pinGuest } from "./pin-guest.ts";
import { lineStatus, pinLine } from "./pin-line.ts";
import { rteWrites } from "./rte-write.ts";
import { scanRequester } from "./scan-request.ts";
import type { VendorOps } from "../../ops.ts";
import { serves } from "./pin-prints.ts";

/** What an I/O APIC does with its pins. */
export const chipActions = (chip: Chip): readonly Action<State>[] => {
  const each = chip.pins.map((pin) => ({ ...chip, pin }));
  return [
    ...each.flatMap(pinLine),
    ...each.flatMap(lineStatus),
    ...pinEoi(chip),
    ...rteWrites(chip),
    ...scanRequester(
      (d) => serveRouted(chip, d),
      chip,
      (s, _, after, kind) => serves(chip, s, undefined, { after, kind }),
    ),
  ];
};

/** Pins of the I/O APIC, the devices on their lines, and the guest's handlers. */
export const pinActions = (chip: Chip): readonly Action<State>[] => [
  ...chipActions(chip),
  ...pinGuest(chip.ops, chip),
];

export default (ops: VendorOps) => pinActions(asProgrammed(ops));
