import { inText, ofType, refuse, refuseName, refuseType, type Checked, type Context } from "./checked.ts";
import { didYouMean } from "./expression-error.ts";
import { inWords, type TypeOf } from "./type.ts";

/** Refuses words that are written here and that `name` never is, whose values are given. */
export const checkWord = (context: Context, word: Checked, name: string, values: readonly string[]): void => {
  for (const one of word.word === undefined ? (word.branches ?? []) : [word]) {
    const [value] = (one.type as TypeOf<"word">).values;
    if (!values.includes(value))
      refuse(context, one.term, `${name} has no value ${value}${didYouMean(value, values)}`, value);
  }
};

/** Two sides that are both words: one of them may be a word that is written, and then has to be one of the other's. */
const checkWords = (context: Context, left: Checked, right: Checked): void => {
  if (left.word !== undefined && right.word !== undefined) {
    const bare = [left, right].find(({ word }) => word === "bare");
    if (bare?.term.kind === "name") refuseName(context, bare.term, bare.term.name);
    return;
  }
  checkWord(context, right, inText(context, left), (left.type as TypeOf<"word">).values);
  checkWord(context, left, inText(context, right), (right.type as TypeOf<"word">).values);
};

/** Refuses a record or vector, which is no value. */
const checkIsValue = (context: Context, side: Checked, other: Checked): void => {
  if (side.type.kind !== "record" && side.type.kind !== "vector") return;
  if (other.type.kind === "word" && other.word === undefined) refuseType(context, side, other.type);
  refuse(
    context,
    side.term,
    `${inText(context, side)} is ${inWords(side.type)}: only values are compared, one by one`,
  );
};

/** The two sides of `==`: they have to be values of one type. */
export const checkSides = (context: Context, left: Checked, right: Checked): void => {
  checkIsValue(context, left, right);
  checkIsValue(context, right, left);
  if (left.word === "bare" && right.type.kind !== "word") refuseType(context, left, right.type);
  ofType(context, right, left.type);
  if (left.type.kind === "word") checkWords(context, left, right);
  if (left.type.kind === "set" && right.type.kind === "set" && left.type.family !== right.type.family)
    refuseType(context, right, left.type);
};
