import { own } from "../../schema/own.ts";
import type { FlipKind } from "../../catalogue/flip.ts";
import { flipsIn } from "../../catalogue/flips.ts";
import { claimsIn, type Catalogue } from "../../catalogue/catalogue.ts";
import { actionsIn, namedIn, optionsIn, propertiesIn, startsIn } from "./inventory.ts";
import { touchingIn } from "./touching.ts";

/** One entry of a list: its name, what it is, and the rest of what is known, for `--json`. */
export interface Entry {
  readonly name: string;
  readonly about: string;
  readonly more: Readonly<Record<string, unknown>>;
}

const scenarioEntries = (catalogue: Catalogue): readonly Entry[] =>
  catalogue.scenarios.map(({ name, about, options, scope, start, properties, axes = {} }) => ({
    name,
    about,
    more: {
      ...Object.fromEntries((catalogue.axes ?? []).map((axis) => [axis.plural, own(axes, axis.name) ?? []])),
      options: options.map((option) => option.name),
      scope,
      start,
      properties: properties.map(({ id }) => id),
    },
  }));

const flipEntries = async (catalogue: Catalogue, kind: FlipKind): Promise<readonly Entry[]> =>
  (await flipsIn(catalogue, kind)).map(({ id, about, source, from }) => ({
    name: id,
    about,
    more: { source, scenarios: [from] },
  }));

const findingEntries = async ({ findings }: Catalogue): Promise<readonly Entry[]> =>
  ((await findings?.()) ?? []).map(({ id, statement, rating, claims = [], ...rest }) => ({
    name: id,
    about: `${rating}: ${statement}`,
    more: { rating, ...rest, claims, scenarios: rest.asks.slice(0, 1), properties: [rest.property] },
  }));

const linked = (links: readonly string[] = []): object => (links.length === 0 ? {} : { links });

const namedEntries = (catalogue: Catalogue, axis: string): readonly Entry[] =>
  namedIn(catalogue, axis).map(({ item: { name, about, source, links }, scenarios }) => ({
    name,
    about,
    more: { source, ...linked(links), scenarios },
  }));

const byNumber = (a: Entry, b: Entry): number => a.name.localeCompare(b.name, "en", { numeric: true });

const claimEntries = async (catalogue: Catalogue): Promise<readonly Entry[]> => {
  const properties = propertiesIn(catalogue).map(({ item }) => item);
  const told = (await claimsIn(catalogue)).claims;
  const bare = new Set(properties.flatMap(({ claim }) => claim ?? []));
  for (const { id } of told) bare.delete(id);
  return [
    ...told.map(({ id, statement, word, messages, source, links, said, shown, checks }) => ({
      name: id,
      about: `${word}: ${statement}`,
      more: {
        word,
        messages,
        source,
        ...linked(links),
        ...(said === undefined ? {} : { said }),
        ...(shown === undefined ? {} : { shown }),
        properties: [...new Set(checks.map(({ property }) => property))],
        scenarios: [...new Set(checks.map(({ scenario }) => scenario))],
      },
    })),
    ...[...bare].map((claim) => {
      const decides = properties.filter((property) => property.claim === claim).map(({ id }) => id);
      return { name: claim, about: `decided by ${decides.join(", ")}`, more: { properties: decides } };
    }),
  ].toSorted(byNumber);
};

const messageEntries = async (catalogue: Catalogue): Promise<readonly Entry[]> => {
  const { claims, messages: all } = await claimsIn(catalogue);
  return all.map(({ id, author, about, date, subject, link, nothing }) => ({
    name: id,
    about: `${author}: ${about}`,
    more: {
      author,
      ...Object.fromEntries(
        Object.entries({ date, subject, link, nothing }).filter(([, text]) => text !== undefined),
      ),
      claims: claims.filter(({ messages }) => messages.includes(id)).map((claim) => claim.id),
    },
  }));
};

const stateEntries = async (catalogue: Catalogue): Promise<readonly Entry[]> =>
  (await touchingIn(catalogue)).fields.map(({ item: { path, about, range, words }, scenarios }) => ({
    name: path,
    about: [range.length > 40 ? `one of ${words.length} words` : range, about].filter(Boolean).join("; "),
    more: {
      range,
      words: words.map(({ word, meaning }) => (meaning === "" ? word : `${word}: ${meaning}`)),
      scenarios,
    },
  }));

type Listing = readonly Entry[] | Promise<readonly Entry[]>;

type Kinds = Readonly<Record<string, (catalogue: Catalogue) => Listing>>;

/** What can be listed of any catalogue, by kind. */
const KINDS: Kinds = {
  scenarios: (catalogue) => scenarioEntries(catalogue),
  properties: (catalogue) =>
    propertiesIn(catalogue).map(
      ({ item: { id, statement, kind, claim, note, role = "requirement" }, scenarios }) => ({
        name: id,
        about: statement,
        more: { kind, role, claim: claim ?? null, ...note?.cites, ...linked(note?.links), scenarios },
      }),
    ),
  claims: claimEntries,
  messages: messageEntries,
  actions: async (catalogue) =>
    (await actionsIn(catalogue)).map(({ item: { name, note, args }, scenarios }) => ({
      name,
      about: note?.facts[0]?.[1] ?? "",
      more: { args, ...note?.cites, ...linked(note?.links), scenarios },
    })),
  state: stateEntries,
  starts: (catalogue) =>
    startsIn(catalogue).map(({ item, scenarios }) => ({
      name: item,
      about:
        scenarios.length === 1 ? "where one scenario starts" : `where ${scenarios.length} scenarios start`,
      more: { scenarios },
    })),
  bugs: (catalogue) => flipEntries(catalogue, "bug"),
  mutations: (catalogue) => flipEntries(catalogue, "mutation"),
  findings: findingEntries,
  options: (catalogue) =>
    optionsIn(catalogue).map(({ item: { name, about, values, follows, source, links }, scenarios }) => ({
      name,
      about: `${values.join("|")}  ${about}`,
      more: { values, ...(follows && { follows }), source, ...linked(links), scenarios },
    })),
  terms: ({ glossary = [], scenarios }) =>
    glossary.map(({ term, about, see }) => {
      const worlds = scenarios.map(({ name }) => name).filter((name) => see.includes(name));
      return { name: term, about, more: { see, scenarios: worlds } };
    }),
};

/** What can be listed, by kind: the values on the axes first. */
export const kindsOf = ({ axes = [] }: Catalogue): Kinds => ({
  ...Object.fromEntries(
    axes.map(({ name, plural }) => [plural, (catalogue: Catalogue) => namedEntries(catalogue, name)]),
  ),
  ...KINDS,
});

/** What an entry only refers to by its name does not say anything of the entry. */
const REFERENCES = [
  "scenarios",
  "properties",
  "claims",
  "messages",
  "options",
  "links",
  "link",
  "subject",
  "date",
  "scope",
  "start",
  "kind",
  "range",
];

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
};

/** Everything that is said of an entry, its name first. */
export const textsOf = ({ name, about, more }: Entry): readonly string[] => [
  name,
  about,
  ...Object.entries(more).flatMap(([key, value]) => (REFERENCES.includes(key) ? [] : textsIn(value))),
];

/** The scenarios in which an entry has a part. */
export const scenariosOf = ({ name, more }: Entry, kind: string): readonly string[] =>
  kind === "scenarios" ? [name] : textsIn(more["scenarios"]);
