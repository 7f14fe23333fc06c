import { CheckError } from "../../errors.ts";
import { spellingsOf } from "../../check/step-spelling.ts";
import { stepText, type Step } from "../../model/model.ts";
import { commandWords, meantText } from "./command.ts";
import type { Visit } from "./walk.ts";

const plain = (text: string): string => text.replaceAll(/\s+/g, "");

/** Whether a step can be meant by a text: `ENTER(v=0)`, `ENTER`, or `EN0` as in a trace. */
const isMeant = (step: Step<unknown>, text: string): boolean =>
  plain(stepText(step)) === text || step.action.name === text || spellingsOf(step).includes(text);

const listed = (visits: readonly Visit[]): string =>
  visits.map(({ taken }) => stepText(taken.step)).join(", ");

/**
 * The enabled step that a text means.
 * @throws CheckError when it means none of them, or several; names the nearest command or step.
 */
export const namedStep = (
  steps: readonly Step<unknown>[],
  choices: readonly Visit[],
  given: string,
): Visit => {
  const text = plain(given);
  const meant = choices.filter(({ taken }) => isMeant(taken.step, text));
  const exact = meant.filter(({ taken }) => plain(stepText(taken.step)) === text);
  const [only, ...others] = exact.length === 1 ? exact : meant;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw new CheckError("usage", `"${given}" may be ${listed(meant)}: give its arguments, or its number`);
  const enabled = choices.map(({ taken }) => stepText(taken.step));
  if (steps.some((step) => isMeant(step, text)))
    throw new CheckError(
      "usage",
      `${given} is not enabled here; ${enabled.length === 0 ? "no step is" : `enabled are ${enabled.join(", ")}`}`,
    );
  const near = meantText(given, [...commandWords, ...enabled, ...steps.map(stepText)]);
  throw new CheckError(
    "unknown-name",
    `no command and no step is called "${given}"${near}\n  help lists the commands, show the steps`,
  );
};
