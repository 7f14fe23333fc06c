import { device } from "../../../models/kvm/actions/posting/device.ts";
import { tdOps } from "../../../models/kvm/ops.ts";
import { blocks, halt } from "../../../scenarios/scheduling/halt.ts";
import { haltMigrates } from "../../../scenarios/scheduling/halt-migrates.ts";
import { piWakeup } from "../../../scenarios/posting/pi-wakeup.ts";
import type { MutationRow } from "./mutation-rows.ts";
import * as blocking from "./mutations-blocking.ts";
import { m3 } from "./mutations.ts";

const assigned = { world: piWakeup.spec, set: ["deviceAssigned=at-boot"] };
const later = { world: piWakeup.spec, set: ["deviceAssigned=later", "preemption=none"] };

/** Mutations of blocking, and of the hand-over of the posted-interrupt descriptor. */
export const blockingMutationRows: readonly MutationRow[] = [
  { name: "M5 no self-IPI", patch: blocking.m5, world: blocks.spec, breaks: ["Q20"] },
  { name: "M5 no self-IPI, assigned device", patch: blocking.m5, ...assigned, breaks: ["Q20", "Q22"] },
  { name: "M6 no RVI check, timer", patch: blocking.m6, world: halt.spec, breaks: ["Q18"] },
  { name: "M6 no RVI check, assigned device", patch: blocking.m6, ...assigned, breaks: ["Q18"] },
  { name: "M7 r12 ignored", patch: blocking.m7, world: blocks.spec, breaks: ["Q19"] },
  { name: "M8 PIR without ON on load", patch: blocking.m8, ...assigned, breaks: ["Q22"] },
  { name: "M9 no self wakeup IPI", patch: blocking.m9, ...assigned, breaks: ["Q22"] },
  { name: "M12 self-IPI with IRQs on", patch: blocking.m12, world: blocks.spec, breaks: ["Q20"] },
  {
    name: "task state after the checks",
    patch: blocking.stateAfterChecks,
    world: halt.spec,
    set: ["nohzFull=on"],
    breaks: ["Q21"],
  },
  { name: "M3 no kick", patch: m3, world: halt.spec, set: ["nohzFull=on"], breaks: ["Q21"] },
  {
    name: "no KVM_REQ_MIGRATE_TIMER",
    patch: blocking.noMigrateTimer,
    world: haltMigrates.spec,
    breaks: ["hrtimer-follows-its-vcpu"],
  },
  {
    name: "no UNBLOCK on assignment",
    patch: blocking.noUnblockOnAssignment(device(tdOps)),
    ...later,
    breaks: ["Q22"],
  },
];
