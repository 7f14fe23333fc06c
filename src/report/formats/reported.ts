import { createHash } from "node:crypto";
import type { Evidence, PropertyResult } from "../../catalogue/outcome.ts";
import type { AnyScenario, Choice } from "../../catalogue/scenario.ts";
import { worldText } from "../../catalogue/size.ts";
import type { Trace } from "../../check/trace.ts";
import type { Verdict } from "../../check/verdict-word.ts";
import type { Problem } from "../../problem/exploration.ts";
import type { Note } from "../../model/note.ts";
import { programName } from "../../program-name.ts";
import { worldFlags } from "../command-line.ts";
import { runFlags } from "../varied.ts";
import { wordsOf, type RunWords } from "./run-words.ts";

/** A run that decides a property, with the problem that says what its states are. */
export interface ReportedRun {
  readonly problem: Problem<unknown>;
  readonly trace: Trace<unknown>;
  /** The name of what it starts from. */
  readonly start: string;
  /** The run in words, which take a while to find. */
  readonly words: () => RunWords;
}

/**
 * What a verdict means for whoever reads only the colour: `known` is a violation that is recorded or accepted, `open` one that
 * a limit left without an answer, `skip` a property that says nothing here.
 */
export type Standing = "pass" | "known" | "fail" | "open" | "skip";

/** The verdict on a property, or on what a claim asks. */
export interface ReportedVerdict {
  readonly name: string;
  readonly property: string;
  /** What is said to hold, in a sentence. */
  readonly statement: string;
  readonly verdict: Verdict;
  readonly standing: Standing;
  /** What the verdict rests on, and what was expected instead where it is another. */
  readonly message: string;
  readonly run: ReportedRun | null;
  /** The run as `replay` takes it. */
  readonly replay: string | null;
  /** What `replay` needs besides, with a blank before it. */
  readonly replayFlags?: string;
  readonly fingerprint: string;
  /** What is noted of the property. */
  readonly facts?: Note["facts"];
  /** Where it stands in a table of what is asked by what it is asked under, if it is in one. */
  readonly cell?: { readonly row: string; readonly column: string };
}

/** A world with its verdicts, or a claim with the answers to what it asks. */
export interface ReportedWorld {
  readonly name: string;
  /** The scenario file, or the name of a scenario that ships. */
  readonly source: string;
  /** The command that answers the same again. */
  readonly command: string;
  readonly states: number;
  /** Why there was nothing to explore though something is expected. */
  readonly refusal: string | null;
  readonly verdicts: readonly ReportedVerdict[];
}

/** What every format is made from: what a command found, whichever command. */
export interface Reported {
  readonly program: string;
  readonly version: string;
  readonly command: string;
  readonly seconds: number;
  /** Whether all that was asked was looked at. */
  readonly finished: boolean;
  readonly worlds: readonly ReportedWorld[];
}

/**
 * Sixteen hex digits that stay the same for the same finding: of the world, the property, and which actions take part in the run,
 * but not of their order or number, so that a run found another way is no other finding.
 */
export const fingerprintOf = (
  world: string,
  property: string,
  run: Pick<Evidence, "actions"> | null,
): string => {
  const text = [world, property, ...(run?.actions ?? [])].join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
};

const standingOf = ({ verdict, expected, asExpected }: PropertyResult): Standing => {
  if (!asExpected) return "fail";
  if (verdict === "not-applicable") return "skip";
  if (verdict === "unknown") return "open";
  return verdict === "violated" && expected === "violated" ? "known" : "pass";
};

const messageOf = ({ verdict, because, expected, asExpected, reason }: PropertyResult): string => {
  const surprise = expected === null ? "; not recorded" : `; ${expected} was expected`;
  const known = verdict === "violated" && reason !== null ? `; known: ${reason}` : "";
  return `${verdict} ${because}${asExpected ? known : surprise}`;
};

/** What is known of a world under a choice once it was searched. */
export interface SearchedWorld {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  readonly problem: Problem<unknown>;
  readonly properties: readonly PropertyResult[];
  readonly states: number;
  readonly refusal?: string | null;
}

/** A world as formats show it; `judged` may have the last word on how a verdict stands. */
export const reportedWorld = (
  { scenario, choice, problem, properties, states, refusal = null }: SearchedWorld,
  judged: (result: PropertyResult, standing: Standing) => Standing = (_, standing) => standing,
): ReportedWorld => {
  const name = worldText(scenario, choice);
  return {
    name,
    source: scenario.varied?.by ?? scenario.name,
    command: `${programName()} explore ${worldFlags(scenario, choice)}`,
    states,
    refusal,
    verdicts: properties.map((result) => ({
      name: result.property.id,
      property: result.property.id,
      statement: result.property.statement,
      verdict: result.verdict,
      standing: judged(result, standingOf(result)),
      message: messageOf(result),
      run: result.evidence && {
        problem,
        trace: result.evidence.trace,
        start: scenario.start,
        words: () => wordsOf({ scenario, choice, problem }, result, result.evidence!),
      },
      replay: result.evidence?.handle ?? null,
      replayFlags: runFlags(scenario),
      facts: result.property.note?.facts ?? [],
      fingerprint: fingerprintOf(name, result.property.id, result.evidence),
    })),
  };
};

/** A verdict that has a run, and the world that it is of. */
export interface ReportedEvidence {
  readonly world: ReportedWorld;
  readonly verdict: ReportedVerdict;
  readonly run: ReportedRun;
}

const ORDER: readonly Standing[] = ["fail", "known", "open", "pass", "skip"];

/** The verdicts that a run decides, those first that nobody expected. */
export const evidenceIn = ({ worlds }: Reported): readonly ReportedEvidence[] =>
  worlds
    .flatMap((world) =>
      world.verdicts.flatMap((verdict) =>
        verdict.run === null ? [] : [{ world, verdict, run: verdict.run }],
      ),
    )
    .toSorted((a, b) => ORDER.indexOf(a.verdict.standing) - ORDER.indexOf(b.verdict.standing));
