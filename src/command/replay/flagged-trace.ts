import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import {
  FLAGGED,
  flagName,
  flagsAsking,
  QUESTION_FLAGS,
  type QuestionFlags,
} from "../../variation/flags/question-flags.ts";
import { withQuestion } from "../flags/question-flags.ts";
import type { Io } from "../terminal/io.ts";
import { meantRun } from "./meant-run.ts";
import { replay, type ReplayFlags } from "./replay-command.ts";

/** The ids of what flags ask themselves: `never`, `leads-to-2`. */
const OWN = /^(never|always|reach|leads-to)(-\d+)?$/;

/** The options of a question, and which trace of a file is meant, as parsed. */
type TracedFlags = Omit<QuestionFlags, "property"> & { readonly property?: string | undefined };

/**
 * What is loaded, with the question that flags ask: that of the trace.
 * @throws CheckError when the trace is of no question of flags, or of other ones.
 */
export const withFlagged = async (
  load: Load,
  words: readonly string[],
  flags: TracedFlags,
  io: Io,
): Promise<Load> => {
  const { property, ...question } = flags;
  const given = flagsAsking(question).join(", ");
  if (given === "") return load;
  const { handle } = await meantRun(words, property);
  const fields = handle.split(":");
  const [name] = fields;
  const code = fields.at(-2) ?? "";
  if (!name.endsWith(FLAGGED))
    throw new CheckError("usage", `the trace was found in ${name} as it is: leave out ${given}`);
  const asksItself = OWN.test(code);
  const kind = code.replace(/-\d+$/, "");
  if (asksItself && !QUESTION_FLAGS.some((flag) => flagName(flag) === kind && flags[flag] !== undefined))
    throw new CheckError("usage", `the trace decides ${code}: give --${kind} too, as the report has it`);
  const [loading] = await withQuestion(
    [
      load,
      {
        ...question,
        scenario: name.slice(0, -FLAGGED.length),
        ...(asksItself || code === "-" ? {} : { property: [code] }),
      },
    ],
    io,
  );
  return loading;
};

/** `replay TRACE` of what is loaded, and of the question that flags ask. */
export const replayGiven = async (
  load: Load,
  words: readonly string[],
  flags: ReplayFlags & QuestionFlags,
  io: Io,
): Promise<void> => replay(await (await withFlagged(load, words, flags, io))(), words, flags, io);
