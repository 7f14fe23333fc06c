/** The longest line of a message: what was given may be a file by mistake. */
const LONGEST = 1000;

const shortened = (line: string): string => {
  const end = 200;
  return line.length <= LONGEST
    ? line
    : `${line.slice(0, LONGEST - end)} ... (${line.length - LONGEST} more) ... ${line.slice(-end)}`;
};

const CODE = 16;
const escaped = (char: string): string => `\\u{${char.codePointAt(0)!.toString(CODE)}}`;

/**
 * A message that quotes what somebody typed, or a file has, as it can be sent to any terminal: characters that move the
 * cursor, set colours, or turn the direction of writing are written as `\u{1b}`, and long lines are cut in their middle.
 */
export const printable = (text: string): string =>
  text
    .split("\n")
    .map((line) => shortened(line.replaceAll(/(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped)))
    .join("\n");
