import { namedPairs, settingsOf } from "../catalogue/choice.ts";
import type { AnyScenario, Choice } from "../catalogue/scenario.ts";
import { INDENT, ROOM } from "./columns.ts";
import { ascii } from "./wrap.ts";

/** Room for a continued line's own indentation and for the blank and backslash at its end. */
const MOST = ROOM - 4;

/** A word too long for a line, in pieces, cut after colons and dots where it has some: `replay` joins them again. */
const pieces = (word: string): readonly string[] => {
  const cut: string[] = [];
  let from = 0;
  while (word.length - from > MOST) {
    const fits = word.slice(from, from + MOST);
    const last = Math.max(fits.lastIndexOf(":"), fits.lastIndexOf("."));
    const to = from + (last > 0 ? last + 1 : MOST);
    cut.push(word.slice(from, to));
    from = to;
  }
  return [...cut, word.slice(from)];
};

/** The option that names a world, or those that vary one. */
export const worldFlag = ({ name, varied }: AnyScenario): string =>
  varied === undefined ? `--scenario ${name}` : varied.again.world;

/** The options that choose a world, as a command takes them. */
export const worldFlags = (scenario: AnyScenario, choice: Choice): string =>
  [
    worldFlag(scenario),
    ...namedPairs(scenario, choice).map(([axis, value]) => `--${axis} ${value}`),
    ...settingsOf(scenario, choice).map((setting) => `--set ${setting}`),
  ].join(" ");

/** A word as a shell takes it: in quotes where it has a meaning there. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The words of a command; what is in quotes is one. */
const words = (command: string): readonly string[] => command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];

/** A shell command, continued with backslashes where it is too long for a line. */
export const commandLines = (command: string): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const piece of words(ascii(command)).flatMap((word) => (word.includes("'") ? [word] : pieces(word)))) {
    if (line !== "" && line.length + 1 + piece.length > ROOM - 2) {
      lines.push(`${line} \\`);
      line = `  ${piece}`;
    } else line += line === "" ? piece : ` ${piece}`;
  }
  return [...lines, line].map((text) => `${" ".repeat(INDENT)}${text}`);
};
