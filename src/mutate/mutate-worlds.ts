import { createHash } from "node:crypto";
import { answer } from "../catalogue/answer.ts";
import { choiceOf, type Wish } from "../catalogue/choice.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { worldText } from "../catalogue/size.ts";
import { versionOf } from "../check/model-version.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { seenBy, type Seen } from "./seen.ts";
import { verdictOn, type MutantVerdict, type Searching } from "./verdict-on-mutant.ts";

/** What one world says of one mutant. */
export interface MutantResult {
  readonly world: string;
  /** Of the model that was mutated. */
  readonly version: string;
  /** A digest of the properties and of what they say of that model. */
  readonly asked: string;
  readonly mutant: string;
  readonly action: string;
  readonly actor: string;
  readonly verdict: MutantVerdict;
}

/** One mutant of one world. */
export type Asked = Omit<MutantResult, "verdict" | "action" | "actor">;

/** Which mutants are asked about, and who is told. */
export interface Mutating extends Searching {
  /** So many mutants of each world, picked by the seed; all where left out. */
  readonly sample?: number | undefined;
  readonly seed: number;
  /** Called once for each mutant, in the same order in every thread: whether this one is to search it. */
  readonly takes: () => boolean;
  /** Whether a mutant need not be asked about; none where left out. */
  readonly settled?: (mutant: Mutant) => boolean;
  /** What is known of a mutant from before. */
  readonly known: (result: Asked) => MutantVerdict | undefined;
  readonly tell: (result: MutantResult) => void;
}

/** Some of the mutants; what one world takes, another that has it takes before what it does not take. */
const sampled = (mutants: readonly Mutant[], seed: number, sample = Infinity): readonly Mutant[] => {
  if (sample >= mutants.length) return mutants;
  const rank = ({ id }: Mutant): string => createHash("sha256").update(`${seed} ${id}`).digest("hex");
  const ranked = mutants.map((mutant) => ({ mutant, by: rank(mutant) }));
  return ranked
    .toSorted((a, b) => (a.by < b.by ? -1 : 1))
    .slice(0, sample)
    .map(({ mutant }) => mutant);
};

/** Tells questions apart whose model has the same version: by the code of the properties, and by what was found. */
const askedOf = (
  { properties }: Problem<unknown>,
  { states, transitions, findings }: Exploration<unknown>,
) => {
  const code = properties.map((property) =>
    JSON.stringify(property, (_, value: unknown) => (typeof value === "function" ? String(value) : value)),
  );
  const said = findings.map(({ antecedent, path }) => [antecedent, path?.steps.length ?? null]);
  const text = JSON.stringify([code, states, transitions, said]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
};

/**
 * Asks the properties of each scenario about its mutants, one after the other, and gives what this thread found and the
 * worlds that were too large; an interrupt ends it.
 */
export const mutateWorlds = async (
  scenarios: readonly AnyScenario[],
  wish: Wish,
  { sample, seed, settled = () => false, takes, known, tell, ...searching }: Mutating,
): Promise<{ readonly results: readonly MutantResult[]; readonly tooLarge: readonly string[] }> => {
  const results: MutantResult[] = [];
  const tooLarge: string[] = [];
  const { explore, pulse, most } = searching;
  const ended = async (): Promise<boolean> =>
    (await pulse({ depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 })) !== undefined;
  for (const scenario of scenarios) {
    if (await ended()) break;
    const world = worldText(scenario, choiceOf(scenario, wish));
    const { problem, exploration } = await answer(scenario, {
      ...wish,
      explore,
      pulse,
      bounds: { states: most },
    });
    if (exploration.stop !== "exhausted" && exploration.stop !== "constraint") {
      tooLarge.push(world);
      continue;
    }
    const version = versionOf(problem);
    const asked = askedOf(problem, exploration);
    let seen: Seen | undefined;
    const original = { problem, found: exploration, seen: () => (seen ??= seenBy(problem, exploration)) };
    const mutants = sampled(mutantsOf(problem, exploration), seed, sample);
    for (const mutant of mutants.filter((one) => !settled(one))) {
      if (!takes()) continue;
      const named: Asked = { world, version, asked, mutant: mutant.id };
      const before = known(named);
      const verdict = before ?? (await verdictOn(original, mutant, searching));
      if (before === undefined && (await ended())) return { results, tooLarge };
      const result = { ...named, action: mutant.action, actor: mutant.actor, verdict };
      results.push(result);
      if (before === undefined) tell(result);
    }
  }
  return { results, tooLarge };
};
