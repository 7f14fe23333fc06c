/** A term as it is looked for: `pour()` is `pour`, `jug[0].amount` and `jug[j].amount` are `jug[].amount`. */
export const plainTerm = (term: string): string =>
  term
    .trim()
    .replace(/\(\)$/, "")
    .replaceAll(/\[\w+\]/g, "[]");

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** No text has words that are longer together, and a pattern of them might be too large. */
export const LONG = 200;

/** Shorter words are looked for whole: every text has an "EOI" somewhere in another word. */
const SHORT = 4;

const patternOf = (word: string): RegExp => {
  // A register is TSC_DEADLINE in one text, TSC-deadline in another and TSCDEADLINE in a name.
  const parts = word.split(/[_-]+/).map(escaped);
  const end = word.length < SHORT ? "(?![a-z0-9])" : "";
  return new RegExp(`(?<![a-z0-9])${parts.join("[_-]?")}${end}`, "i");
};

/** Whether a text has every word of a term, each from the beginning of a word of the text; `_` and `-` may be missing. */
export const matcher = (term: string): ((text: string) => boolean) => {
  if (term.length > LONG) return () => false;
  const patterns = plainTerm(term)
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(patternOf);
  return (text) => patterns.length > 0 && patterns.every((pattern) => pattern.test(text));
};
