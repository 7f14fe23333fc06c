import { expect, test } from "vitest";
import type { Patch } from "#check";
import { apicv } from "../../models/kvm/scenarios/apicv.ts";
import { timer } from "../../models/kvm/scenarios/timer.ts";
import type { State } from "../../models/kvm/state.ts";
import * as mutations from "./mutations.ts";
import { violatedClaims, type Where } from "./violated-claims.ts";

interface Row extends Where {
  readonly name: string;
  readonly patch: Patch<State>;
  readonly breaks: readonly string[];
}

const remote = ["nohzFull=on"];

const rows: readonly Row[] = [
  { name: "M1 no UNBLOCK", patch: mutations.m1, world: timer.spec, set: remote, breaks: ["P1", "P2"] },
  { name: "M1 no UNBLOCK, local callback", patch: mutations.m1, world: timer.spec, breaks: ["P1", "P2"] },
  { name: "M2 request before pending", patch: mutations.m2, world: timer.spec, set: remote, breaks: ["P2"] },
  { name: "M3 no kick", patch: mutations.m3, world: timer.spec, set: remote, breaks: ["P1"] },
  { name: "M4 inject before clear", patch: mutations.m4, world: timer.spec, set: remote, breaks: ["P2"] },
  { name: "M10 mode after the check", patch: mutations.m10, world: timer.spec, set: remote, breaks: ["P1"] },
  {
    name: "M11 store before the wait",
    patch: mutations.m11,
    world: apicv.spec,
    set: ["apicMapAlloc=may-fail"],
    breaks: ["Q2"],
  },
  {
    name: "Q1 without the line",
    patch: mutations.withoutClearingApicvActive,
    world: apicv.spec,
    design: "v1-inhibit",
    breaks: ["Q1"],
  },
  { name: "P7 IRQs on in guest mode", patch: mutations.irqsOnInGuestMode, world: timer.spec, breaks: ["P7"] },
];

test.each(rows)("$name breaks $breaks, and the kernel as it is does not", async (row) => {
  const mutated = await violatedClaims(row, row.patch);
  for (const claim of row.breaks) expect(mutated).toContain(claim);
  const asItIs = await violatedClaims(row, {});
  for (const claim of row.breaks) expect(asItIs).not.toContain(claim);
});
