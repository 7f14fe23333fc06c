import { answer } from "../../catalogue/answer.ts";
import { telling, wishOf, type Flip, type Side } from "../../catalogue/flip.ts";
import type { Outcome } from "../../catalogue/outcome.ts";
import type { Pulse } from "../../problem/exploration.ts";
import { told, type Flipped, type SideFound } from "../../report/flip-text.ts";

const WANTED = { pre: "violated", post: "holds" } as const;

/** Why a side is not as it has to be; undefined where it is. */
const faultIn = (outcome: Outcome, side: Side, ids: readonly string[]): string | undefined => {
  const { complete, stop, properties } = outcome;
  if (side === "post" && !complete) return `post was not searched completely: ${stop}`;
  const odd = told(outcome, ids).find(({ verdict }) => verdict !== WANTED[side]);
  if (odd !== undefined) return `${side}: ${odd.property.id} is ${odd.verdict}, not ${WANTED[side]}`;
  if (side === "post" && told(outcome, ids).every(({ antecedent }) => antecedent === 0))
    return "post: nothing that its properties speak of occurs";
  const other = properties.find(({ asExpected }) => !asExpected);
  return other && `${side}: ${other.property.id} is ${other.verdict}, and ${other.expected} is expected`;
};

/**
 * Searches both sides of a flip. It flips where each property that tells them apart is violated before, and holds after in
 * a complete search in which what it speaks of occurs.
 * @throws CheckError when its scenario is not as it must be.
 */
export const flipOne = async (flip: Flip, pulse: Pulse): Promise<Flipped> => {
  const scenario = flip.scenario();
  const ids = telling(scenario);
  const sides: SideFound[] = [];
  const faults: string[] = [];
  for (const side of ["pre", "post"] as const) {
    const begun = performance.now();
    const outcome = await answer(scenario, { ...wishOf(scenario, side), pulse });
    sides.push({ side, outcome, seconds: (performance.now() - begun) / 1000 });
    const fault = faultIn(outcome, side, ids);
    if (fault !== undefined) faults.push(fault);
    if (outcome.stop === "interrupted") break;
  }
  return { flip, telling: ids, sides, fault: faults.length === 0 ? null : faults.join("; ") };
};
