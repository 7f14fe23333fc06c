import { perSegment, type Segment } from "../fast/visited/store.ts";
import type { Snapshot } from "../fast/checkpoint/snapshot.ts";
import { Batch } from "./files.ts";
import { manifestText, type Facts, type FileFact, type Manifest } from "./manifest.ts";
import type { Sampler } from "./behaviour-sample.ts";

/** What a checkpoint of a search is of: the question, and who asks. */
export interface About<S> {
  readonly version: string;
  readonly facts: Facts;
  readonly sampler: Sampler<S>;
}

const bytesOf = (array: Int32Array | Uint32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const joined = (parts: readonly (Int32Array | Uint32Array)[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(bytesOf(part), at);
    at += part.byteLength;
  }
  return all;
};

/** Writes one checkpoint after the other into a directory: of what has not changed since the last, nothing. */
export class Writer<S> {
  readonly #dir: string;
  readonly #about: About<S>;
  /** What the directory holds. */
  #last: Manifest | undefined;

  /** `last` is the checkpoint in the directory that the search goes on from, if it does. */
  constructor(dir: string, about: About<S>, last?: Manifest) {
    this.#dir = dir;
    this.#about = about;
    this.#last = last;
  }

  /** Writes a checkpoint. @throws CheckError when that fails; the one before it is then as it was. */
  async write({ standing, packing, segments, state }: Snapshot<S>): Promise<void> {
    const { version, facts, sampler } = this.#about;
    const generation = (this.#last?.generation ?? 0) + 1;
    const { words, sizes } = packing;
    const values = packing.values.map(({ length }) => length);
    const count = Math.ceil(standing.states / perSegment);
    const held = (segment: number): number => Math.min(perSegment, standing.states - segment * perSegment);
    const kept = Array.from({ length: count }, (_, segment) =>
      this.#keptSegment(segment, held(segment), sizes),
    );
    const keptValues = this.#keptValues(values);
    const needs =
      kept.reduce((sum, file, i) => sum + (file ? 0 : held(i) * 4 * (words + 1)), 0) +
      (keptValues ? 0 : values.reduce((sum, length) => sum + length * 4, 0));
    const batch = new Batch(this.#dir, needs);
    const valuesFile = keptValues ?? (await batch.write(`${generation}-values.bin`, joined(packing.values)));
    const segmentFiles: FileFact[] = [];
    for (const [segment, file] of kept.entries())
      segmentFiles.push(
        file ??
          (await batch.write(
            `${generation}-states-${segment}.bin`,
            segmentBytes(segments[segment], held(segment), words),
          )),
      );
    const sample = sampler.sample(standing.states, state);
    const manifest = { generation, facts, standing, words, sizes, values, valuesFile, segmentFiles, sample };
    batch.commit(
      manifestText(version, manifest),
      [valuesFile, ...segmentFiles].map(({ name }) => name),
    );
    this.#last = manifest;
  }

  /** The file of a segment that was full, and packed as it is now. */
  #keptSegment(segment: number, held: number, sizes: readonly number[]): FileFact | undefined {
    const last = this.#last;
    if (last === undefined || last.sizes.join() !== sizes.join()) return undefined;
    const before = Math.min(perSegment, last.standing.states - segment * perSegment);
    return before === held ? last.segmentFiles[segment] : undefined;
  }

  #keptValues(values: readonly number[]): FileFact | undefined {
    return this.#last?.values.join() === values.join() ? this.#last.valuesFile : undefined;
  }
}

const segmentBytes = ({ states, parents }: Segment, held: number, words: number): Uint8Array =>
  joined([states.subarray(0, held * words), parents.subarray(0, held)]);
