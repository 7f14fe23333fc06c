import type { AnyScenario } from "../catalogue/scenario.ts";
import type { Again } from "../catalogue/varied.ts";
import { flagName, QUESTION_FLAGS, type QuestionFlags } from "../variation/flags/question-flags.ts";
import { quoted, worldFlag } from "./command-line.ts";

/** The flags as they are typed. */
const typed = (flags: QuestionFlags): string =>
  QUESTION_FLAGS.flatMap((flag) =>
    (flags[flag] ?? []).map((value) => `--${flagName(flag)} ${quoted(value)}`),
  ).join(" ");

/** How what flags ask of a scenario is asked again. */
export const askedAgain = (scenario: AnyScenario, flags: QuestionFlags): Again => {
  const file = scenario.varied === undefined ? "" : `${scenario.varied.again.run} `;
  return {
    world: `${worldFlag(scenario)} ${typed(flags)}`.trim(),
    run: `${file}${typed(flags)}`.trim(),
    byFlags: true,
  };
};
