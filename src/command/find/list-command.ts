import { unknownName } from "../../errors.ts";
import { SCHEMA_VERSION } from "../../report/schema-version.ts";
import { columns, row } from "../../report/columns.ts";
import { largest } from "../../report/largest.ts";
import { ascii } from "../../report/wrap.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { actionsIn, namedIn, optionsIn, propertiesIn } from "./inventory.ts";
import { own } from "../../schema/own.ts";
import type { Io } from "../terminal/io.ts";

/** One entry of a list: its name, what it is, and the rest of what is known, for `--json`. */
interface Entry {
  readonly name: string;
  readonly about: string;
  readonly more: Readonly<Record<string, unknown>>;
}

const scenarioEntries = (catalogue: Catalogue, wanted: (name: string) => boolean): readonly Entry[] =>
  catalogue.scenarios
    .filter(({ name }) => wanted(name))
    .map(({ name, about, axes = {}, options, scope, start, properties }) => ({
      name,
      about,
      more: {
        ...Object.fromEntries(
          (catalogue.axes ?? []).map((axis) => [axis.plural, own(axes, axis.name) ?? []]),
        ),
        options: options.map((option) => option.name),
        scope,
        start,
        properties: properties.map(({ id }) => id),
      },
    }));

const namedEntries = (catalogue: Catalogue, axis: string): readonly Entry[] =>
  namedIn(catalogue, axis).map(({ item: { name, about, source }, scenarios }) => ({
    name,
    about,
    more: { source, scenarios },
  }));

const byNumber = (a: Entry, b: Entry): number => a.name.localeCompare(b.name, "en", { numeric: true });

const claimEntries = (catalogue: Catalogue): readonly Entry[] => {
  const properties = propertiesIn(catalogue).map(({ item }) => item);
  const told = catalogue.claims.claims;
  const bare = new Set(properties.flatMap(({ claim }) => claim ?? []));
  for (const { id } of told) bare.delete(id);
  return [
    ...told.map(({ id, statement, word, messages, source, checks }) => ({
      name: id,
      about: `${word}: ${statement}`,
      more: {
        word,
        messages,
        source,
        properties: [...new Set(checks.map(({ property }) => property))],
      },
    })),
    ...[...bare].map((claim) => {
      const ids = properties.filter((property) => property.claim === claim).map(({ id }) => id);
      return { name: claim, about: `decided by ${ids.join(", ")}`, more: { properties: ids } };
    }),
  ].toSorted(byNumber);
};

type Listing = readonly Entry[] | Promise<readonly Entry[]>;

const KINDS: Readonly<Record<string, (catalogue: Catalogue) => Listing>> = {
  scenarios: (catalogue) => scenarioEntries(catalogue, () => true),
  properties: (catalogue) =>
    propertiesIn(catalogue).map(({ item: { id, statement, kind, claim, note }, scenarios }) => ({
      name: id,
      about: statement,
      more: { kind, claim: claim ?? null, ...note?.cites, scenarios },
    })),
  claims: claimEntries,
  actions: async (catalogue) =>
    (await actionsIn(catalogue)).map(({ item: { name, note, args }, scenarios }) => ({
      name,
      about: note?.facts[0]?.[1] ?? "",
      more: { args, ...note?.cites, scenarios },
    })),
  bugs: (catalogue) => scenarioEntries(catalogue, (name) => name.startsWith("bugs/")),
  options: (catalogue) =>
    optionsIn(catalogue).map(({ item: { name, about, values, source }, scenarios }) => ({
      name,
      about: `${values.join("|")}  ${about}`,
      more: { values, source, scenarios },
    })),
};

/** What can be listed of any catalogue, after the values on the axes of this one. */
const LISTED = Object.keys(KINDS);

/** `list KIND`. @throws CheckError when nothing of that kind is kept. */
export const list = async (catalogue: Catalogue, kind: string, json: boolean, io: Io): Promise<void> => {
  const { axes = [] } = catalogue;
  const axis = axes.find(({ plural }) => plural === kind);
  const known = [...axes.map(({ plural }) => plural), ...LISTED];
  const entriesOf = axis === undefined ? own(KINDS, kind) : () => namedEntries(catalogue, axis.name);
  if (entriesOf === undefined) throw unknownName("kind", kind, known, `list one of: ${known.join(", ")}`);
  const entries = await entriesOf(catalogue);
  if (json) {
    const all = entries.map(({ name, about, more }) => ({ name, about, ...more }));
    return io.stdout.write(
      `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, [kind]: all }, undefined, 2)}\n`,
    );
  }
  if (entries.length === 0) return io.stdout.write(`no ${kind}\n`);
  const names = entries.map(({ name }) => ascii(name).length);
  const width = Math.min(40, largest(names, 0));
  const layout = columns([width, 79 - 2 - width], 2);
  io.stdout.write(`${entries.flatMap(({ name, about }) => row([[name], [about]], layout)).join("\n")}\n`);
};
