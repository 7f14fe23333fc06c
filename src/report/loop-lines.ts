import { INDENT } from "./columns.ts";

/** A run that may go on for ever. */
interface Looped {
  readonly steps: readonly unknown[];
  readonly loopAt?: number;
}

const mark = (text: string): string => `${" ".repeat(INDENT)}-- ${text} --`;

/** The line before a step of a run, if a loop begins there. */
export const loopBegins = ({ loopAt }: Pick<Looped, "loopAt">, place: number): readonly string[] =>
  place === loopAt ? [mark("the loop: from here on again and again")] : [];

/** The line after a run that goes on for ever. */
export const loopEnds = ({ steps, loopAt }: Looped): readonly string[] => {
  if (loopAt === undefined) return [];
  return [mark(loopAt === steps.length ? "here it stops for ever" : "back to where the loop begins")];
};
