import { endianness } from "node:os";
import { CheckError } from "../errors.ts";
import type { Standing } from "../fast/search/standing.ts";
import { digestOf } from "./digest.ts";
import type { Sample } from "./behaviour-sample.ts";
import { programName } from "../program-name.ts";

/** The number of the format: one that means something else has another. */
const FORMAT = 2;
/** The file that says what a checkpoint is made of. */
export const MANIFEST = "checkpoint.json";

/** A file of a checkpoint, by its name in the directory. */
export interface FileFact {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the search was asked, each fact by what it is called in messages. */
export type Facts = Readonly<Record<string, string>>;

/** What a checkpoint is made of; its file is written last. */
export interface Manifest {
  /** How many checkpoints there were before it in the directory. */
  readonly generation: number;
  readonly facts: Facts;
  readonly standing: Standing;
  readonly words: number;
  readonly sizes: readonly number[];
  /** For each component type, how many numbers its values take in their file. */
  readonly values: readonly number[];
  readonly valuesFile: FileFact;
  readonly segmentFiles: readonly FileFact[];
  readonly sample: Sample;
}

/** Who can read it: others refuse it before they look further. */
interface Reader {
  readonly format: number;
  readonly package: string;
  readonly endianness: string;
}

const own = (version: string): Reader => ({
  format: FORMAT,
  package: version,
  endianness: endianness(),
});

/** A file that is not as it was written. */
export const damaged = (file: string, how: string): CheckError =>
  new CheckError(
    "input",
    `checkpoint damaged: ${file}, ${how}\n  it cannot be resumed: begin anew without --resume, in another directory`,
  );

const textOf = (reader: Reader, checkpoint: unknown): string => {
  const content = JSON.stringify(checkpoint);
  return `${JSON.stringify({ ...reader, sha256: digestOf(content) }).slice(0, -1)},"checkpoint":${content}}\n`;
};

/** The text of the manifest's file; `version` is that of the package. */
export const manifestText = (version: string, manifest: Manifest): string => textOf(own(version), manifest);

/**
 * Reads the text of the manifest's file.
 * @throws CheckError `version` naming the difference where another format, version or byte order wrote it, `input` where
 * it is not as it was written.
 */
export const manifestOf = (file: string, text: string, version: string): Manifest => {
  let found: Partial<Reader> & { readonly checkpoint?: unknown };
  try {
    found = JSON.parse(text) as typeof found;
  } catch {
    throw damaged(file, "not JSON");
  }
  for (const [name, value] of Object.entries(own(version))) {
    const there = found?.[name as keyof Reader];
    if (there === undefined) throw damaged(file, `no ${name}`);
    if (there !== value)
      throw new CheckError(
        "version",
        `${file} was written with ${name} ${String(there)}, and this is ${name} ${String(value)}: use that version of ${programName()}, or begin anew`,
      );
  }
  if (text !== textOf(own(version), found.checkpoint)) throw damaged(file, "checksum");
  return found.checkpoint as Manifest;
};
