import type { Verdict } from "../../check/verdict-word.ts";
import type { Standing } from "../formats/reported.ts";

/** A label and what is said under it. */
export type Fact = readonly [label: string, text: string];

/** An action as the page names it, with what is noted of it. */
export interface PageAction {
  readonly name: string;
  readonly facts: readonly Fact[];
}

/** A step: an action with its arguments. */
export interface PageStep {
  readonly label: string;
  readonly actor: string;
  /** The place of its action among the report's. */
  readonly action: number;
}

/** How a state differs from another: pairs of the place of a leaf, and the place of its value among the words. */
export type Difference = readonly number[];

/** A step out of a state, by their places, and what it decides: the places of properties. */
export type Decides = readonly [state: number, step: number, ...properties: number[]];

/** States of a world, and which steps lead from one to another. */
export interface PageSpace {
  /** The paths of the leaves of a state, in the order of the schema: the place of a list among the report's. */
  readonly leaves: number;
  /** Which leaves are only the model's own: where a thread stands, history for properties. */
  readonly bookkeeping: readonly number[];
  /** Values of leaves as a report prints them. */
  readonly words: readonly string[];
  /** The steps of the model by their ids: the place of a list among the report's. */
  readonly steps: number;
  /** The value of each leaf in state 0, as its place among the words. */
  readonly first: readonly number[];
  /** For each state after the first, one before it, and how it differs from that. */
  readonly states: readonly (readonly [before: number, difference: Difference])[];
  /** For each state, pairs of a step that is enabled there and the state it leads to; null where nobody looked. */
  readonly edges: readonly (readonly number[] | null)[];
  /** The properties that a step can break or witness, each with what it is said to do then. */
  readonly decided: readonly (readonly [property: string, word: "breaks" | "witnesses"])[];
  /** Steps that do so: a state, a step out of it, and the places of those properties. */
  readonly decides: readonly Decides[];
  /** Which of the world's states these are. */
  readonly said: string;
}

/** A run through the states of its world. */
export interface PageRun {
  /** The place of that world's states. */
  readonly space: number;
  /** The states that it passes, its start first. */
  readonly states: readonly number[];
  readonly steps: readonly number[];
  /** After how many steps the part begins that is taken again and again; null where none is. */
  readonly loopAt: number | null;
  /** The run in a few sentences. */
  readonly told: readonly string[];
  /** The places of the steps whose order decides. */
  readonly starred: readonly number[];
  /**
   * Which step changed what another actor noticed in a later one: the places of both, the place of the leaf, and what the
   * model calls it; empty where it has no word for it.
   */
  readonly noticed: readonly (readonly [from: number, to: number, leaf: number, signal: string])[];
  /** The run as it is pasted into a mail. */
  readonly mail: string;
}

/** The verdict on a property, or on what a claim asks. */
export interface PageVerdict {
  readonly name: string;
  readonly property: string;
  readonly statement: string;
  readonly verdict: Verdict;
  readonly standing: Standing;
  /** What the verdict rests on. */
  readonly message: string;
  /** What is noted of the property. */
  readonly facts: readonly Fact[];
  /** Null where no run decides, or the page has no room for it. */
  readonly run: PageRun | null;
  /** The command that takes the run again; null where no run decides. */
  readonly replay: string | null;
  /** Where it stands in the table, if there is one. */
  readonly cell: { readonly row: string; readonly column: string } | null;
}

/** How often an action was taken. */
export interface PageCoverage {
  readonly name: string;
  readonly fired: number;
  readonly newStates: number;
}

/** Start states of a world. */
export interface PageStart {
  /** The place of that world's states. */
  readonly space: number;
  readonly states: readonly number[];
}

/** A world or a claim, with its verdicts. */
export interface PageWorld {
  readonly name: string;
  /** The scenario file, or the name of a scenario that ships. */
  readonly source: string;
  /** The command that answers the same again. */
  readonly again: string;
  readonly states: number;
  readonly refusal: string | null;
  readonly facts: readonly Fact[];
  /** What was looked at and what was not, in sentences. */
  readonly sentences: readonly string[];
  readonly coverage: readonly PageCoverage[] | null;
  /** Where walks begin; null where none of its states are shown. */
  readonly start: PageStart | null;
  readonly verdicts: readonly PageVerdict[];
}

/** Verdicts as a table: what is asked, by what it is asked under. */
export interface PageTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** Everything that a page shows. */
export interface PageReport {
  readonly program: string;
  readonly version: string;
  /** What was asked, as a command. */
  readonly command: string;
  readonly finished: boolean;
  readonly worlds: readonly PageWorld[];
  readonly table: PageTable | null;
  /** What worlds have in common, each once. */
  readonly actions: readonly PageAction[];
  readonly leaves: readonly (readonly string[])[];
  readonly steps: readonly (readonly PageStep[])[];
  /** The states that runs pass, with those around them, by world. */
  readonly spaces: readonly PageSpace[];
  /** What is left out of the page, in sentences. */
  readonly left: readonly string[];
  /** The same result as `--json` has it. */
  readonly json: unknown;
}

/** What is found beyond the states that a page has: words and states behind those, and the edges of some states. */
export interface Growth {
  readonly words: readonly string[];
  readonly states: PageSpace["states"];
  readonly edges: readonly (readonly [place: number, edges: readonly number[]])[];
  readonly decides: readonly Decides[];
}
