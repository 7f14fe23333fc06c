import { CheckError, nearest } from "../../errors.ts";

/** A command as help and the documentation show it. */
export interface CommandHelp {
  readonly words: readonly string[];
  readonly takes: string;
  readonly about: string;
}

/** Every command but the choice of a step. */
export const COMMANDS = [
  { words: ["show"], takes: "", about: "where the walk stands, and what can be done there" },
  { words: ["undo", "u"], takes: "", about: "take the last step back" },
  { words: ["redo"], takes: "", about: "take again the step that was undone" },
  { words: ["jump"], takes: "N", about: "stand after N steps of the walk, those undone included" },
  { words: ["start"], takes: "[N]", about: "back to the start; with N begin anew in start state N" },
  { words: ["state"], takes: "[PATH]", about: "the whole state, or what is below PATH" },
  { words: ["properties"], takes: "", about: "what the walk says so far of each property asked" },
  {
    words: ["shortest"],
    takes: "[ID] [N]",
    about: "the shortest run from here to a violation (of ID), looked for in N states",
  },
  { words: ["go"], takes: "[N]", about: "take the next step of that run, or the next N" },
  { words: ["trace"], takes: "", about: "the walk as a run, and the command that replays it" },
  { words: ["help", "?"], takes: "", about: "this list" },
  { words: ["quit", "q"], takes: "", about: "end" },
] as const satisfies readonly CommandHelp[];

/** The name of a command, the first of its words. */
export type Name = (typeof COMMANDS)[number]["words"][0];

/** A line of input, understood: a step by its number or its words, or a command and what it was given. */
export type Command =
  | { readonly name: "number"; readonly number: number }
  | { readonly name: "words"; readonly text: string }
  | { readonly name: Name; readonly given: readonly string[] };

/** Everything that a line may begin with besides a step. */
export const commandWords: readonly string[] = COMMANDS.flatMap(({ words }) => words);

/** A whole number that a command was given; `otherwise` where it was given none. @throws CheckError when it is no number. */
export const numberGiven = (name: string, text: string | undefined, otherwise?: number): number => {
  if (text === undefined && otherwise !== undefined) return otherwise;
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const what = text === undefined ? `${name} takes a number` : `${name} takes a number, not "${text}"`;
  throw new CheckError("usage", `${what}, like ${name} 3`);
};

const mostGiven = (takes: string): number => takes.split(" ").filter((word) => word !== "").length;

/** Reads a line that is not blank. @throws CheckError when a command is given more than it takes. */
export const commandIn = (line: string): Command => {
  const text = line.trim();
  if (/^\d{1,9}$/.test(text)) return { name: "number", number: Number(text) };
  const [word = "", ...given] = text.split(/\s+/);
  const command = COMMANDS.find(({ words }) => (words as readonly string[]).includes(word));
  if (command === undefined) return { name: "words", text };
  const [name] = command.words;
  const most = mostGiven(command.takes);
  if (given.length > most)
    throw new CheckError(
      "usage",
      `${name} takes ${most === 0 ? "nothing" : command.takes}, and is given "${given.join(" ")}"`,
    );
  return { name, given };
};

/** `(did you mean "undo"?)` with a blank before it, where a known name is near. */
export const meantText = (text: string, known: readonly string[]): string => {
  const near = nearest(text, known);
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
};
