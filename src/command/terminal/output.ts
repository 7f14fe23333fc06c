import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CheckError, systemReason } from "../../errors.ts";

const unwritable = (file: string, why: string, cause?: unknown): CheckError =>
  new CheckError("output", `cannot write ${file}: ${why}`, { cause });

/** A pipe or device cannot be replaced by a finished file: it is written to directly. */
const isSpecial = (file: string): boolean => {
  if (!existsSync(file)) return false;
  const stat = statSync(file);
  return !stat.isFile() && !stat.isDirectory();
};

/** Where a symbolic link leads; undefined of anything else. */
const linkedTo = (file: string): string | undefined => {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
};

/** Links that lead to one another more often than the system follows them. */
const MOST_LINKS = 40;

/**
 * The file itself behind symbolic links, so that writing keeps the link, also where it leads to a file that is still to
 * be made; a pipe has a name under /dev only.
 * @throws CheckError when the links lead in a circle.
 */
const behindLinks = (file: string): string => {
  if (existsSync(file)) return isSpecial(file) ? resolve(file) : realpathSync(file);
  let target = resolve(file);
  for (let links = 0, to = linkedTo(target); to !== undefined; links++, to = linkedTo(target)) {
    if (links === MOST_LINKS) throw unwritable(file, "its symbolic links lead in a circle");
    // A link is relative to where it lies, and that may be behind a link itself.
    target = resolve(realpathSync(dirname(target)), to);
  }
  return target;
};

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
    if (/[/\\]$/.test(file) && !existsSync(file))
      throw unwritable(file, "it names a directory, and there is none");
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

/** Writes to a pipe or device. Opening a pipe that nobody reads would block the process for ever: that is an error instead. */
const writeSpecial = (target: string, text: string): void => {
  const reader = statSync(target).isFIFO()
    ? openSync(target, constants.O_WRONLY | constants.O_NONBLOCK)
    : undefined;
  try {
    writeFileSync(target, text);
  } finally {
    if (reader !== undefined) closeSync(reader);
  }
};

/**
 * Writes a file so that it is never seen half-written: under another name first, then renamed.
 * @throws CheckError when that fails; the file is then as it was before.
 */
export const writeWhole = (file: string, text: string): void => {
  try {
    const target = behindLinks(file);
    if (isSpecial(target)) return writeSpecial(target, text);
    const partial = beside(target);
    try {
      writeFileSync(partial, text, { flag: "wx" });
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  } catch (error) {
    throw error instanceof CheckError ? error : unwritable(file, systemReason(error), error);
  }
};
