import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { makeDirectory } from "../../checkpoint/files.ts";
import { CheckError, systemReason } from "../../errors.ts";
import type { Asked, MutantResult } from "../../mutate/mutate-worlds.ts";
import type { MutantVerdict } from "../../mutate/verdict-on-mutant.ts";

/** Answers about mutants that are kept in a folder, a line each, so that several threads may add to them. */
export interface KeptAnswers {
  readonly known: (result: Asked) => MutantVerdict | undefined;
  readonly tell: (result: MutantResult) => void;
}

/** What tells an answer from others. */
const keyOf = ({ world, version, asked, mutant }: Asked): string =>
  JSON.stringify([world, version, asked, mutant]);

/** A line as it is kept: an open answer is none, for it depends on the limit. */
const Line = z.object({
  world: z.string(),
  version: z.string(),
  asked: z.string(),
  mutant: z.string(),
  action: z.string(),
  actor: z.string(),
  verdict: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("killed"), by: z.string(), steps: z.number().nullable() }),
    z.object({ kind: z.literal("changed"), by: z.string(), says: z.string() }),
    z.object({ kind: z.literal("equivalent") }),
    z.object({ kind: z.literal("survived") }),
  ]),
});

/** The answer in a line; nothing where it has none, or was not written whole. */
const answerIn = (line: string): MutantResult | undefined => {
  try {
    return Line.safeParse(JSON.parse(line)).data;
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
    makeDirectory(folder);
    // What was cut off in its last line begins a new one.
    appendFileSync(file, existsSync(file) && !readFileSync(file, "utf8").endsWith("\n") ? "\n" : "");
    return readFileSync(file, "utf8").split("\n");
  });
  const answers = new Map<string, MutantVerdict>();
  for (const line of lines) {
    const answer = answerIn(line);
    if (answer !== undefined) answers.set(keyOf(answer), answer.verdict);
  }
  return {
    known: (result) => answers.get(keyOf(result)),
    tell: (result) => attempt(() => appendFileSync(file, `${JSON.stringify(result)}\n`)),
  };
};
