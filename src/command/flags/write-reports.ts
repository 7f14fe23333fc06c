import type { GraphFormat, GraphText } from "../../graph/graph-text.ts";
import type { SearchDetail } from "../../report/page/page-report-of.ts";
import type { Reported } from "../../report/formats/reported.ts";
import { programName } from "../../program-name.ts";
import { plural } from "../../check/verdict.ts";
import type { Io } from "../terminal/io.ts";
import { isStdout, writeWhole } from "../terminal/output.ts";
import { isGraph, type GraphKind, type ReportFile, type ReportKind } from "./report-files.ts";

/** What reports are made from; each is asked for only where a report needs it. */
export interface Findings {
  readonly json: () => unknown;
  readonly reported: () => Reported | Promise<Reported>;
  /** What is known of each search besides, for the page; where left out, nothing is. */
  readonly detail?: () => readonly SearchDetail[] | Promise<readonly SearchDetail[]>;
  /** The graph of a search; where left out, a graph is that of the runs alone. */
  readonly graph?: (format: GraphFormat) => GraphText | Promise<GraphText>;
}

/** The text of a report, undefined where there is nothing to write; and what is to be said about it. */
interface ReportText {
  readonly text: string | undefined;
  readonly notice: string | undefined;
}

const plain = (text: string): ReportText => ({ text, notice: undefined });

const runsGraph = async (reported: Reported, format: GraphFormat): Promise<ReportText> => {
  const { runsGraphText } = await import("../../graph/graph-text.ts");
  const { evidenceIn } = await import("../../report/formats/reported.ts");
  const worlds = evidenceIn(reported).map(({ world, verdict, run: { problem, trace } }) => ({
    problem,
    name: `${verdict.name} in ${world.name}`,
    runs: [{ trace, breaks: verdict.verdict === "violated" ? verdict.property : undefined }],
  }));
  return plain(runsGraphText(worlds, format));
};

/** What shows one run: the first that decides, one that nobody expected before all others. */
const ofOneRun = async (kind: "itf" | "mermaid", reported: Reported): Promise<ReportText> => {
  const { evidenceIn } = await import("../../report/formats/reported.ts");
  const [first, ...more] = evidenceIn(reported);
  if (first === undefined) return { text: undefined, notice: "is not written: no run decides a verdict" };
  const text =
    kind === "itf"
      ? (await import("../../report/formats/itf.ts")).itfOf(first)
      : (await import("../../report/formats/mermaid.ts")).mermaidOf(first);
  const notice =
    more.length === 0
      ? undefined
      : `${kind} has one run, that of ${first.verdict.name} in ${first.world.name}; ${plural(more.length, "other")} left out: name a property to see another`;
  return { text, notice };
};

const page = async ({ reported, json, detail }: Findings): Promise<ReportText> => {
  const [{ pageReportOf }, { pageDocument }, { pageFile }] = await Promise.all([
    import("../../report/page/page-report-of.ts"),
    import("../../report/page/page-document.ts"),
    import("./page-code.ts"),
  ]);
  const { report } = pageReportOf(await reported(), await json(), await detail?.());
  const { program, command, worlds } = report;
  const title = `${program} ${command}${worlds.length === 1 ? ` ${worlds[0].name}` : ""}`;
  return plain(pageDocument(pageFile("page.js"), report, title));
};

/** How the text of each kind that is no graph is made. */
const TEXTS: Readonly<Record<Exclude<ReportKind, GraphKind>, (findings: Findings) => Promise<ReportText>>> = {
  json: async ({ json }) => plain(`${JSON.stringify(await json(), undefined, 2)}\n`),
  ktap: async ({ reported }) =>
    plain((await import("../../report/formats/ktap.ts")).ktapOf(await reported())),
  junit: async ({ reported }) =>
    plain((await import("../../report/formats/junit.ts")).junitOf(await reported())),
  sarif: async ({ reported }) =>
    plain((await import("../../report/formats/sarif.ts")).sarifOf(await reported())),
  github: async ({ reported }) =>
    plain((await import("../../report/formats/github.ts")).githubOf(await reported())),
  perfetto: async ({ reported }) =>
    plain((await import("../../report/formats/perfetto.ts")).perfettoOf(await reported())),
  itf: async ({ reported }) => ofOneRun("itf", await reported()),
  mermaid: async ({ reported }) => ofOneRun("mermaid", await reported()),
  html: page,
};

const textOf = async (kind: ReportKind, findings: Findings): Promise<ReportText> => {
  if (!isGraph(kind)) return TEXTS[kind](findings);
  return findings.graph ? findings.graph(kind) : runsGraph(await findings.reported(), kind);
};

/** Writes the reports that are asked for: each file whole, or not at all. */
export const writeReports = async (
  reports: readonly ReportFile[],
  findings: Findings,
  io: Io,
): Promise<void> => {
  for (const { kind, file } of reports) {
    const { text, notice } = await textOf(kind, findings);
    if (text !== undefined && isStdout(file)) io.stdout.write(text);
    else if (text !== undefined) writeWhole(file, text);
    if (notice !== undefined) io.stderr.write(`${programName()}: ${file}: ${notice}\n`);
  }
};
