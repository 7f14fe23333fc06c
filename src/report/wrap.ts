/** Printable ASCII only, tabs as blanks: what survives a mail. */
export const ascii = (text: string): string => text.replace(/[\t\n\r]/g, " ").replace(/[^\x20-\x7e]/g, "?");

/** Where to break a word that is longer than a line: after punctuation if there is some in its second half. */
const breakIn = (word: string, width: number): number => {
  for (let at = width; at > width / 2; at--) if (/[-._/,:=[\]]/.test(word[at - 1])) return at;
  return width;
};

/**
 * Breaks a text into lines of at most `width` characters, each line after the first indented by `hang` more than the
 * text itself (where that leaves room). The text's own indentation is kept.
 */
export const wrap = (text: string, width: number, hang = 2): readonly string[] => {
  const plain = ascii(text);
  const depth = plain.length - plain.trimStart().length;
  const first = " ".repeat(Math.min(depth, Math.max(0, width - 4)));
  const rest = " ".repeat(Math.min(depth + hang, Math.max(0, width - 4)));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const flush = (): void => {
    lines.push(line);
    line = rest;
    empty = true;
  };
  for (const word of plain.trim().split(/ +/)) {
    let left = word;
    if (!empty && line.length + 1 + left.length > width) flush();
    for (;;) {
      const room = width - line.length - (empty ? 0 : 1);
      if (left.length <= room) break;
      const at = breakIn(left, room);
      line += left.slice(0, at);
      left = left.slice(at);
      flush();
    }
    line += empty ? left : ` ${left}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
};

/** Columns of Markdown prose. */
const PROSE = 100;

/** A paragraph of Markdown: lines of at most 100 characters, except for a word that is longer by itself. */
export const paragraph = (text: string): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > PROSE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};
