import type { Change } from "../../check/trace.ts";
import type { Format } from "../../derive/format.ts";
import { isGhost } from "../changes.ts";
import { largest } from "../largest.ts";
import { ascii, wrap } from "../wrap.ts";

/** What most changes of a run are changes of: `vcpu[0]`. */
export interface Subject {
  readonly path: string;
  /** Whether all are: then a field stands without a dot before it. */
  readonly only: boolean;
}

const topOf = (path: string): string => path.split(".")[0];

/** The subject of some changes; none where no record has two of them. */
export const subjectOf = (changes: readonly Change[]): Subject | undefined => {
  const counts = new Map<string, number>();
  for (const { path } of changes) {
    const top = topOf(path);
    if (top !== path) counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  const most = largest([...counts.values()], 0);
  if (most < 2) return undefined;
  const [path] = [...counts].find(([, count]) => count === most)!;
  return { path, only: most === changes.length };
};

/** Changes with those of one record beside each other: of the subject first, then in the order in which they are first changed. */
const byRecord = (changes: readonly Change[], subject: Subject | undefined): readonly Change[] => {
  const records = new Map<string, Change[]>(subject === undefined ? [] : [[subject.path, []]]);
  for (const change of changes) {
    const top = topOf(change.path);
    records.set(top, [...(records.get(top) ?? []), change]);
  }
  return [...records.values()].flat();
};

/** A change as `mode IN_GUEST>OUTSIDE`, and the same without what was there before. */
interface Words {
  readonly whole: string;
  readonly short: string;
}

/** Changes in words. Of what a heading or the change before names already, only the field is written. */
const wordsOf = (
  changes: readonly Change[],
  format: Format<never>,
  subject: Subject | undefined,
): readonly Words[] => {
  let named = subject?.path;
  return byRecord(changes, subject).map(({ path, from, to }) => {
    const top = topOf(path);
    const field = path.slice(top.length);
    const name = top !== named || field === "" ? path : field.slice(subject?.only === true ? 1 : 0);
    named = top;
    const [before, after] = [format.value(path, from), format.value(path, to)];
    const framed = (text: string): string => ascii(isGhost(path) ? `[${text}]` : text);
    return { whole: framed(`${name} ${before}>${after}`), short: framed(`${name} >${after}`) };
  });
};

/** As many texts in a line as fit; one that is longer than a line is broken. */
const packed = (texts: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  texts.forEach((text, i) => {
    const last = lines.at(-1);
    const ended = i === texts.length - 1 ? text : `${text},`;
    if (last !== undefined && last.length + 1 + ended.length <= width)
      lines[lines.length - 1] = `${last} ${ended}`;
    else lines.push(ended);
  });
  return lines.flatMap((line) => wrap(line, width));
};

/** What a step changed, in lines of at most `width`; what was there before is left out where that saves a line. */
export const changeLines = (
  changes: readonly Change[],
  format: Format<never>,
  subject: Subject | undefined,
  width: number,
): readonly string[] => {
  const words = wordsOf(changes, format, subject);
  const whole = packed(
    words.map((word) => word.whole),
    width,
  );
  const short = packed(
    words.map((word) => word.short),
    width,
  );
  return short.length < whole.length ? short : whole;
};
