import { join } from "node:path";
import { CheckError } from "../errors.ts";
import type { Stored } from "../fast/checkpoint/snapshot.ts";
import { contentOf, manifestIn } from "./files.ts";
import { manifestOf, MANIFEST, type Facts, type Manifest } from "./manifest.ts";
import type { About } from "./write.ts";

/** @throws CheckError naming each fact in which two questions differ. */
const sameQuestion = (dir: string, there: Facts, here: Facts): void => {
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  const differences = names
    .filter((name) => there[name] !== here[name])
    .map((name) => `  ${name}: ${there[name] ?? "none"} there, ${here[name] ?? "none"} here`);
  if (differences.length > 0)
    throw new CheckError(
      "version",
      [`${dir} is a checkpoint of another question:`, ...differences].join("\n"),
    );
};

/**
 * Reads which checkpoint a directory holds.
 * @throws CheckError when there is none, it is damaged, or it is of another question or version, naming the difference.
 */
export const readManifest = <S>(dir: string, { version, facts }: About<S>): Manifest => {
  const manifest = manifestOf(join(dir, MANIFEST), manifestIn(dir), version);
  sameQuestion(dir, manifest.facts, facts);
  return manifest;
};

const numbers = (content: Buffer<ArrayBuffer>): Int32Array =>
  new Int32Array(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength));

/** The snapshot in a checkpoint. @throws CheckError, here or as it is used, where a file is missing or damaged. */
export const storedIn = <S>(dir: string, manifest: Manifest, { sampler }: About<S>): Stored<S> => {
  const { standing, words, sizes, sample } = manifest;
  const all = numbers(contentOf(dir, manifest.valuesFile));
  let at = 0;
  const values = manifest.values.map((length) => all.subarray(at, (at += length)));
  return {
    standing,
    packing: { words, sizes, values },
    load: (segment, states, parents) => {
      const cells = numbers(contentOf(dir, manifest.segmentFiles[segment]));
      states.set(cells.subarray(0, states.length));
      parents.set(new Uint32Array(cells.buffer, states.length * 4));
    },
    verify: (state, parent) => sampler.compare(sample, standing.states, state, parent),
  };
};
