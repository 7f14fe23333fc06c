import type { Answer } from "../catalogue/check-claims.ts";
import { standingOf } from "../catalogue/claim-standing.ts";
import { plural } from "../check/verdict.ts";
import { authorsOf, type Check, type Claim, type ClaimBook, type Message } from "../catalogue/claim.ts";
import { cachedLines } from "./cached-text.ts";
import { columns, row } from "./columns.ts";
import { commandLines } from "./command-line.ts";
import { largest } from "./largest.ts";
import { programName } from "../program-name.ts";

type Facts = readonly (readonly [string, string])[];

const LABELS = columns([10, 66], 1);

const facts = (rows: Facts): readonly string[] =>
  rows.filter(([, text]) => text !== "").flatMap(([label, text]) => row([[label], [text]], LABELS, 2));

/** Who says a claim, and where it is read: `m15, m16 (Vishal Annapurve, Binbin Wu); timer 9.1 P1`. */
export const saidBy = (book: ClaimBook, claim: Claim): string =>
  claim.messages.length === 0
    ? claim.source
    : `${claim.messages.join(", ")} (${authorsOf(book, claim).join(", ")}); ${claim.source}`;

/** What is claimed, who says so, and what became of it. */
export const claimCard = (book: ClaimBook, claim: Claim): readonly string[] => [
  `claim ${claim.id}: ${claim.word}`,
  ...facts([
    ["says", claim.statement],
    ["said by", saidBy(book, claim)],
    ["see", (claim.links ?? []).join(" ")],
    ["was said", claim.said ?? ""],
    ["is shown", claim.shown ?? ""],
  ]),
];

/** The question a check asks: its property, world and settings. */
export const checkText = ({ property, scenario, set = [] }: Check): string =>
  [property, "in", scenario, ...set].join(" ");

/** What a verdict rests on: the run, or why there is none; and how many states were explored. */
const basis = ({ verdict, because, states, traceLength }: Answer): string => {
  const found = states === 0 ? [] : [plural(states, "state")];
  if (traceLength !== null) return [`after ${plural(traceLength, "step")}`, ...found].join("; ");
  return (verdict === "holds" ? found : [because, ...found]).join("; ");
};

const surprise = ({ asExpected, expected }: Answer): string =>
  asExpected ? "" : `, UNEXPECTED: ${expected} was expected`;

const verdictsOf = (answers: readonly Answer[]): readonly string[] => {
  const width = largest(
    answers.map(({ column }) => column.name.length),
    0,
  );
  const layout = columns([width, 14, 8, 45 - width], 2);
  return answers.flatMap((answer) =>
    row(
      [
        [answer.column.name],
        [answer.verdict],
        [standingText(answer)],
        [`${basis(answer)}${surprise(answer)}`],
      ],
      layout,
      4,
    ),
  );
};

/** A claim with the verdict of each of its checks under each column that was asked. */
export const claimReport = (book: ClaimBook, claim: Claim, answers: readonly Answer[]): readonly string[] => [
  ...claimCard(book, claim),
  ...claim.checks.flatMap((check) => {
    const given = answers.filter((answer) => answer.check === check);
    if (given.length === 0) return [];
    return [...row([[checkText(check)]], columns([77], 0), 2), ...verdictsOf(given)];
  }),
  ...(answers.some(({ claim: { id } }) => id === claim.id)
    ? []
    : [`  is not asked under this ${book.columnKind ?? "column"}`]),
];

/** What an answer says of its claim, as a word. */
export const standingText = ({ check, column, verdict }: Answer): string =>
  standingOf(check, column.name, verdict) ?? "";

/** What is found alike stands together: `violated  refutes   active upstream`. */
const groups = (answers: readonly Answer[]): readonly string[] => {
  const alike = new Map<string, Answer[]>();
  for (const answer of answers) {
    const words = `${answer.verdict} ${standingText(answer)}${surprise(answer)}`;
    const known = alike.get(words);
    if (known === undefined) alike.set(words, [answer]);
    else known.push(answer);
  }
  return [...alike.values()].flatMap((group) => {
    const names = group.map(({ column }) => column.name).join(" ");
    const [first] = group;
    return row(
      [[first.verdict], [standingText(first)], [`${names}${surprise(first)}`]],
      columns([14, 8, 48], 2),
      5,
    );
  });
};

/** An id longer than most are pushes its word to the right, instead of being broken itself. */
const heading = ({ id, word }: Claim): readonly string[] => {
  const width = Math.max(4, id.length);
  return row([[id], [word]], columns([width, 77 - width], 1));
};

/** A claim in a few lines, as a list of many shows it. */
export const claimBrief = (book: ClaimBook, claim: Claim, answers: readonly Answer[]): readonly string[] => [
  ...heading(claim),
  ...row([[claim.statement]], columns([74], 0), 5),
  ...row([[saidBy(book, claim)]], columns([74], 0), 5),
  ...claim.checks.flatMap((check, place) => {
    const given = answers.filter((answer) => answer.check === check);
    if (given.length === 0) return [];
    const where =
      place === 0 && claim.checks.length === 1 ? [] : row([[checkText(check)]], columns([74], 0), 5);
    return [...where, ...groups(given)];
  }),
];

/** The word on a claim, and its sentence. */
export const claimSentence = (_: ClaimBook, claim: Claim): readonly string[] => [
  ...heading(claim),
  ...row([[claim.statement]], columns([74], 0), 5),
];

/** A message, and that it claims nothing where so. */
export const messageCard = ({
  id,
  author,
  about,
  date,
  subject,
  link,
  nothing,
}: Message): readonly string[] => [
  `message ${id} of ${author}: ${about}`,
  ...facts([
    ["date", date ?? ""],
    ["subject", subject ?? ""],
    ["link", link ?? ""],
  ]),
  ...(nothing === undefined ? [] : row([[`makes no claim to check: ${nothing}`]], columns([77], 0), 2)),
];

/** How the whole table came out, and how to see more. */
export const claimsSummary = (answers: readonly Answer[], finished: boolean): readonly string[] => {
  const claims = new Set(answers.map(({ claim }) => claim.id));
  const surprises = answers.filter(({ asExpected }) => !asExpected);
  const verdicts = `${plural(answers.length, "verdict")} on ${plural(claims.size, "claim")}`;
  return [
    "A verdict is that of a property; the word beside it says what that means for the claim.",
    surprises.length === 0 ? `${verdicts}, all as expected.` : `${verdicts}, ${surprises.length} UNEXPECTED.`,
    ...cachedLines(answers),
    ...(finished ? [] : ["INCOMPLETE: interrupted; the rest was not checked."]),
    ...surprises.flatMap(({ claim, column, handle }) => [
      `  ${claim.id} under ${column.name}`,
      ...(handle === null ? [] : commandLines(`${programName()} replay ${handle}`)),
    ]),
  ];
};
