import { programName } from "../../program-name.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { version } from "../../package-version.ts";
import { SCHEMA_VERSION } from "../../report/schema-version.ts";
import { columns, row } from "../../report/columns.ts";
import { largest } from "../../report/largest.ts";
import { ascii } from "../../report/wrap.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { kindsOf, scenariosOf, textsOf, type Entry } from "./entries.ts";
import { matcher } from "./matching.ts";
import { nothingFound } from "./nothing-found.ts";
import { fieldsNamed, HOW_KNOWN, touchingIn, type FieldUse } from "./touching.ts";
import { own } from "../../schema/own.ts";
import type { Io } from "../terminal/io.ts";

/** The options of `list`, as parsed. */
export interface ListFlags {
  readonly json?: boolean;
  /** Only what has all of these words. */
  readonly search?: string;
  /** Only what has a part in this scenario. */
  readonly scenario?: string;
  /** Only actions that write, or read, this field of the state. */
  readonly writes?: string;
  readonly reads?: string;
}

/** The names that may pass: of actions that write and read what is asked for; all where nothing is. */
const touchingActions = async (
  catalogue: Catalogue,
  { writes, reads }: ListFlags,
): Promise<((name: string) => boolean) | undefined> => {
  if (writes === undefined && reads === undefined) return undefined;
  const touching = await touchingIn(catalogue);
  const those = (path: string, of: (field: FieldUse) => readonly string[]): ReadonlySet<string> =>
    new Set(fieldsNamed(touching, path).flatMap(of));
  const writers = writes === undefined ? undefined : those(writes, touching.writers);
  const readers = reads === undefined ? undefined : those(reads, touching.readers);
  return (name) => (writers?.has(name) ?? true) && (readers?.has(name) ?? true);
};

/** The entries of a kind that the flags let through. */
const entriesOf = async (catalogue: Catalogue, kind: string, flags: ListFlags): Promise<readonly Entry[]> => {
  const kinds = kindsOf(catalogue);
  const listing = own(kinds, kind);
  const listed = Object.keys(kinds);
  if (listing === undefined) throw unknownName("kind", kind, listed, `list one of: ${listed.join(", ")}`);
  const touches = await touchingActions(catalogue, flags);
  if (touches !== undefined && kind !== "actions")
    throw new CheckError(
      "usage",
      `--writes and --reads are of actions: ${programName()} list actions --writes PATH`,
    );
  const scenario = flags.scenario === undefined ? undefined : scenarioNamed(catalogue, flags.scenario).name;
  const found = flags.search === undefined ? undefined : matcher(flags.search);
  return (await listing(catalogue)).filter(
    (entry) =>
      (touches === undefined || touches(entry.name)) &&
      (scenario === undefined || scenariosOf(entry, kind).includes(scenario)) &&
      (found === undefined || found(textsOf(entry).join("\n"))),
  );
};

const lines = (entries: readonly Entry[]): readonly string[] => {
  const names = entries.map(({ name }) => ascii(name).length);
  const width = Math.min(40, largest(names, 0));
  const layout = columns([width, 79 - 2 - width], 2);
  return entries.flatMap(({ name, about }) => row([[name], [about]], layout));
};

const jsonOf = (entries: readonly Entry[]): readonly object[] =>
  entries.map(({ name, about, more }) => ({ name, about, ...more }));

/** `list KIND`. @throws CheckError when nothing of that kind is kept, or what is asked for is nowhere. */
export const list = async (
  catalogue: Catalogue,
  kind: string | undefined,
  flags: ListFlags,
  io: Io,
): Promise<void> => {
  const { search } = flags;
  const all = Object.keys(kindsOf(catalogue));
  if (kind === undefined && search === undefined)
    throw new CheckError("usage", `list one of: ${all.join(", ")}; or list --search WORDS looks in all`);
  const kinds = kind === undefined ? all : [kind];
  const listed: (readonly [kind: string, entries: readonly Entry[]])[] = [];
  for (const one of kinds) {
    const entries = await entriesOf(catalogue, one, flags);
    if (kind !== undefined || entries.length > 0) listed.push([one, entries]);
  }
  if (search !== undefined && listed.every(([, entries]) => entries.length === 0))
    throw await nothingFound(catalogue, search);
  if (flags.json === true) {
    const lists = Object.fromEntries(listed.map(([one, entries]) => [one, jsonOf(entries)]));
    const result = { schemaVersion: SCHEMA_VERSION, version: version(), ...lists };
    return io.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  }
  const texts = listed.map(([one, entries]) => {
    if (entries.length === 0) return `no ${one}\n`;
    const heading = kind === undefined ? `${one}\n` : "";
    const indented = lines(entries).map((line) => (kind === undefined ? `  ${line}` : line));
    return `${heading}${indented.join("\n")}\n`;
  });
  const touched = flags.writes ?? flags.reads;
  const known = touched === undefined ? "" : `${row([[HOW_KNOWN]], columns([79], 0)).join("\n")}\n`;
  io.stdout.write(`${texts.join("\n")}${known}`);
};
