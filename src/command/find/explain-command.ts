import { programName } from "../../program-name.ts";
import { telling, type Flip } from "../../catalogue/flip.ts";
import { namesOfFinding } from "../../catalogue/finding.ts";
import { flipsIn } from "../../catalogue/flips.ts";
import { claimsIn, type Catalogue, type Term } from "../../catalogue/catalogue.ts";
import { shortNameOf } from "../../catalogue/scenario-called.ts";
import type { ClaimBook, Message } from "../../catalogue/claim.ts";
import { claimCard, messageCard } from "../../report/claims-text.ts";
import { columns, row } from "../../report/columns.ts";
import {
  card,
  explainAction,
  explainNamed,
  explainOption,
  explainProperty,
  explainScenario,
} from "./cards.ts";
import { explainFinding } from "./finding-card.ts";
import { actionsIn, namedIn, optionsIn, propertiesIn, startsIn, type Shared } from "./inventory.ts";
import { plainTerm } from "./matching.ts";
import { mentions } from "./mentions.ts";
import { nothingFound } from "./nothing-found.ts";
import { HOW_KNOWN, touchingIn, type FieldUse, type Touching } from "./touching.ts";
import type { Io } from "../terminal/io.ts";
import { isCalled } from "../../model/property.ts";

type Cards = readonly (readonly string[])[];

/** What a message says, what it claims, and the word on each claim. */
const explainMessage = (book: ClaimBook, message: Message): readonly string[] => {
  const claimed = book.claims.filter(({ messages }) => messages.includes(message.id));
  return [
    ...messageCard(message),
    ...claimed.flatMap(({ id, word, statement }) =>
      row([[id], [`${word}: ${statement}`]], columns([10, 66], 1), 2),
    ),
    ...(claimed.length === 0 ? [] : [`  check them ${programName()} claims ${message.id}`]),
  ];
};

const explainStart = ({ item, scenarios }: Shared<string>): readonly string[] => [
  ...card(`start point ${item}`, [["of", scenarios.join(", ")]]),
  `  explore it ${programName()} explore --scenario ${scenarios[0]}`,
];

const explainField = (field: FieldUse, touching: Touching): readonly string[] => {
  const { path, about, range, words } = field.item;
  const { scenarios } = field;
  const told = words.filter(({ meaning }) => meaning !== "");
  return [
    ...card(`state ${path}`, [
      ["is", about],
      ["values", told.length === 0 ? range : ""],
      ...told.map(
        ({ word, meaning }, place) => [place === 0 ? "values" : "", `${word}: ${meaning}`] as const,
      ),
      ["written by", touching.writers(field).join(", ")],
      ["read by", touching.readers(field).join(", ")],
      ["asked by", touching.properties(field).join(", ")],
      ["in", scenarios.join(", ")],
      ["how known", HOW_KNOWN],
    ]),
    ...(scenarios.length === 0
      ? []
      : [`  in one     ${programName()} list actions --writes '${path}' --scenario ${scenarios[0]}`]),
  ];
};

const explainTerm = ({ term, about, see }: Term): readonly string[] => [
  ...card(`term ${term}`, [
    ["is", about],
    ["see", see.join(", ")],
  ]),
  ...see.slice(0, 1).map((name) => `  explain it ${programName()} explain '${name}'`),
];

const explainFlip = (flip: Flip): readonly string[] => {
  const { id, kind } = flip;
  const { varied } = flip.scenario();
  const flag = kind === "bug" ? "bug" : "mutate";
  return [
    ...card(`${kind} ${id}`, [
      ["is", flip.about],
      ["source", flip.source],
      ["in", flip.from],
      ["told by", telling(flip.scenario()).join(", ")],
      ["file", kind === "bug" ? (varied?.by ?? "") : ""],
    ]),
    `  show it    ${programName()} flip ${id}`,
    `  explore it ${programName()} explore --${flag} ${id}`,
    `  without it ${programName()} explore --${flag} ${id}=post`,
  ];
};

/** What the books of a catalogue have under a name, which need no model. */
const bookCards = (catalogue: Catalogue, book: ClaimBook, id: string): Cards => {
  const { axes = [], scenarios, glossary = [] } = catalogue;
  const claimed = book.claims.filter((claim) => claim.id === id);
  const deciding = claimed.flatMap(({ checks }) => checks.map(({ property }) => property));
  const chosen = axes.flatMap(({ name: axis }) => namedIn(catalogue, axis).map((named) => ({ axis, named })));
  return [
    ...claimed.map((claim) => [...claimCard(book, claim), `  check it   ${programName()} claims ${id}`]),
    ...book.messages.filter((message) => message.id === id).map((message) => explainMessage(book, message)),
    ...propertiesIn(catalogue)
      .filter(({ item }) => isCalled(item, id) || item.claim === id || deciding.includes(item.id))
      .map((property) => explainProperty(property, catalogue)),
    ...chosen
      .filter(({ named }) => named.item.name === id)
      .map(({ axis, named }) => explainNamed(axis, named)),
    ...optionsIn(catalogue)
      .filter(({ item }) => item.name === id)
      .map(explainOption),
    ...scenarios
      .filter(({ name }) => name === id || shortNameOf(name) === id)
      .map((scenario) => explainScenario(scenario, axes)),
    ...startsIn(catalogue)
      .filter(({ item }) => item === id)
      .map(explainStart),
    ...glossary.filter(({ term }) => term === id).map(explainTerm),
  ];
};

/**
 * `explain NAME`: what bears the name, and of any other word what mentions it.
 * @throws CheckError when nothing does; names the nearest.
 */
export const explain = async (catalogue: Catalogue, id: string, io: Io): Promise<void> => {
  const print = (cards: Cards): void =>
    io.stdout.write(`${cards.map((lines) => lines.join("\n")).join("\n\n")}\n`);
  const flips = (await flipsIn(catalogue)).filter((flip) => flip.id === id);
  const findings = ((await catalogue.findings?.()) ?? []).filter(
    (finding) => namesOfFinding(finding).includes(id) || finding.claims?.includes(id) === true,
  );
  const booked = [
    ...flips.map(explainFlip),
    ...bookCards(catalogue, await claimsIn(catalogue), id),
    ...findings.map(explainFinding),
  ];
  const isTerm = catalogue.glossary?.some(({ term }) => term === id) === true;
  if (booked.length > 0 && !isTerm) return print(booked);
  const touching = await touchingIn(catalogue);
  const path = plainTerm(id);
  const fields = touching.fields.filter(({ item }) => item.path === path);
  if (fields.length > 0) return print([...booked, ...fields.map((field) => explainField(field, touching))]);
  const actions = (await actionsIn(catalogue)).filter(({ item }) => item.name === id);
  const cards = [
    ...booked,
    ...actions.map((action) => explainAction(action, touching)),
    ...(await mentions(catalogue, touching, id)),
  ];
  if (cards.length === 0) throw await nothingFound(catalogue, id);
  print(cards);
};
