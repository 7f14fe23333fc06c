import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { CheckError, systemReason } from "../../errors.ts";

/** What can be read now; undefined where a pipe is empty and may still be written to. */
const readNow = (fd: number, chunk: Buffer): number | undefined => {
  try {
    return readSync(fd, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
};

/** How a file is read: what is called what, and how much of it there may be. */
export interface Reading {
  readonly largest: number;
  /** The error that it cannot be read, with the reason. */
  readonly bad: (why: string, cause?: unknown) => CheckError;
  /** Why a file of that size is not read; the size is a number, or `more than` one. */
  readonly tooLarge: (size: string) => string;
}

/**
 * What a file has, or a pipe, piece by piece, each of which is there until the next is asked for: signals are answered while it
 * is waited for, and a device without end is left.
 */
export const chunksOf = async function* (
  file: string,
  { largest, bad, tooLarge }: Reading,
): AsyncGenerator<Buffer, void, undefined> {
  let fd: number | undefined;
  try {
    // Opening a pipe that nobody writes to would block the process, which then would not receive signals.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (stat.isDirectory()) throw bad("it is a directory");
    if (stat.size > largest) throw bad(tooLarge(`${stat.size}`));
    const chunk = Buffer.alloc(Math.min(largest, 2 ** 20));
    for (let size = 0, read = readNow(fd, chunk); read !== 0; read = readNow(fd, chunk)) {
      if (read === undefined) {
        await setTimeout(10);
        continue;
      }
      size += read;
      if (size > largest) throw bad(tooLarge(`more than ${largest}`));
      yield chunk.subarray(0, read);
    }
  } catch (error) {
    if (error instanceof CheckError) throw error;
    throw bad(systemReason(error, "there is no such file"), error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
};

/** All that a file has, or a pipe. */
export const bytesOf = async (file: string, reading: Reading): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(file, reading)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};
