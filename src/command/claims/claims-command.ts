import {
  checkClaims,
  inOrder,
  type Answer,
  type Following,
  type OnAnswer,
} from "../../catalogue/check-claims.ts";
import { questionsOf } from "../../catalogue/claim-questions.ts";
import { CheckError, unknownName } from "../../errors.ts";
import type { Claim, ClaimBook, Column, Message } from "../../catalogue/claim.ts";
import {
  claimBrief,
  claimReport,
  claimSentence,
  claimsSummary,
  messageCard,
} from "../../report/claims-text.ts";
import { claimsJson } from "../../report/claims-json.ts";
import { claimsMarkdown } from "../../report/claims-markdown.ts";
import { counterexample } from "../../report/counterexample.ts";
import { claimsIn, type Catalogue } from "../../catalogue/catalogue.ts";
import { isLimit } from "../terminal/exit.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import type { AnsweredClaims } from "./claims-reported.ts";
import { placeOf, unlessKept } from "./claims-given.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { meterOf } from "../search/progress.ts";
import { resultStore } from "../search/result-store.ts";
import { traceStyle, type TraceFlags } from "../flags/trace-flags.ts";
import { watch } from "../search/watch.ts";
import { reportFiles, takesStdout, type ReportFile } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { programName } from "../../program-name.ts";

/** The options of `claims`, as parsed. */
export interface ClaimsFlags extends TraceFlags {
  /** The columns named, by what the book calls one. */
  readonly columns?: readonly string[];
  readonly json?: boolean;
  readonly report?: readonly string[];
  readonly markdown?: boolean;
  /** The word on each claim and its sentence, and nothing else of it. */
  readonly summary?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
  /** False where nothing is kept from one run to the next, and nothing kept is used. */
  readonly cache?: boolean;
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
  /** Answers that are kept. */
  readonly kept: KeptAnswers | undefined;
}

type Look = Required<Pick<Following, "pulse" | "look">>;

/** Searches for what is not kept, in one thread or several. One claim is answered before other threads have loaded what they need. */
const searchFor = async (
  catalogue: Catalogue,
  { columns, wanted, count, run }: Wanted,
  { pulse, look }: Look,
  kept: readonly Answer[],
): ReturnType<typeof checkClaims> => {
  const { exploreFast } = await import("../../explore.ts");
  const explore = run ? (await import("../../methods/switches/calm.ts")).calmly(exploreFast) : exploreFast;
  const { scenarios, module } = catalogue;
  if (module === undefined || count === 1 || wanted.length < 2)
    return checkClaims(scenarios, { columns }, wanted, explore, { pulse, look, wants: unlessKept(kept) });
  const { checkOnThreads } = await import("./claims-threads.ts");
  return checkOnThreads({ ...catalogue, module }, columns, wanted, { explore, pulse, count, kept });
};

/** Checks claims: what is kept is not searched for, and what is found is kept. */
const checkAll = async (
  catalogue: Catalogue,
  asked: Wanted,
  looking: Look,
): ReturnType<typeof checkClaims> => {
  const { columns, wanted, kept: keeping } = asked;
  if (keeping === undefined) return searchFor(catalogue, asked, looking, []);
  const questions = questionsOf(catalogue.scenarios, columns, wanted);
  const kept = questions.flatMap((question) => keeping.answer(question) ?? []);
  const inAll = (answers: readonly Answer[]): readonly Answer[] => inOrder(answers, { columns }, wanted);
  if (kept.length === questions.length) return { answers: inAll(kept), finished: true };
  const { answers, finished } = await searchFor(catalogue, asked, looking, kept);
  const places = new Map(questions.map((question) => [placeOf(question), question]));
  keeping.keep(answers.map((answer) => [places.get(placeOf(answer))!, answer]));
  return { answers: inAll([...kept, ...answers]), finished };
};

/** Messages, claims as `shown` shows each, and the sum. */
const textOf = (
  book: ClaimBook,
  { claims, messages }: Named,
  { answers, finished }: Pick<AnsweredClaims, "answers" | "finished">,
  shown: typeof claimBrief,
): readonly string[] => [
  ...messages.flatMap((message) => [...messageCard(message), ""]),
  ...claims.flatMap((claim) => [...shown(book, claim, answers), ""]),
  ...(claims.length === 0 ? [] : claimsSummary(answers, finished)),
];

const formOf = ({ summary }: ClaimsFlags, ids: readonly string[]): typeof claimBrief => {
  if (summary === true) return claimSentence;
  return ids.length === 0 ? claimBrief : claimReport;
};

/** The reports that are asked for. @throws CheckError where two results would go to stdout. */
const reportsOf = (flags: ClaimsFlags): readonly ReportFile[] => {
  if (flags.json === true && flags.markdown === true)
    throw new CheckError(
      "usage",
      "--json and --markdown are two forms of one result: leave out one of the two",
    );
  const reports = reportFiles(flags);
  if (flags.markdown === true && takesStdout(reports))
    throw new CheckError("usage", "--markdown goes to stdout, and so does a report: name a file for it");
  return reports;
};

/** What reports are made from. */
const findingsOf = ({ scenarios }: Catalogue, book: ClaimBook, found: AnsweredClaims): Findings => ({
  json: () => claimsJson(book, found.claims, found),
  reported: async () => (await import("./claims-reported.ts")).claimsReported(scenarios, found),
});

/** `claims`: what is claimed, checked under each column; the exit code. Answers are kept where a build put the code into `bundle`. */
export const claims = async (
  catalogue: Catalogue,
  ids: readonly string[],
  flags: ClaimsFlags,
  io: Io,
  bundle?: string,
): Promise<number> => {
  const reports = reportsOf(flags);
  const book = await claimsIn(catalogue);
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
  const begun = io.now();
  const watching = watch(io, {}, meterOf(io, flags.quiet === true));
  const { pulse } = watching;
  // A run that is printed is found each time.
  const store = one || flags.cache === false ? undefined : resultStore(bundle, io);
  const kept = store && new KeptAnswers(store);
  const count = Math.min(flags.workers ?? io.processors, io.processors);
  const asked = { columns, wanted, run: one, count, kept };
  const checked = checkAll(catalogue, asked, { pulse, look });
  const { answers, finished } = await checked.finally(() => watching.end());
  const seconds = (io.now() - begun) / 1000;
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);
  if (flags.markdown === true) print(claimsMarkdown(book, wanted, answers));
  else if (!takesStdout(reports)) {
    const shown = formOf(flags, ids);
    print([...textOf(book, { claims: wanted, messages }, { answers, finished }, shown), ...runs]);
  }
  await writeReports(
    reports,
    findingsOf(catalogue, book, { claims: wanted, answers, finished, seconds }),
    io,
  );
  if (!finished) return isLimit(watching.stopped()) ? EXIT.limit : EXIT.interrupted;
  return answers.every(({ asExpected }) => asExpected) ? EXIT.asExpected : EXIT.unexpected;
};
