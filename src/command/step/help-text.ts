import { COMMANDS } from "./command.ts";
import { indented } from "./position-text.ts";

/** The commands, each with what it does. */
export const helpLines = (): readonly string[] => {
  const rows = [
    ["NUMBER", "take the step of that number"],
    ["STEP", "take the step of that name: ACTION(ARG=VALUE), or as a trace has it"],
    ...COMMANDS.map(({ words, takes, about }) => [`${words.join(", ")} ${takes}`.trim(), about]),
  ];
  return rows.flatMap(([what, about]) => indented(`${what.padEnd(18)} ${about}`, 19));
};

/** What an empty line is answered with. */
export const briefHelp =
  "a number or a name takes a step; undo, redo, jump N, state, properties, shortest, go, trace, help, quit";
