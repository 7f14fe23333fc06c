import type { Step } from "../model/model.ts";

/** How many letters of each word a spelling has, the shortest first. */
const LENGTHS = [1, 2, 3, 4, 5];
/** A shorter abbreviation of an action is hard to read. */
const FEWEST = 2;

const wordsOf = (name: string): readonly string[] =>
  name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== "");

const begun = (name: string, letters: number): string =>
  wordsOf(name)
    .map((word) => word.slice(0, letters))
    .join("");

/** A name in characters that mean nothing to a shell or a schedule, other ones as `%` and four hex digits. */
const whole = (name: string): string =>
  name.replace(
    /^[0-9]|[^A-Za-z0-9_]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A number as it is, a text by the beginnings of its words, or whole. */
const argText = (value: string | number, letters: number | undefined): string => {
  if (typeof value === "number") return whole(`_${value}`).slice(1);
  const short = letters === undefined ? "" : begun(value, letters + 1);
  return /^[A-Za-z]/.test(short) ? short : whole(value);
};

/**
 * The ways to write a step, the shortest first: its action by the beginnings of its words, as many letters of each, or by its
 * whole name, and then its arguments: `mo0`, `moou0`, ..., `mode_outside,0`.
 */
export const spellingsOf = <S>({ action: { name }, args }: Step<S>): readonly string[] => {
  const values = Object.values(args);
  const joined = (code: string, letters: number): string => {
    const texts = values.map((value) => argText(value, letters));
    const apart = typeof values[0] === "number" && !/[0-9]$/.test(code) ? "" : ",";
    return texts.length === 0 ? code : `${code}${apart}${texts.join(",")}`;
  };
  const short = LENGTHS.flatMap((letters) => {
    const code = begun(name, letters);
    return code.length >= FEWEST && /^[A-Za-z]/.test(code) ? [joined(code, letters)] : [];
  });
  const long = [whole(name), ...values.map((value) => argText(value, undefined))].join(",");
  return [...new Set([...short, long])];
};
