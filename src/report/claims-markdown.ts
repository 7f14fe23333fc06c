import type { Answer } from "../catalogue/check-claims.ts";
import { grouped } from "../check/verdict.ts";
import type { Claim, ClaimBook, Column } from "../catalogue/claim.ts";
import { checkText, saidBy, standingText } from "./claims-text.ts";
import { paragraph } from "./wrap.ts";
import { programName } from "../program-name.ts";

/** The same text as a cell of a table. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(" | ")} |`,
  `| ${head.map(() => "---").join(" | ")} |`,
  ...rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`),
];

const short = ({ verdict, asExpected }: Answer): string => `${verdict}${asExpected ? "" : " (unexpected)"}`;

/** The verdict with what it says of the claim. */
const standing = (answer: Answer): string => [short(answer), standingText(answer)].filter(Boolean).join(", ");

const overview = (
  book: ClaimBook,
  columns: readonly Column[],
  claims: readonly Claim[],
  answers: readonly Answer[],
): readonly string[] =>
  table(
    ["claim", "word", ...columns.map(({ name }) => name)],
    claims.map((claim) => [
      `[${claim.id}](#${anchor(book, claim)})`,
      claim.word,
      ...columns.map((column) => {
        const answer = answers.find((one) => one.check === claim.checks[0] && one.column === column);
        return answer === undefined ? "" : standing(answer);
      }),
    ]),
  );

const plain = ({ id }: Claim): string => id.toLowerCase().replace(/[^a-z0-9-]/g, "");

/** The heading's anchor as forges make it: a number tells apart what is alike without its punctuation. */
const anchor = ({ claims }: ClaimBook, claim: Claim): string => {
  const before = claims.slice(0, claims.indexOf(claim)).filter((other) => plain(other) === plain(claim));
  return before.length === 0 ? plain(claim) : `${plain(claim)}-${before.length}`;
};

/** A link as it stands on a page: an address as it is, a path from the page's folder. */
const fromPage = (page: string, link: string): string => {
  if (/^[a-z]+:/.test(link)) return link;
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  return link.startsWith(folder) ? link.slice(folder.length) : `${folder.replaceAll(/[^/]+/g, "..")}${link}`;
};

/** Where a claim's messages and sections can be read. */
const readIn = ({ page }: ClaimBook, { links = [] }: Claim): readonly string[] =>
  page === undefined || links.length === 0
    ? []
    : [
        ...paragraph(
          `Read in ${links.map((link) => `[${link.split("/").at(-1)}](${fromPage(page, link)})`).join(", ")}.`,
        ),
        "",
      ];

const section = (book: ClaimBook, claim: Claim, answers: readonly Answer[]): readonly string[] => [
  `## ${claim.id}`,
  "",
  ...paragraph(`${claim.statement}. **${claim.word}** (${saidBy(book, claim)})`),
  "",
  ...(claim.said === undefined ? [] : [...paragraph(`${claim.said} ${claim.shown ?? ""}`), ""]),
  ...readIn(book, claim),
  ...claim.checks.flatMap((check) => [
    `\`${checkText(check)}\``,
    "",
    ...table(
      [book.columnKind ?? "column", "verdict", "the claim", "states", "steps"],
      answers
        .filter((answer) => answer.check === check)
        .map((answer) => [
          answer.column.name,
          short(answer),
          standingText(answer),
          grouped(answer.states),
          answer.traceLength === null ? "" : String(answer.traceLength),
        ]),
    ),
    "",
  ]),
];

/** The overviews of a book: of all claims, then for each further group of columns of those whose first check is asked there. */
const overviews = (
  book: ClaimBook,
  claims: readonly Claim[],
  answers: readonly Answer[],
): readonly string[] => {
  const { columns, groups = [{ title: "", columns: columns.map(({ name }) => name) }] } = book;
  return groups.flatMap(({ title, columns: names }, place) => [
    ...(title === "" ? [] : [`${title}:`, ""]),
    ...overview(
      book,
      columns.filter(({ name }) => names.includes(name)),
      claims.filter(({ checks }) => place === 0 || names.some((name) => checks[0]?.columns.includes(name))),
      answers,
    ),
    "",
  ]);
};

/** The table of claims as a page: all at a glance, what the columns are, then each with its checks and counts. */
export const claimsMarkdown = (
  book: ClaimBook,
  claims: readonly Claim[],
  answers: readonly Answer[],
): readonly string[] => {
  const { title = "What is claimed, checked", written, columnKind = "column" } = book;
  return [
    `# ${title}`,
    "",
    ...paragraph(
      `${written ?? ""} \`${programName()} claims ID\` prints the same with what decides it, ` +
        `\`${programName()} claims ID --${columnKind} ${columnKind[0].toUpperCase()}\` the run itself.`,
    ),
    "",
    ...table(
      [columnKind, "is"],
      book.columns.map(({ name, about }) => [name, about]),
    ),
    "",
    ...paragraph(
      "A verdict is that of a property, which may say the opposite of the claim: beside it stands whether it supports or " +
        "refutes the claim as it was made, and neither where the claim does not speak of that. A cell is the verdict of the " +
        "claim's first check; an empty one is not asked.",
    ),
    "",
    ...overviews(book, claims, answers),
    "By message:",
    "",
    ...table(
      ["message", "author", "says", "claims"],
      book.messages.map(({ id, author, about, nothing }) => [
        id,
        author,
        about,
        nothing === undefined
          ? book.claims
              .filter(({ messages }) => messages.includes(id))
              .map((claim) => `[${claim.id}](#${anchor(book, claim)})`)
              .join(", ")
          : `none: ${nothing}`,
      ]),
    ),
    "",
    ...claims.flatMap((claim) => section(book, claim, answers)),
  ].slice(0, -1);
};
