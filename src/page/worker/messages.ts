import type { Growth, PageReport } from "../../report/page/page-report.ts";

/** A world as it can be chosen. */
export interface WorldOffered {
  readonly name: string;
  readonly about: string;
  /** Its values on each axis where it has some, the default first. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly options: readonly {
    readonly name: string;
    readonly about: string;
    readonly values: readonly string[];
  }[];
}

/** The questions of one's own that can be typed. */
export type AskKind = "never" | "always" | "reach" | "leadsTo";

/** The flags of a command line that change a world, in the order in which they are asked for. */
export const CHANGES = ["scope", "with", "drop", "change"] as const;
/** What each of them says, as often as it is given. */
export type WorldChanges = Readonly<Partial<Record<(typeof CHANGES)[number], readonly string[]>>>;

/** A scenario file that was opened, or pasted. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
}

/** What is asked of the checker. */
export interface PageQuestion {
  readonly world: string;
  /** The file that the world is of; null of one that ships. */
  readonly file: PageFile | null;
  /** How the world is changed. */
  readonly changes: WorldChanges;
  readonly axes: Readonly<Record<string, string>>;
  /** Options as `name=value`. */
  readonly set: readonly string[];
  /** A question of one's own instead of what the world asks of itself. */
  readonly own: { readonly kind: AskKind; readonly text: string } | null;
  /** Steps at most; null for any number. */
  readonly depth: number | null;
  /** How often control passes between actors at most; null for any number. */
  readonly switches: number | null;
  /** Whether states that are the same under other names of members are one. */
  readonly symmetry: boolean;
  /** States at most. */
  readonly states: number;
}

/** What the page tells the worker. */
export type Ask =
  | { readonly ask: "worlds" }
  | { readonly ask: "file"; readonly file: PageFile }
  | { readonly ask: "explore"; readonly question: PageQuestion }
  | { readonly ask: "stop" }
  | { readonly ask: "look"; readonly space: number; readonly place: number }
  | { readonly ask: "grow"; readonly space: number; readonly most: number };

/** What the worker tells the page. */
export type Said =
  | {
      readonly say: "worlds";
      readonly program: string;
      readonly version: string;
      readonly worlds: readonly WorldOffered[];
    }
  /** The world that a file comes to. */
  | { readonly say: "file"; readonly file: PageFile; readonly world: WorldOffered }
  | {
      readonly say: "progress";
      readonly states: number;
      readonly transitions: number;
      readonly depth: number;
      readonly seconds: number;
    }
  | { readonly say: "report"; readonly report: PageReport }
  | { readonly say: "growth"; readonly space: number; readonly growth: Growth; readonly more: boolean }
  | { readonly say: "error"; readonly message: string };
