import type { Patch } from "#check";
import type { GuestName } from "../../../models/kvm/ops.ts";
import type { World } from "../../../scenarios/world.ts";
import type { State } from "../../../models/kvm/state.ts";
import { searched } from "./timer-ask.ts";

/** A world to ask about a kernel that never was. */
export interface Where {
  readonly world: World;
  readonly design?: string;
  readonly guest?: GuestName;
  readonly set?: readonly string[];
}

/** A property that a complete search found violated, by its claim or else its id, and its shortest run. */
interface Violation {
  readonly claim: string;
  readonly property: string;
  readonly steps: number;
}

/** What a complete search of the patched world finds violated, among how many states. */
export const violationsOf = async (
  { world, design, guest = "td", set = [] }: Where,
  patch: Patch<State>,
): Promise<{ readonly states: number; readonly violations: readonly Violation[] }> => {
  const { found, problem } = await searched({ spec: world, design, guest, set, patch });
  const { states, findings } = found;
  const violations = problem.properties.flatMap(({ kind, claim, id }, place) => {
    const { path } = findings[place];
    if (kind === "sometimes" || path === undefined) return [];
    return [{ claim: claim ?? id, property: id, steps: path.steps.length }];
  });
  return { states, violations };
};

/** The claims, or else the ids, of the properties that a complete search of the patched world finds violated. */
export const violatedClaims = async (where: Where, patch: Patch<State>): Promise<readonly string[]> =>
  (await violationsOf(where, patch)).violations.map(({ claim }) => claim);
