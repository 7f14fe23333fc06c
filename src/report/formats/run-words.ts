import type { Evidence, PropertyResult } from "../../catalogue/outcome.ts";
import { counterexample, deciding, toldIn, type World } from "../counterexample.ts";

/** A run that decides a property, in words. */
export interface RunWords {
  /** As it is pasted into a mail. */
  readonly mail: string;
  /** In a few sentences. */
  readonly told: readonly string[];
  /** The places of the steps whose order decides. */
  readonly starred: readonly number[];
}

/** The words of a run. */
export const wordsOf = (world: World, result: PropertyResult, evidence: Evidence): RunWords => ({
  mail: `${counterexample(world, result, evidence, {}).join("\n")}\n`,
  told: toldIn(world, result, evidence),
  starred: [...deciding(world, result, evidence, {}).starred],
});
