import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of the documentation. */
export const inDocs = (file: string): string => fileURLToPath(new URL(`../../docs/${file}`, import.meta.url));

/**
 * A page with the figures that a command has measured, in place of those that were there.
 * @throws Error when the page has no place for them.
 */
export const withFigures = (text: string, command: string, lines: readonly string[]): string => {
  const [begin, end] = [`<!-- figures of ${command} -->`, `<!-- end of the figures of ${command} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no place for the figures: ${begin} ... ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${lines.join("\n")}\n${text.slice(to)}`;
};

/**
 * Puts the figures that a command has measured into docs/performance.md, in place of those that were there.
 * @throws Error when the page has no place for them.
 */
export const writeFigures = (command: string, lines: readonly string[]): void => {
  const page = inDocs("performance.md");
  writeFileSync(page, withFigures(readFileSync(page, "utf8"), command, lines));
};
