import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CheckError, systemReason } from "../errors.ts";

const unwritable = (file: string, why: string, cause?: unknown): CheckError =>
  new CheckError("output", `cannot write ${file}: ${why}`, { cause });

/** A pipe or device cannot be replaced by a finished file: it is written to directly. */
const isSpecial = (file: string): boolean => {
  if (!existsSync(file)) return false;
  const stat = statSync(file);
  return !stat.isFile() && !stat.isDirectory();
};

/** The file itself behind symbolic links, so that writing keeps the link; a pipe has a name under /dev only. */
const behindLinks = (file: string): string =>
  existsSync(file) && !isSpecial(file) ? realpathSync(file) : resolve(file);

/** A name beside the file that nothing else uses. */
const beside = (target: string): string => `${target}.${randomBytes(4).toString("hex")}.tmp`;

/** Makes a file beside another one, and removes it. */
const makeProbe = (file: string, probe: string): void => {
  try {
    closeSync(openSync(probe, "wx"));
    rmSync(probe);
  } catch (error) {
    throw unwritable(file, systemReason(error, "nothing can be created there"), error);
  }
};

/** Names of the stream that the result is written to. */
const STDOUT: ReadonlySet<string> = new Set(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

/** Whether a file is named that is stdout: `-`, or as the system calls it. */
export const isStdout = (file: string): boolean => STDOUT.has(file);

/**
 * Finds out whether a file can be written, before hours of work are spent on what goes into it.
 * @throws CheckError when its directory is missing, it is a directory itself, or permission is lacking.
 */
export const checkWritable = (file: string): void => {
  try {
    const target = behindLinks(file);
    if (existsSync(target)) {
      if (statSync(target).isDirectory()) throw unwritable(file, "it is a directory");
      accessSync(target, constants.W_OK);
    }
    if (isSpecial(target)) return;
    if (!statSync(dirname(target)).isDirectory()) throw unwritable(file, "its parent is not a directory");
    makeProbe(file, beside(target));
  } catch (error) {
    throw error instanceof CheckError ? error : unwritable(file, systemReason(error), error);
  }
};

/**
 * Writes a file so that it is never seen half-written: under another name first, then renamed.
 * @throws CheckError when that fails; the file is then as it was before.
 */
export const writeWhole = (file: string, text: string): void => {
  try {
    const target = behindLinks(file);
    if (isSpecial(target)) return writeFileSync(target, text);
    const partial = beside(target);
    try {
      writeFileSync(partial, text, { flag: "wx" });
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  } catch (error) {
    throw unwritable(file, systemReason(error), error);
  }
};
