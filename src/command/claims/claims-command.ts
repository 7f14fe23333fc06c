import { checkClaims, type Following, type OnAnswer } from "../../catalogue/check-claims.ts";
import { CheckError, unknownName } from "../../errors.ts";
import type { Claim, ClaimBook, Column, Message } from "../../catalogue/claim.ts";
import { claimBrief, claimReport, claimsSummary, messageCard } from "../../report/claims-text.ts";
import { claimsJson } from "../../report/claims-json.ts";
import { claimsMarkdown } from "../../report/claims-markdown.ts";
import { counterexample } from "../../report/counterexample.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { traceStyle, type TraceFlags } from "../flags/trace-flags.ts";
import { watch } from "../search/watch.ts";
import { programName } from "../../program-name.ts";

/** The options of `claims`, as parsed. */
export interface ClaimsFlags extends TraceFlags {
  /** The columns named, by what the book calls one. */
  readonly columns?: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
}

/** What the words of the command line name: claims, each once, and messages. */
interface Named {
  readonly claims: readonly Claim[];
  readonly messages: readonly Message[];
}

const named = ({ claims, messages }: ClaimBook, ids: readonly string[]): Named => {
  if (ids.length === 0) return { claims, messages: [] };
  const known = [...claims, ...messages].map(({ id }) => id);
  for (const id of ids)
    if (!known.includes(id))
      throw unknownName(
        "claim",
        id,
        known,
        messages.length === 0
          ? `see: ${programName()} list claims`
          : `see: ${programName()} list claims; messages are ${messages[0].id} to ${messages.at(-1)?.id ?? ""}`,
      );
  const asked = messages.filter(({ id }) => ids.includes(id));
  return {
    messages: asked,
    claims: claims.filter(
      (claim) => ids.includes(claim.id) || asked.some(({ id }) => claim.messages.includes(id)),
    ),
  };
};

const columnsNamed = (
  { columns, columnKind = "column" }: ClaimBook,
  wanted: readonly string[] | undefined,
): readonly Column[] => {
  if (wanted === undefined) return columns;
  const known = columns.map(({ name }) => name);
  for (const name of wanted)
    if (!known.includes(name))
      throw unknownName(columnKind, name, known, `claims are checked under: ${known.join(", ")}`);
  return columns.filter(({ name }) => wanted.includes(name));
};

/** What is asked of which claims, in how many threads. */
interface Wanted {
  readonly columns: readonly Column[];
  /** Whether its run is looked at, which then is a calm one. */
  readonly run: boolean;
  readonly wanted: readonly Claim[];
  readonly count: number;
}

/** Checks claims in one thread or several. One claim is answered before other threads have loaded what they need. */
const checkAll = async (
  catalogue: Catalogue,
  { columns, wanted, count, run }: Wanted,
  { pulse, look }: Required<Pick<Following, "pulse" | "look">>,
): ReturnType<typeof checkClaims> => {
  const { exploreFast } = await import("../../explore.ts");
  const explore = run ? (await import("../../methods/switches/calm.ts")).calmly(exploreFast) : exploreFast;
  const { scenarios, module } = catalogue;
  if (module === undefined || count === 1 || wanted.length < 2)
    return checkClaims(scenarios, { columns }, wanted, explore, { pulse, look });
  const { checkOnThreads } = await import("./claims-threads.ts");
  return checkOnThreads({ ...catalogue, module }, columns, wanted, { explore, pulse, count });
};

/** `claims`: what is claimed, checked under each column; the exit code. */
export const claims = async (
  catalogue: Catalogue,
  ids: readonly string[],
  flags: ClaimsFlags,
  io: Io,
): Promise<number> => {
  if (flags.json === true && flags.markdown === true)
    throw new CheckError(
      "usage",
      "--json and --markdown are two forms of one result: leave out one of the two",
    );
  const { claims: book } = catalogue;
  const { claims: wanted, messages } = named(book, ids);
  const columns = columnsNamed(book, flags.columns);
  const runs: string[] = [];
  const style = traceStyle(flags, io);
  // One claim under one column is a question for the run itself.
  const one = ids.length > 0 && wanted.length === 1 && columns.length === 1;
  const look: OnAnswer = ({ verdict }, outcome, result) => {
    if (one && verdict !== "not-applicable" && result.evidence !== null)
      for (const line of ["", ...counterexample(outcome, result, result.evidence, style)]) runs.push(line);
  };
  const watching = watch(io, {}, meterOf(io, flags.quiet === true));
  const { pulse } = watching;
  const asked = { columns, wanted, run: one, count: Math.min(flags.workers ?? io.processors, io.processors) };
  const checked = checkAll(catalogue, asked, { pulse, look });
  const { answers, finished } = await checked.finally(() => watching.end());
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);
  if (flags.json === true) print([JSON.stringify(claimsJson(book, wanted, answers, finished), undefined, 2)]);
  else if (flags.markdown === true) print(claimsMarkdown(book, wanted, answers));
  else {
    const shown = ids.length === 0 ? claimBrief : claimReport;
    print([
      ...messages.flatMap((message) => [...messageCard(message), ""]),
      ...wanted.flatMap((claim) => [...shown(book, claim, answers), ""]),
      ...(wanted.length === 0 ? [] : claimsSummary(answers, finished)),
      ...runs,
    ]);
  }
  if (!finished) return EXIT.interrupted;
  return answers.every(({ asExpected }) => asExpected) ? EXIT.asExpected : EXIT.unexpected;
};
