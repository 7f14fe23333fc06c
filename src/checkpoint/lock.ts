import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { CheckError, systemReason } from "../errors.ts";

const LOCK = "lock";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts, where it says so: numbers of processes are given again. */
  readonly began: string;
}

/** When a process began; nothing where it is gone, or the system does not say. */
const beganAt = (pid: number): string => {
  try {
    // Behind the name of the program, which may have blanks and brackets in it.
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)!.split(" ");
    return fields[19] ?? "";
  } catch {
    return "";
  }
};

const self = (): Holder => ({ pid: process.pid, host: hostname(), began: beganAt(process.pid) });

const lives = ({ pid, host, began }: Holder): boolean => {
  // Of a process on another machine nothing is known.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return began === "" || beganAt(pid) === began;
};

const holderIn = (text: string): Holder | undefined => {
  try {
    const { pid, host, began } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === "number" && typeof host === "string" && typeof began === "string"
      ? { pid, host, began }
      : undefined;
  } catch {
    return undefined;
  }
};

const textIn = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
};

const held = (dir: string, { pid, host }: Holder): CheckError =>
  new CheckError(
    "usage",
    `another search writes its checkpoints to ${dir}: process ${pid}${host === hostname() ? "" : ` on ${host}`}\n` +
      `  use another directory, or wait for it to end${host === hostname() ? "" : `; if it is gone, remove ${join(dir, LOCK)}`}`,
  );

/** @throws CheckError where a search that still runs writes to a directory. */
export const refuseHeld = (dir: string): void => {
  const holder = holderIn(textIn(join(dir, LOCK)) ?? "");
  if (holder !== undefined && lives(holder)) throw held(dir, holder);
};

/** A name beside a file that nothing else uses. */
const beside = (file: string): string => `${file}.${randomBytes(4).toString("hex")}`;

/** Makes a file with all of its text at once. @throws where there is one of that name. */
const create = (file: string, text: string): void => {
  const whole = beside(file);
  try {
    writeFileSync(whole, text, { flag: "wx" });
    linkSync(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
};

/** Takes away the lock of somebody who is gone, unless it is another one by now. */
const clear = (file: string, stale: string): void => {
  const moved = beside(file);
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  if (textIn(moved) !== stale && !existsSync(file))
    try {
      linkSync(moved, file);
    } catch {
      // Somebody else took it meanwhile.
    }
  rmSync(moved, { force: true });
};

/**
 * Keeps others from writing to a directory until the answer is called. What a process left behind that is gone does not count.
 * @throws CheckError where another search holds it, or nothing can be written there.
 */
export const lockOf = (dir: string): (() => void) => {
  const file = join(dir, LOCK);
  const mine = JSON.stringify(self());
  for (let tries = 0; ; tries++)
    try {
      create(file, mine);
      return () => {
        if (textIn(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 9)
        throw new CheckError("output", `cannot write ${file}: ${systemReason(error)}`, { cause: error });
      const found = textIn(file) ?? "";
      const holder = holderIn(found);
      if (holder !== undefined && lives(holder)) throw held(dir, holder);
      clear(file, found);
    }
};
