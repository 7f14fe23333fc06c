import type { Outcome } from "../catalogue/outcome.ts";
import { isLiveness, isUnconditional } from "../model/property.ts";

/** What a complete search says of a property: what some state or step does, and what none does. */
export interface Judged {
  readonly id: string;
  readonly verdict: string;
  readonly place: number;
  readonly finds: Told | undefined;
  readonly never: Told | undefined;
}

/** A bit of what a property says, in words. */
export interface Told {
  readonly bit: "seen" | "hit";
  readonly words: string;
}

const antecedent: Told = { bit: "seen", words: "antecedent" };
const violation: Told = { bit: "hit", words: "violation" };
const witness: Told = { bit: "hit", words: "witness" };

/** What is found and what never is, of the properties that are no liveness properties. */
export const judgedIn = ({ problem, properties, exploration }: Outcome): readonly Judged[] =>
  properties.flatMap(({ property, verdict }): readonly Judged[] => {
    const place = problem.properties.indexOf(property);
    if (place < 0 || isLiveness(property)) return [];
    const { path, antecedent: seen } = exploration.findings[place];
    const hit = property.kind === "sometimes" ? witness : violation;
    const one = { id: property.id, verdict, place, finds: undefined, never: undefined };
    if (path !== undefined) return [{ ...one, finds: hit }];
    if (property.kind === "sometimes" || isUnconditional(property)) return [{ ...one, never: hit }];
    return [seen > 0 ? { ...one, finds: antecedent, never: hit } : { ...one, never: antecedent }];
  });
