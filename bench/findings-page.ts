import { namesOfFinding, type Finding, type Fix } from "../src/catalogue/finding.ts";
import { commandOf } from "../src/report/finding-text.ts";
import type { Mended, ShownRun } from "./finding-shown.ts";
import type { Everywhere } from "./fix-everywhere.ts";

/** What searches say of a finding: the run to it, and with each of its fixes that there is none. */
export interface Found {
  readonly finding: Finding;
  readonly run: ShownRun;
  readonly fixes: readonly {
    readonly fix: Fix;
    readonly mended: Mended;
    readonly everywhere: Everywhere;
  }[];
}

const block = (language: string, lines: readonly string[]): readonly string[] => [
  `\`\`\`${language}`,
  ...lines,
  "```",
  "",
];

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** What a fix does to all that is asked elsewhere. */
export const elsewhere = ({ gives = {} }: Fix, { worlds, tooLarge, verdicts }: Everywhere): string =>
  [
    verdicts === 0
      ? "No other world has anything to compare."
      : `Nothing else is lost: ${verdicts} verdicts with it and without, laws aside, in ${listed(worlds)}.`,
    ...Object.entries(gives).map(([property, why]) => `But for \`${property}\`: ${why}.`),
    ...(tooLarge.length === 0 ? [] : [`Not asked, being too large: ${listed(tooLarge)}.`]),
  ].join(" ");

/** How a fix is shown. */
const fixText = (
  finding: Finding,
  { fix, mended, everywhere }: Found["fixes"][number],
): readonly string[] => [
  `**Mended** if ${fix.about}:`,
  "",
  ...block("sh", [commandOf(finding, fix)]),
  `\`${finding.property}\` ${mended.verdict}, ${mended.because}, of ${mended.states.toLocaleString("en-US")}. ${elsewhere(fix, everywhere)}`,
  "",
];

/** The texts of a finding that no search decides, in their order in its section. */
export const toldOf = (finding: Finding): readonly string[] => [
  `## ${finding.id}: ${finding.rating}`,
  ...(finding.claims === undefined ? [] : [`Also ${finding.claims.join(", ")} of the claims.`]),
  `${finding.statement}.`,
  `- **Affects** ${finding.affects}.`,
  `- **Rated ${finding.rating}**: ${finding.because}.`,
  `- **Read in** ${finding.source}.`,
  commandOf(finding),
  ...finding.fixes.flatMap((fix) => [`**Mended** if ${fix.about}:`, commandOf(finding, fix)]),
  `**To doubt.** ${finding.doubt}`,
  "**A mail.**",
  `> ${finding.mail.subject}`,
  `> ${finding.mail.text.join(" ")}`,
  `**A reproducer.** ${finding.reproducer}`,
];

const section = ({ finding, run, fixes }: Found): readonly string[] => {
  const told = toldOf(finding);
  const shown = told.indexOf(commandOf(finding));
  const doubt = told.findIndex((text) => text.startsWith("**To doubt.**"));
  const [subject, text] = told.slice(doubt + 2, doubt + 4);
  return [
    ...told.slice(0, shown).flatMap((line) => (line.startsWith("- ") ? [line] : [line, ""])),
    "",
    ...block("sh", [told[shown]]),
    `violates \`${finding.property}\` after ${run.steps} steps; all ${run.states} states:`,
    "",
    ...block("text", run.lines),
    ...fixes.flatMap((fix) => fixText(finding, fix)),
    told[doubt],
    "",
    told[doubt + 1],
    "",
    subject,
    ">",
    text,
    "",
    told[doubt + 4],
    "",
  ];
};

/** The row of a finding, or of another name that it has. */
const rowOf = (finding: Finding, name: string): string =>
  name === finding.id
    ? `| [${name}](#${finding.id}-${finding.rating}) | ${finding.rating} | ${finding.steps} | ${finding.affects} | ${finding.statement} |`
    : `| ${name} | ${finding.rating} | ${finding.steps} | ${finding.affects} | is ${finding.id} |`;

/** The rows of the table: a finding has one for each of its names. */
export const rowsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap((finding) => namesOfFinding(finding).map((name) => rowOf(finding, name)));

/** docs/findings.md. */
export const page = (all: readonly Found[]): readonly string[] => [
  "# What the checker has found in kernels as they are",
  "",
  "Nobody filed these: searches came upon them, and each was then read in the source again. Each has the",
  "command that shows it, the shortest run, a fix that the checker proves (violated without, holds in a",
  "complete search with it, and no verdict lost in any world where it takes part), what to doubt, three",
  "sentences for a mail, and how it could be shown on a machine.",
  "",
  "| rating   | means                                                                   |",
  "| -------- | ----------------------------------------------------------------------- |",
  "| open     | the newest code that was read (the 7.3 cycle) does it                   |",
  "| fixed    | a later kernel does not                                                 |",
  "| benign   | kernels do it, and neither a guest nor userspace is the worse for it    |",
  "| proposal | only a design does it that was proposed in the thread and never merged  |",
  "",
  "None was seen on a machine, and that no posting about one was found is no proof that there is none.",
  "Runs are of atomic steps, with sequential consistency; `models/kvm/README.md` says what is left out.",
  "`apicv-check explain finding-a` prints the same without the run, `list findings` all of them. A fix is",
  "an option or a change of named steps: `explore` says of each step what it changes. It was asked",
  "everywhere under design `upstream`, each guest, with the finding's own settings where a world has them.",
  "",
  "| finding | rating | steps | kernels | what |",
  "| --- | --- | ---: | --- | --- |",
  ...rowsOf(all.map(({ finding }) => finding)),
  "",
  ...all.flatMap(section),
];
