import { partOfText } from "../text/call.ts";
import { FaultError } from "../text/faults.ts";
import type { Amend } from "../variation.ts";
import type { Written } from "../text/written.ts";

const WORDS = /(?:^|\s)(guard|without|when|set)(?:\s|$)/;

/** A part of what a flag says, without the blanks around it. */
export const trimmed = (said: Written, from: number, to = said.text.length): Written => {
  const part = said.text.slice(from, to);
  const blank = part.length - part.trimStart().length;
  return partOfText(said, part.trim(), from + blank);
};

/** What stands between commas. */
const listIn = (said: Written): readonly Written[] => {
  let from = 0;
  return said.text.split(",").map((one) => {
    const part = trimmed(said, from, from + one.length);
    from += one.length + 1;
    if (part.text === "") throw new FaultError(part.at, "a place in the state is missing here: PATH, PATH");
    return part;
  });
};

/** `ACTION without PATH, PATH`, `ACTION when EXPR`, `ACTION guard EXPR` or `ACTION set PATH: EXPR`. @throws FaultError where it is none. */
export const changeInFlag = (said: Written): Amend => {
  const found = WORDS.exec(said.text);
  const shape = "write ACTION without PATH, ACTION when EXPR, ACTION guard EXPR, or ACTION set PATH: EXPR";
  if (found === null) throw new FaultError(said.at, `"${said.text}" says no change: ${shape}`);
  const [, word] = found;
  const at = found.index + found[0].indexOf(word);
  const action = trimmed(said, 0, found.index);
  const rest = trimmed(said, at + word.length);
  if (action.text === "") throw new FaultError(said.at, `which action? ${shape}`);
  if (rest.text === "") throw new FaultError(rest.at, `nothing follows "${word}": ${shape}`);
  const amend = { kind: "in", action, cites: [] } as const;
  if (word === "when" || word === "guard") return { ...amend, [word]: rest };
  if (word === "without") return { ...amend, without: listIn(rest) };
  const colon = rest.text.indexOf(":");
  if (colon < 0) throw new FaultError(rest.at, `"${rest.text}" writes nothing: write set PATH: EXPR`);
  return { ...amend, set: [{ path: trimmed(rest, 0, colon), value: trimmed(rest, colon + 1) }] };
};
