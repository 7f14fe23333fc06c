import { ExpressionError } from "./expression-error.ts";

/** The most characters of an expression. */
const MOST_CHARACTERS = 2000;

/** What CEL has and this language has not, looked for outside of quoted words. */
const REFUSED: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\/\//, () => '"//" is not in the language: there are no comments in an expression'],
  [/\b(?:[rR]|[bB])(?=["'])/, () => "a quoted word has no letter before its quotes"],
  [/"""/, () => "a word in quotes has one quote on each side"],
  [/(?<![\w.])0\d+/, (found) => `${found} begins with 0: write it in decimal, or with 0x in hexadecimal`],
  [/=>|===|!==|<<|>>|\*\*|\+\+|--|->|::|\?\./, (found) => `"${found}" is not in the language`],
];

const characterOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `the character ${/\p{C}/u.test(character) ? "" : `"${character}" `}(U+${code})`;
};

/** Refuses a text with characters, or pairs of them, that CEL reads otherwise than people do. @throws ExpressionError with where. */
export const checkCharacters = (text: string): void => {
  if (text.trim() === "") throw new ExpressionError(text, { start: 0, end: 0 }, "the expression is empty");
  if (text.length > MOST_CHARACTERS)
    throw new ExpressionError(
      text,
      { start: MOST_CHARACTERS, end: text.length },
      `an expression of ${text.length} characters: at most ${MOST_CHARACTERS}`,
    );
  const strange = /[^\t\n\r -~]/u.exec(text);
  if (strange !== null)
    throw new ExpressionError(
      text,
      { start: strange.index, end: strange.index + strange[0].length },
      `${characterOf(strange[0])} is not ASCII text`,
    );
  const backslash = text.indexOf("\\");
  if (backslash >= 0)
    throw new ExpressionError(text, { start: backslash, end: backslash + 1 }, '"\\" is not in the language');
  const unquoted = text.replaceAll(/"[^"]*"|'[^']*'/g, (quoted) => `""${" ".repeat(quoted.length - 2)}`);
  for (const [pattern, words] of REFUSED) {
    const found = pattern.exec(unquoted);
    if (found !== null) {
      const end = found.index + found[0].length;
      throw new ExpressionError(text, { start: found.index, end }, words(found[0]));
    }
  }
};
