import type { Range } from "../../model/action.ts";
import type { Scope } from "../../schema/domain.ts";
import { FaultError, unknown } from "../text/faults.ts";
import type { NewArgument } from "../variation.ts";

const WORD = /^[A-Za-z_]\w*$/;

const rangeOf = ({ range }: NewArgument, scope: Scope): Range => {
  if ("text" in range) {
    const families = Object.keys(scope);
    if (!families.includes(range.text)) throw unknown("family", range, families);
    return range.text;
  }
  for (const [i, word] of range.entries()) {
    if (!WORD.test(word.text)) throw new FaultError(word.at, `"${word.text}" is no word`);
    if (range.findIndex(({ text }) => text === word.text) < i)
      throw new FaultError(word.at, `"${word.text}" is there twice`);
  }
  return range.map(({ text }) => text);
};

/** The arguments of an action or property. @throws FaultError where a name or range is none. */
export const rangesOf = (args: readonly NewArgument[], scope: Scope): Readonly<Record<string, Range>> =>
  Object.fromEntries(
    args.map((arg) => {
      if (!WORD.test(arg.name.text) || arg.name.text === "__proto__")
        throw new FaultError(arg.name.at, "an argument is a word: letters, digits and _, no digit first");
      return [arg.name.text, rangeOf(arg, scope)];
    }),
  );
