import { versionOf } from "../check/model-version.ts";
import type { Verdict } from "../check/verdict-word.ts";
import { isLaw, type Property } from "../model/property.ts";
import type { Stop } from "../problem/exploration.ts";
import { groupAlike, type Case } from "./cases.ts";
import { checkGroup, type CaseResult, type Searching } from "./gate.ts";
import type { NoEffect } from "./no-effect.ts";
import type { Asked, PropertyResult } from "./outcome.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** What a search says of a property, in plain words and numbers: threads tell each other. */
export interface PlainVerdict extends Pick<
  PropertyResult,
  "verdict" | "because" | "expected" | "reason" | "asExpected"
> {
  readonly id: string;
  readonly kind: Property<unknown>["kind"];
  readonly isLaw: boolean;
  /** Steps of the run that decides it, the shortest; null where no run does. */
  readonly traceLength: number | null;
  /** The run as `replay` takes it. */
  readonly handle: string | null;
}

/** What was found of one combination, in plain words and numbers. */
export interface PlainResult extends Pick<
  CaseResult,
  "choice" | "stop" | "complete" | "depth" | "states" | "refusal" | "idleChanges"
> {
  readonly modelVersion: string;
  readonly verdicts: readonly PlainVerdict[];
}

const plain = ({
  choice,
  problem,
  stop,
  complete,
  depth,
  states,
  refusal,
  idleChanges,
  properties,
}: CaseResult): PlainResult => ({
  choice,
  modelVersion: versionOf(problem),
  stop,
  complete,
  depth,
  states,
  refusal,
  ...(idleChanges === undefined ? {} : { idleChanges }),
  verdicts: properties.map(({ property, verdict, because, expected, reason, asExpected, evidence }) => ({
    id: property.id,
    kind: property.kind,
    isLaw: isLaw(property),
    verdict,
    because,
    expected,
    reason,
    asExpected,
    traceLength: evidence === null ? null : evidence.trace.steps.length,
    handle: evidence?.handle ?? null,
  })),
});

/** One combination and what was found of it. */
export interface Combination extends PlainResult {
  /** The place of its model: combinations with the same number were answered by one search. */
  readonly model: number;
  /** What else was asked of all combinations and has no effect in this one. */
  readonly noEffect: readonly NoEffect[];
}

/** What was found of several combinations, in the order in which they were asked. */
export interface Matrix {
  readonly scenario: AnyScenario;
  readonly asked: Asked;
  readonly properties: readonly Property<unknown>[];
  /** Laws that were left out, for such a search cannot check them. */
  readonly notAsked: readonly Property<unknown>[];
  /** The axes and options of which several values were asked. */
  readonly several: readonly string[];
  readonly combinations: readonly Combination[];
  readonly models: number;
  readonly refused: readonly { readonly choice: Choice; readonly because: string }[];
  /** Combinations that were not looked at: all ended early. */
  readonly left: readonly Choice[];
  /** Why all ended early, where they did. */
  readonly stop: Stop | undefined;
}

/** What was found of a model, by its place among those that were to be searched. */
export interface ModelResult {
  readonly model: number;
  readonly results: readonly PlainResult[];
}

/**
 * Searches the models that `takes` says, one after the other; the cases of each are known to come to it. A search that is
 * cut short by `pulse` is the last.
 */
export const searchModels = async (
  models: readonly (readonly Case[])[],
  searching: Searching,
  takes: () => boolean,
): Promise<readonly ModelResult[]> => {
  const found: ModelResult[] = [];
  for (const [model, cases] of models.entries())
    if (takes()) {
      const results = await checkGroup(groupAlike(cases), searching);
      found.push({ model, results: results.map(plain) });
    }
  return found;
};

/** From the gravest to what says least. */
const ORDER: readonly Verdict[] = [
  "violated",
  "unknown",
  "holds-to-bound",
  "vacuous",
  "holds",
  "witnessed",
  "not-applicable",
];

/** A verdict, whether it is on a law, and the steps of the run that decides it, if one does. */
type Graded = Pick<PlainVerdict, "verdict" | "isLaw" | "traceLength">;

/** Whether a verdict is that a law has nothing to say, which is as good as that it holds. */
export const isIdleLaw = ({ verdict, isLaw: law }: Pick<Graded, "verdict" | "isLaw">): boolean =>
  law && verdict === "vacuous";

const rank = (graded: Graded): number => {
  const { verdict, traceLength } = graded;
  if (isIdleLaw(graded)) return ORDER.indexOf("not-applicable") - 0.5;
  return verdict === "violated" && traceLength !== null ? -1 / (1 + traceLength) : ORDER.indexOf(verdict);
};

/** By gravity: violations first, the shortest run first. */
export const byGravity = (a: Graded, b: Graded): number => rank(a) - rank(b);

/** The gravest verdict on some properties, the first of those that are alike; undefined where nothing was asked. */
export const gravest = <V extends Graded>({ verdicts }: { readonly verdicts: readonly V[] }): V | undefined =>
  verdicts.toSorted(byGravity)[0];
