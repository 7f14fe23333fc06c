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
export const wordsOf = (world: World, result: PropertyResult, evidence: Evidence): RunWords => {
  const { starred, lost } = deciding(world, result, evidence, {});
  return {
    mail: `${counterexample(world, result, evidence, {}).join("\n")}\n`,
    told: toldIn(world, result, evidence, lost),
    starred: [...starred],
  };
};
