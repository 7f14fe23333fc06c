import { expect, test } from "vitest";
import type { Patch } from "#check";
import { device } from "../../models/kvm/actions/device.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { blocks, halt } from "../../models/kvm/scenarios/halt.ts";
import { haltMigrates } from "../../models/kvm/scenarios/halt-migrates.ts";
import { piWakeup } from "../../models/kvm/scenarios/pi-wakeup.ts";
import type { State } from "../../models/kvm/state.ts";
import * as mutations from "./mutations-blocking.ts";
import { m3 } from "./mutations.ts";
import { violatedClaims, type Where } from "./violated-claims.ts";

interface Row extends Where {
  readonly name: string;
  readonly patch: Patch<State>;
  readonly breaks: readonly string[];
}

const assigned = { world: piWakeup.spec, set: ["deviceAssigned=at-boot"] };
const later = { world: piWakeup.spec, set: ["deviceAssigned=later", "preemption=none"] };

const rows: readonly Row[] = [
  { name: "M5 no self-IPI", patch: mutations.m5, world: blocks.spec, breaks: ["Q20"] },
  { name: "M5 no self-IPI, assigned device", patch: mutations.m5, ...assigned, breaks: ["Q20", "Q22"] },
  { name: "M6 no RVI check, timer", patch: mutations.m6, world: halt.spec, breaks: ["Q18"] },
  { name: "M6 no RVI check, assigned device", patch: mutations.m6, ...assigned, breaks: ["Q18"] },
  { name: "M7 r12 ignored", patch: mutations.m7, world: blocks.spec, breaks: ["Q19"] },
  { name: "M8 PIR without ON on load", patch: mutations.m8, ...assigned, breaks: ["Q22"] },
  { name: "M9 no self wakeup IPI", patch: mutations.m9, ...assigned, breaks: ["Q22"] },
  { name: "M12 self-IPI with IRQs on", patch: mutations.m12, world: blocks.spec, breaks: ["Q20"] },
  {
    name: "task state after the checks",
    patch: mutations.stateAfterChecks,
    world: halt.spec,
    set: ["nohzFull=on"],
    breaks: ["Q21"],
  },
  { name: "M3 no kick", patch: m3, world: halt.spec, set: ["nohzFull=on"], breaks: ["Q21"] },
  {
    name: "no KVM_REQ_MIGRATE_TIMER",
    patch: mutations.noMigrateTimer,
    world: haltMigrates.spec,
    breaks: ["hrtimer-follows-its-vcpu"],
  },
  {
    name: "no UNBLOCK on assignment",
    patch: mutations.noUnblockOnAssignment(device(tdOps)),
    ...later,
    breaks: ["Q22"],
  },
];

test.each(rows)("$name breaks $breaks, and the kernel as it is does not", async (row) => {
  const mutated = await violatedClaims(row, row.patch);
  for (const claim of row.breaks) expect(mutated).toContain(claim);
  const asItIs = await violatedClaims(row, {});
  for (const claim of row.breaks) expect(asItIs).not.toContain(claim);
});
