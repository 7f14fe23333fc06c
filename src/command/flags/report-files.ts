import { CheckError, unknownName } from "../../errors.ts";
import type { GraphFormat } from "../../graph/graph-text.ts";
import { checkWritable, isStdout } from "../terminal/output.ts";

/** The kinds that are graphs. */
const GRAPH_KINDS = ["dot", "graphml", "gexf", "aut"] as const satisfies readonly GraphFormat[];

/** The kinds of report, in the order in which they are told. */
const KINDS = [
  "json",
  "ktap",
  "junit",
  "sarif",
  "github",
  ...GRAPH_KINDS,
  "itf",
  "perfetto",
  "mermaid",
  "html",
] as const;
export type ReportKind = (typeof KINDS)[number];
export type GraphKind = (typeof GRAPH_KINDS)[number];

/** Whether a kind of report is a graph. */
export const isGraph = (kind: ReportKind): kind is GraphKind => GRAPH_KINDS.some((graph) => graph === kind);

/** A report to write: of which kind, and where. */
export interface ReportFile {
  readonly kind: ReportKind;
  /** `-` is stdout. */
  readonly file: string;
}

/** What the options say of reports, as parsed. */
export interface ReportFlags {
  readonly report?: readonly string[];
  readonly json?: boolean;
}

/** What the help says of `--report`. */
export const REPORT_HELP = `write a report, as kind=file (- is stdout); repeatable. Kinds: ${KINDS.join(", ")}`;

const isKind = (text: string): text is ReportKind => (KINDS as readonly string[]).includes(text);

const reportFile = (text: string): ReportFile => {
  const at = text.indexOf("=");
  const kind = at < 0 ? text : text.slice(0, at);
  if (!isKind(kind))
    throw unknownName("report kind", kind, KINDS, `use: --report KIND=FILE with one of ${KINDS.join(", ")}`);
  if (at < 0 || at + 1 === text.length)
    throw new CheckError(
      "usage",
      `--report ${text} names no file: use --report ${kind}=FILE, or ${kind}=- for stdout`,
    );
  return { kind, file: text.slice(at + 1) };
};

/**
 * The reports that are asked for, `--json` as one that goes to stdout; whether all can be written is tried before anything
 * is explored. `others` are files that are written besides.
 * @throws CheckError for an unknown kind, two reports for one place, and what cannot be written.
 */
export const reportFiles = (
  { report = [], json = false }: ReportFlags,
  others: readonly string[] = [],
): readonly ReportFile[] => {
  const asked = report.map(reportFile);
  const files = [...asked.filter(({ file }) => !isStdout(file)).map(({ file }) => file), ...others];
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) throw new CheckError("usage", `two outputs would be written to ${twice}`);
  const shown = new Set([
    ...(json ? (["json"] as const) : []),
    ...asked.filter(({ file }) => isStdout(file)).map(({ kind }) => kind),
  ]);
  if (shown.size > 1)
    throw new CheckError(
      "usage",
      `stdout takes one report, and ${[...shown].join(" and ")} are asked there: name a file for all but one`,
    );
  for (const file of files) checkWritable(file);
  return [...[...shown].map((kind) => ({ kind, file: "-" })), ...asked.filter(({ file }) => !isStdout(file))];
};

/** Whether a report takes the place of the text on stdout. */
export const takesStdout = (reports: readonly ReportFile[]): boolean =>
  reports.some(({ file }) => isStdout(file));
