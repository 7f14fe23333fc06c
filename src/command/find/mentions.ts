import { programName } from "../../program-name.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { columns, row } from "../../report/columns.ts";
import { kindsOf, scenariosOf, textsOf, type Entry } from "./entries.ts";
import { matcher } from "./matching.ts";
import type { FieldUse, Touching } from "./touching.ts";

/** More of one kind are counted, not shown. */
const SHOWN = 10;

/** Fields that are named by more than a few words are too many to go on from each. */
const FEW_FIELDS = 4;

/** The kinds in the order in which they are shown, with what one of them is called. */
const ORDER: readonly (readonly [kind: string, one: string])[] = [
  ["terms", "term"],
  ["state", "state"],
  ["actions", "action"],
  ["properties", "property"],
  ["options", "option"],
  ["scenarios", "scenario"],
  ["claims", "claim"],
  ["messages", "message"],
  ["starts", "start"],
];

interface Hit {
  readonly kind: string;
  readonly entry: Entry;
  /** What is shown of it. */
  readonly text: string;
  /** It is about what is looked for, and does not only use the word for one of its values. */
  readonly itself: boolean;
}

const hitsIn = async (
  catalogue: Catalogue,
  kind: string,
  found: (text: string) => boolean,
): Promise<readonly Hit[]> =>
  (await kindsOf(catalogue)[kind](catalogue)).flatMap((entry) => {
    const texts = textsOf(entry);
    if (!found(texts.join("\n"))) return [];
    const itself = found(`${entry.name}\n${entry.about}`);
    // Of a field that has a word for it the word is shown; what else is found says best itself what it is.
    const text = kind === "state" && !itself ? (texts.find(found) ?? entry.about) : entry.about;
    return [{ kind, entry, text, itself }];
  });

/** How much it says of a scenario that something of it is named; what a scenario says of itself counts most. */
const WEIGHT: Readonly<Record<string, number>> = {
  scenarios: 5,
  properties: 3,
  claims: 2,
  actions: 1,
  looks: 1,
};

/** The scenarios in which hits have a part, those with most of them first, of equals the one with fewer properties. */
const worldsOf = (catalogue: Catalogue, hits: readonly Hit[]): readonly string[] => {
  const weights = new Map<string, number>();
  for (const { kind, entry } of hits)
    for (const name of scenariosOf(entry, kind))
      weights.set(name, (weights.get(name) ?? 0) + (WEIGHT[kind] ?? 0));
  const size = (name: string): number =>
    catalogue.scenarios.find((scenario) => scenario.name === name)?.properties.length ?? 0;
  return [...weights]
    .filter(([, weight]) => weight > 0)
    .toSorted(([a, one], [b, other]) => other - one || size(a) - size(b))
    .map(([name]) => name);
};

const LABELS = columns([10, 66], 1);

/** Those of one kind, under its name. */
const section = (label: string, hits: readonly Hit[]): readonly string[] =>
  hits.length === 0
    ? []
    : [
        ...hits
          .slice(0, SHOWN)
          .flatMap(({ entry, text }, place) =>
            row([[place === 0 ? label : ""], [`${entry.name}: ${text}`]], LABELS, 2),
          ),
        ...(hits.length > SHOWN ? row([[""], [`... and ${hits.length - SHOWN} more`]], LABELS, 2) : []),
      ];

/** Some names, and how many more there are. */
const someOf = (names: readonly string[]): string =>
  names.length <= SHOWN
    ? names.join(", ")
    : `${names.slice(0, SHOWN).join(", ")} and ${names.length - SHOWN} more`;

/** The fields that are meant by what was looked for, where they are few. */
const meantBy = (touching: Touching, hits: readonly Hit[]): readonly FieldUse[] => {
  const names = hits.filter(({ kind, itself }) => kind === "state" && itself).map(({ entry }) => entry.name);
  return names.length > FEW_FIELDS ? [] : touching.fields.filter(({ item }) => names.includes(item.path));
};

/** What writes fields and asks about them. */
const related = (touching: Touching, fields: readonly FieldUse[]): readonly string[] =>
  fields.flatMap((field) =>
    (
      [
        ["written by", touching.writers(field)],
        ["asked by", touching.properties(field)],
      ] as const
    ).flatMap(([label, names]) =>
      names.length === 0 ? [] : row([[label], [`${field.item.path}: ${someOf(names)}`]], LABELS, 2),
    ),
  );

/** The properties that look at fields, as hits of little weight. */
const lookingAt = async (
  catalogue: Catalogue,
  touching: Touching,
  fields: readonly FieldUse[],
): Promise<readonly Hit[]> => {
  const ids = new Set(fields.flatMap((field) => touching.properties(field)));
  const properties = await kindsOf(catalogue)["properties"](catalogue);
  return properties
    .filter(({ name }) => ids.has(name))
    .map((entry) => ({ kind: "looks", entry, text: "", itself: false }));
};

/** Where it matters, and what to type next. */
const nextSteps = (words: string, hits: readonly Hit[], worlds: readonly string[]): readonly string[] => {
  const [world] = worlds;
  const all = `  all        ${programName()} list --search ${/^[\w.-]+$/.test(words) ? words : `'${words}'`}`;
  if (world === undefined) return [all];
  const asked = hits.find(
    ({ kind, entry }) => kind === "properties" && scenariosOf(entry, kind).includes(world),
  );
  const property = asked === undefined ? "" : ` --property ${asked.entry.name}`;
  return [
    ...row([["matters in"], [someOf(worlds)]], LABELS, 2),
    `  explore it ${programName()} explore ${world}${property}`,
    all,
  ];
};

/**
 * Everything that mentions some words, the scenarios and properties in which they matter, and what to type next; none where
 * nothing does. What bears the name is left out.
 */
export const mentions = async (
  catalogue: Catalogue,
  touching: Touching,
  words: string,
): Promise<readonly (readonly string[])[]> => {
  const found = matcher(words);
  const byKind = await Promise.all(
    ORDER.map(async ([kind, label]) => {
      const all = await hitsIn(catalogue, kind, found);
      return { kind, label, all, hits: all.filter(({ entry }) => entry.name !== words) };
    }),
  );
  const hits = byKind.flatMap((one) => one.hits);
  if (hits.length === 0) return [];
  const all = byKind.flatMap((one) => one.all);
  const fields = meantBy(touching, hits);
  const worlds = worldsOf(catalogue, [...all, ...(await lookingAt(catalogue, touching, fields))]);
  return [
    [
      `"${words}" is mentioned by`,
      ...byKind.flatMap(({ kind, label, hits: of }) => [
        ...section(label, of),
        ...(kind === "state" ? related(touching, fields) : []),
      ]),
      ...nextSteps(words, hits, worlds),
    ],
  ];
};
