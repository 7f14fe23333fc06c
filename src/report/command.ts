import { settingsOf } from "../model/choice.ts";
import type { AnyScenario, Choice } from "../model/scenario.ts";
import { INDENT, ROOM } from "./columns.ts";
import { ascii } from "./wrap.ts";

/** Room for a continued line's own indentation and for the blank and backslash at its end. */
const MOST = ROOM - 4;

/** A word too long for a line, in pieces, cut after colons where it has some: `replay` joins them again. */
const pieces = (word: string): readonly string[] => {
  if (word.length <= MOST) return [word];
  const colon = word.lastIndexOf(":", MOST - 1);
  const at = colon > 0 ? colon + 1 : MOST;
  return [word.slice(0, at), ...pieces(word.slice(at))];
};

/** The options that choose a world, as a command takes them. */
export const worldFlags = (scenario: AnyScenario, choice: Choice): string =>
  [
    `--scenario ${scenario.name}`,
    ...(choice.design === null ? [] : [`--design ${choice.design}`]),
    ...(choice.guest === null ? [] : [`--guest ${choice.guest}`]),
    ...settingsOf(scenario, choice).map((setting) => `--set ${setting}`),
  ].join(" ");

/** A shell command, continued with backslashes where it is too long for a line. */
export const commandLines = (command: string): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const piece of ascii(command).split(" ").flatMap(pieces)) {
    if (line !== "" && line.length + 1 + piece.length > ROOM - 2) {
      lines.push(`${line} \\`);
      line = `  ${piece}`;
    } else line += line === "" ? piece : ` ${piece}`;
  }
  return [...lines, line].map((text) => `${" ".repeat(INDENT)}${text}`);
};
