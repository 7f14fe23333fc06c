import { grouped } from "../../catalogue/cases.ts";
import { checkGroup, type CaseResult } from "../../catalogue/gate.ts";
import type { Choice } from "../../catalogue/scenario.ts";
import type { WorldQuestion } from "../flags/world-question.ts";
import { meterOf } from "../search/progress.ts";
import { watch } from "../search/watch.ts";
import type { Io } from "../terminal/io.ts";
import { askedOfEach, type CompareFlags } from "./compare-flags.ts";

/** What is found under each choice, in their order; those that give the same model are searched once. */
export const searched = async (
  { scenario, properties }: Pick<WorldQuestion, "scenario" | "properties">,
  choices: readonly Choice[],
  flags: CompareFlags,
  io: Io,
): Promise<readonly CaseResult[]> => {
  const { exploreFast } = await import("../../explore.ts");
  const asked = askedOfEach(flags);
  const limits = { memoryBytes: flags.maxMemory, seconds: flags.timeLimit };
  const watching = watch(io, limits, meterOf(io, flags.quiet === true));
  const found = new Map<Choice, CaseResult>();
  try {
    for (const group of grouped(choices.map((choice) => ({ scenario, choice })))) {
      const searching = { explore: exploreFast, asked, pulse: watching.pulse, properties };
      for (const result of await checkGroup(group, searching)) found.set(result.choice, result);
    }
  } finally {
    watching.end();
  }
  return choices.flatMap((choice) => found.get(choice) ?? []);
};
