/** How a finding stands: what is found is so and not mended, mended since, harmless, or only in what was proposed. */
export type Rating = "open" | "fixed" | "benign" | "proposal";

/** A change with which what is found is so no more, and nothing else is lost. */
export interface Fix {
  /** What it changes, in a sentence. */
  readonly about: string;
  /** What it adds to the command, as the command line takes it. */
  readonly flags: readonly string[];
  /** The values of each axis that it is meant for; all of an axis that is left out. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** Properties whose verdict is worse with it although nothing is lost, and why. */
  readonly gives?: Readonly<Record<string, string>>;
}

/** Something that nobody knew of before a search found it: how to show it, how to mend it, and what to doubt. */
export interface Finding {
  /** What people call it: `explain finding-a`. */
  readonly id: string;
  /** The ids of claims that say the same. */
  readonly claims?: readonly string[];
  /** What is found, in a sentence. */
  readonly statement: string;
  readonly rating: Rating;
  /** What the rating rests on. */
  readonly because: string;
  /** The versions that have it. */
  readonly affects: string;
  readonly source: string;
  /** What is explored, as the command line takes it behind `explore`: a scenario and flags. */
  readonly asks: readonly string[];
  /** The id of the property that it violates there. */
  readonly property: string;
  /** How many steps the shortest run to it has. */
  readonly steps: number;
  /** Each of them mends it; none where nothing has to be. */
  readonly fixes: readonly Fix[];
  /** What a reader should doubt. */
  readonly doubt: string;
  /** What one would write to those who can mend it: a subject, and three sentences. */
  readonly mail: { readonly subject: string; readonly text: readonly [string, string, string] };
  /** How it could be shown on a machine, and what cannot be ordered there. */
  readonly reproducer: string;
}

/** Every name that a finding is known by: its own, and the same of the claims that say it. */
export const namesOfFinding = ({ id, claims = [] }: Finding): readonly string[] => [
  ...new Set([id, ...claims.map((claim) => `finding-${claim}`)]),
];

/** What a word behind `--set` decides. */
const decides = (word: string): string => word.split("=")[0];

/** What is explored of a finding with a fix, as the command line takes it: what the fix sets is not set otherwise as well. */
export const asksWith = ({ asks }: Finding, { flags }: Fix): readonly string[] => {
  const settings = (words: readonly string[]) => words.filter((_, i) => words[i - 1] === "--set");
  const decided = settings(flags).map(decides);
  const isDecided = (word: string | undefined, before: string | undefined): boolean =>
    before === "--set" && word !== undefined && decided.includes(decides(word));
  return [
    ...asks.filter((word, i) => !isDecided(word, asks[i - 1]) && !isDecided(asks[i + 1], word)),
    ...flags,
  ];
};
