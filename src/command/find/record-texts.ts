import { writeFileSync } from "node:fs";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { flipsIn } from "../../catalogue/flips.ts";
import { shortNameOf } from "../../catalogue/scenario-called.ts";
import { recordIn } from "../terminal/bundle.ts";
import type { Io } from "../terminal/io.ts";
import { kindsOf } from "./entries.ts";
import { explain } from "./explain-command.ts";
import { list } from "./list-command.ts";
import { questionOf, recordDigest, type Places } from "./recorded.ts";

/** What a command writes. */
const written = async (command: (io: Io) => Promise<void>): Promise<string> => {
  let text = "";
  const sink = { write: (more: string) => void (text += more), isTTY: false };
  // Neither asks anything else of the world.
  await command({ stdout: sink, stderr: sink } as unknown as Io);
  return text;
};

/** The names that `explain` is recorded for: those of bugs and mutations are not, for each has its models built. */
const namesIn = async (catalogue: Catalogue): Promise<ReadonlySet<string>> => {
  const names = new Set(catalogue.scenarios.map(({ name }) => shortNameOf(name)));
  for (const listing of Object.values(kindsOf(catalogue)))
    for (const { name } of await listing(catalogue)) names.add(name);
  for (const { id } of await flipsIn(catalogue)) names.delete(id);
  return names;
};

/** Writes into a folder what `list` prints of each kind, and `explain` of each name in a catalogue, for `recordedText`. */
export const recordTexts = async (catalogue: Catalogue, folder: string): Promise<void> => {
  const texts = new Map<string, string>();
  for (const kind of Object.keys(kindsOf(catalogue)))
    texts.set(questionOf("list", kind), await written((io) => list(catalogue, kind, {}, io)));
  for (const name of await namesIn(catalogue))
    texts.set(questionOf("explain", name), await written((io) => explain(catalogue, name, io)));
  const places: Record<string, Places[string]> = {};
  const all: Buffer[] = [];
  let at = 0;
  for (const [question, text] of texts) {
    const bytes = Buffer.from(text);
    places[question] = [at, bytes.length, recordDigest(text)];
    at += bytes.length;
    all.push(bytes);
  }
  const files = recordIn(folder);
  writeFileSync(files.texts, Buffer.concat(all));
  writeFileSync(files.places, JSON.stringify(places));
};
