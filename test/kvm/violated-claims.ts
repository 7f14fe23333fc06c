import { expect } from "vitest";
import { exploreFast, problemOf, type Patch } from "#check";
import { worldWith, type World } from "../../models/kvm/scenarios/world.ts";
import type { State } from "../../models/kvm/state.ts";
import { choiceOf } from "../../src/model/choice.ts";

/** A world to ask about a kernel that never was. */
export interface Where {
  readonly world: World;
  readonly design?: string;
  readonly guest?: "td" | "vmx";
  readonly set?: readonly string[];
}

/** The claims, or else the ids, of the properties that a complete search of the patched world finds violated. */
export const violatedClaims = async (
  { world, design, guest = "td", set = [] }: Where,
  patch: Patch<State>,
): Promise<readonly string[]> => {
  const scenario = worldWith(world, patch);
  const choice = choiceOf(scenario as never, { design, guest, set });
  const { model, start, unreachable } = scenario.build(choice);
  expect(unreachable).toBeUndefined();
  const found = await exploreFast(problemOf(model, scenario.scope, scenario.properties, start));
  expect(found.stop).toBe("exhausted");
  return scenario.properties
    .filter(({ kind }, place) => kind !== "sometimes" && found.findings[place].path !== undefined)
    .map(({ claim, id }) => claim ?? id);
};
