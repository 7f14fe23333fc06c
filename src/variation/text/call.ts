import { choices, type Action, type Args } from "../../model/action.ts";
import type { Scope } from "../../schema/domain.ts";
import { own } from "../../schema/own.ts";
import { FaultError, unknown } from "./faults.ts";
import type { Written } from "./written.ts";

/** An action as it is named, with some of its arguments fixed: `ACTION(arg=value, ...)`. */
export interface Call {
  readonly action: Written;
  readonly args: readonly { readonly name: Written; readonly value: Written }[];
}

const CALL = /^([A-Za-z_][\w-]*)\s*(?:\(([^()]*)\))?$/;
const ARGUMENT = /^(\s*)([A-Za-z_]\w*)(\s*=\s*)([\w-]+)\s*$/;

/** A part of a text, where it stands. */
export const partOfText = ({ at }: Written, text: string, from: number): Written =>
  at === undefined ? { text } : { text, at: at.verbatim ? { ...at, offset: at.offset + from } : at };

/** Reads a call. @throws FaultError when it is none. */
export const callOf = (said: Written): Call => {
  const { text } = said;
  const parts = CALL.exec(text.trim());
  if (parts === null)
    throw unknownShape(said, `"${text}" names no step: write ACTION, or ACTION(arg=value, ...)`);
  const [, action, inside] = parts;
  if (inside === undefined) return { action: partOfText(said, action, 0), args: [] };
  let from = text.indexOf("(") + 1;
  const args = inside.split(",").map((one) => {
    const found = ARGUMENT.exec(one);
    if (found === null)
      throw unknownShape(partOfText(said, one, from), `"${one.trim()}" is no argument: write arg=value`);
    const [, blank, name, equals, value] = found;
    const at = from + blank.length;
    from += one.length + 1;
    return {
      name: partOfText(said, name, at),
      value: partOfText(said, value, at + name.length + equals.length),
    };
  });
  return { action: partOfText(said, action, 0), args };
};

const unknownShape = ({ at, text }: Written, message: string): FaultError => {
  const odd = /[^\x20-\x7e]/u.exec(text);
  return odd === null ? new FaultError(at, message) : unknown("step", { text, ...(at && { at }) }, []);
};

/** The values that a call fixes, each as the action has it. @throws FaultError where the action has no such argument or value. */
export const fixedBy = <S>({ args }: Call, action: Action<S>, scope: Scope): Args => {
  const all = choices(action.args, scope);
  return Object.fromEntries(
    args.map(({ name, value }) => {
      const names = Object.keys(action.args);
      if (!names.includes(name.text)) throw unknown(`argument of ${action.name}`, name, names);
      const values = [...new Set(all.map((one) => one[name.text]))];
      const found = values.find((one) => String(one) === value.text);
      if (found === undefined)
        throw unknown(`value of ${name.text}, an argument of ${action.name},`, value, values.map(String));
      return [name.text, found];
    }),
  );
};

/** Whether some arguments have the values that are fixed. */
export const agree = (fixed: Args, args: Args): boolean =>
  Object.entries(fixed).every(([name, value]) => own(args, name) === value);
