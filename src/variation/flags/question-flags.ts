/** What flags of a command line ask beside what a scenario asks of itself, each as often as it is given. */
export interface QuestionFlags {
  readonly scope?: readonly string[];
  readonly with?: readonly string[];
  readonly drop?: readonly string[];
  readonly change?: readonly string[];
  readonly never?: readonly string[];
  readonly always?: readonly string[];
  readonly reach?: readonly string[];
  readonly leadsTo?: readonly string[];
  readonly fair?: readonly string[];
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  readonly property?: readonly string[];
}

/** The names of those flags that make a variation of a scenario; `property` alone may ask what the scenario has. */
export const QUESTION_FLAGS = [
  "scope",
  "with",
  "drop",
  "change",
  "never",
  "always",
  "reach",
  "leadsTo",
  "fair",
  "after",
  "before",
] as const satisfies readonly (keyof QuestionFlags)[];

/** A flag as it is typed: `leads-to`. */
export const flagName = (flag: keyof QuestionFlags): string =>
  flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Those of the flags that are given, as they are typed: `--leads-to`. */
export const flagsAsking = (flags: QuestionFlags): readonly string[] =>
  QUESTION_FLAGS.filter((flag) => flags[flag] !== undefined).map((flag) => `--${flagName(flag)}`);

/** What stands behind the name of a scenario that flags vary. */
export const FLAGGED = "+flags";
