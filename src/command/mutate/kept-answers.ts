import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CheckError, systemReason } from "../../errors.ts";
import type { MutantResult } from "../../mutate/mutate-worlds.ts";
import type { MutantVerdict } from "../../mutate/verdict-on-mutant.ts";

/** Answers about mutants that are kept in a folder, a line each, so that several threads may add to them. */
export interface KeptAnswers {
  readonly known: (result: Omit<MutantResult, "verdict" | "actor">) => MutantVerdict | undefined;
  readonly tell: (result: MutantResult) => void;
}

/** What tells an answer from others: an open one depends on the limit. */
const keyOf = ({ world, version, mutant }: Omit<MutantResult, "verdict" | "actor">): string =>
  JSON.stringify([world, version, mutant]);

/** The answer in a line; nothing where the line was not written whole. */
const answerIn = (line: string): MutantResult | undefined => {
  try {
    return JSON.parse(line) as MutantResult;
  } catch {
    return undefined;
  }
};

const nothing: KeptAnswers = { known: () => undefined, tell: () => undefined };

/** The answers in a folder, which is made where there is none; none are kept without a folder. @throws CheckError when it cannot be written. */
export const keptIn = (folder: string | undefined): KeptAnswers => {
  if (folder === undefined) return nothing;
  const file = join(folder, "mutants.jsonl");
  const attempt = <T>(what: () => T): T => {
    try {
      return what();
    } catch (error) {
      throw new CheckError("output", `cannot keep answers in ${folder}: ${systemReason(error)}`, {
        cause: error,
      });
    }
  };
  const lines = attempt(() => {
    mkdirSync(folder, { recursive: true });
    // What was cut off in its last line begins a new one.
    appendFileSync(file, existsSync(file) && !readFileSync(file, "utf8").endsWith("\n") ? "\n" : "");
    return readFileSync(file, "utf8").split("\n");
  });
  const answers = new Map<string, MutantVerdict>();
  for (const line of lines) {
    const answer = answerIn(line);
    if (answer !== undefined && answer.verdict.kind !== "open") answers.set(keyOf(answer), answer.verdict);
  }
  return {
    known: (result) => answers.get(keyOf(result)),
    tell: (result) => attempt(() => appendFileSync(file, `${JSON.stringify(result)}\n`)),
  };
};
