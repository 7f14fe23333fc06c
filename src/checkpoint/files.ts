import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CheckError, systemReason } from "../errors.ts";
import { damaged, MANIFEST, type FileFact } from "./manifest.ts";
import { digestOf } from "./digest.ts";

const PARTIAL = ".tmp";
/** The names of files that a checkpoint may have left in its directory. */
const OURS = /^(?:checkpoint\.json|\d+-(?:values|states-\d+)\.bin)(?:\.tmp)?$/;

const unwritable = (file: string, error: unknown, needs = 0, missing?: string): CheckError =>
  new CheckError(
    "output",
    `cannot write the checkpoint ${file}: ${systemReason(error, missing)}${needs === 0 ? "" : ` (it needs ${needs} bytes)`}`,
    { cause: error },
  );

/** Has the system put what it holds of a file or directory on the disk. */
const sync = (path: string): void => {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Makes a directory with those above it that are missing: node's own way of that never ends below /proc. */
export const makeDirectory = (dir: string): void => {
  const missing: string[] = [];
  for (let at = resolve(dir); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const each of missing)
    try {
      mkdirSync(each);
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!existsSync(each)) throw error;
    }
};

/**
 * Makes a directory ready for checkpoints; it may be there already.
 * @throws CheckError when nothing can be written there.
 */
export const prepare = (dir: string): void => {
  try {
    makeDirectory(dir);
    if (!statSync(dir).isDirectory())
      throw new CheckError("output", `cannot write the checkpoint ${dir}: it is a file, not a directory`);
    const probe = join(dir, `${MANIFEST}${PARTIAL}`);
    closeSync(openSync(probe, "w"));
    rmSync(probe);
  } catch (error) {
    throw error instanceof CheckError ? error : unwritable(dir, error, 0, "nothing can be created there");
  }
};

/**
 * Writes files so that all of them are on the disk before the manifest says so, each under another name first; then
 * removes what the manifest does not name. Lets other work go on between two files.
 */
export class Batch {
  readonly #dir: string;
  /** Bytes of all files to be written, for messages. */
  readonly #needs: number;
  readonly #written: string[] = [];

  constructor(dir: string, needs: number) {
    this.#dir = dir;
    this.#needs = needs;
  }

  /** Writes a file. @throws CheckError when that fails; nothing of the batch is then left. */
  async write(name: string, bytes: Uint8Array): Promise<FileFact> {
    this.#put(name, bytes);
    await new Promise((resolve) => setImmediate(resolve));
    return { name, bytes: bytes.length, sha256: digestOf(bytes) };
  }

  /** Makes the batch what the directory holds. @throws CheckError when that fails; what was there before then still is. */
  commit(manifest: string, keep: readonly string[]): void {
    try {
      for (const name of this.#written) renameSync(this.#partial(name), join(this.#dir, name));
      sync(this.#dir);
    } catch (error) {
      this.#undo();
      throw unwritable(this.#dir, error, this.#needs);
    }
    this.#put(MANIFEST, Buffer.from(manifest));
    try {
      renameSync(this.#partial(MANIFEST), join(this.#dir, MANIFEST));
      sync(this.#dir);
    } catch (error) {
      throw unwritable(join(this.#dir, MANIFEST), error);
    }
    removeOthers(this.#dir, new Set([...keep, MANIFEST]));
  }

  #put(name: string, bytes: Uint8Array): void {
    this.#written.push(name);
    const partial = this.#partial(name);
    try {
      const file = openSync(partial, "w");
      try {
        writeFileSync(file, bytes);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      this.#undo();
      throw unwritable(join(this.#dir, name), error, this.#needs);
    }
  }

  #partial(name: string): string {
    return join(this.#dir, `${name}${PARTIAL}`);
  }

  #undo(): void {
    for (const name of this.#written) {
      rmSync(this.#partial(name), { force: true });
      if (name !== MANIFEST) rmSync(join(this.#dir, name), { force: true });
    }
  }
}

/** Removes files of earlier or unfinished checkpoints; that one stays does no harm. */
const removeOthers = (dir: string, keep: ReadonlySet<string>): void => {
  try {
    for (const name of readdirSync(dir))
      if (OURS.test(name) && !keep.has(name)) rmSync(join(dir, name), { force: true });
  } catch {
    return;
  }
};

/** Whether a directory holds a checkpoint. */
export const holdsCheckpoint = (dir: string): boolean => existsSync(join(dir, MANIFEST));

/** Reads a file. A pipe would be waited for, and a device may have no end: neither is part of a checkpoint. */
const readRegular = (file: string): Buffer<ArrayBuffer> => {
  const stat = statSync(file);
  if (!stat.isFile() && !stat.isDirectory()) throw new Error("it is a pipe or a device, not a file");
  return readFileSync(file);
};

/** Reads the manifest's file. @throws CheckError when there is none. */
export const manifestIn = (dir: string): string => {
  const file = join(dir, MANIFEST);
  try {
    return readRegular(file).toString("utf8");
  } catch (error) {
    const why = !existsSync(dir)
      ? `there is no directory ${dir}`
      : !statSync(dir).isDirectory()
        ? `${dir} is a file, not a directory`
        : holdsCheckpoint(dir)
          ? `${file}: ${systemReason(error, "the file is missing")}`
          : `${dir} holds no ${MANIFEST}`;
    throw new CheckError("input", `there is no checkpoint to resume: ${why}`, { cause: error });
  }
};

/** Reads a file of a checkpoint. @throws CheckError when it is missing or is not as it was written. */
export const contentOf = (dir: string, { name, bytes, sha256 }: FileFact): Buffer<ArrayBuffer> => {
  const file = join(dir, name);
  let content: Buffer<ArrayBuffer>;
  try {
    content = readRegular(file);
  } catch (error) {
    throw damaged(file, systemReason(error, "the file is missing"));
  }
  if (content.length !== bytes) throw damaged(file, `${content.length} bytes long instead of ${bytes}`);
  if (digestOf(content) !== sha256) throw damaged(file, "checksum");
  return content;
};
