import { picWorld } from "../../../scenarios/pic-pit/pic.ts";
import { pitGuestWorld, pitWorld } from "../../../scenarios/pic-pit/pit.ts";
import { rtcSlew } from "../../../scenarios/rtc/rtc-slew.ts";
import type { MutationRow } from "./mutation-rows.ts";
import * as legacy from "./mutations-legacy.ts";

const vmx = { design: "active", guest: "vmx" } as const;

/** Mutations of the legacy devices of an ordinary guest. */
export const legacyMutationRows: readonly MutationRow[] = [
  { name: "no irq_ack", patch: legacy.noIrqAck, world: pitWorld.spec, ...vmx, breaks: ["C7"] },
  {
    name: "no re-queue",
    patch: legacy.noRequeue,
    world: pitWorld.spec,
    ...vmx,
    breaks: ["pit-owed-ticks-are-worked-on"],
  },
  {
    name: "no mask notifier",
    patch: legacy.noMaskNotifier,
    world: pitGuestWorld.spec,
    ...vmx,
    breaks: ["C7"],
  },
  { name: "PIT not in the bitmap", patch: legacy.notInBitmap, world: pitWorld.spec, ...vmx, breaks: ["C7"] },
  {
    name: "PIC kicks only",
    patch: legacy.noRequest,
    world: picWorld.spec,
    ...vmx,
    breaks: ["pic-output-wakes-vcpu"],
  },
  { name: "no EOI at the PIC", patch: legacy.noPicEoi, world: picWorld.spec, ...vmx, breaks: ["C19"] },
  { name: "no catch-up timer", patch: legacy.noCatchUp, world: rtcSlew.spec, ...vmx, breaks: ["C6"] },
];
