import { CheckError } from "../../errors.ts";
import { bytesText } from "../../report/effort.ts";
import type { Io } from "../terminal/io.ts";

const MB = 2 ** 20;
/** What any search takes besides its states: what it learns of the model, compiled code, and what tells its result. */
const BESIDES = 48 * MB;

/**
 * Refuses a limit on memory that cannot be kept, before anything is searched; `bytes` are known to be needed for `what`.
 * @throws CheckError that says how much is needed.
 */
export const checkMemoryLimit = (io: Io, asked: number | undefined, bytes = 0, what = ""): void => {
  if (asked === undefined && bytes === 0) return;
  const { resident, residentLimit } = io.memory();
  const needed = resident + BESIDES + bytes;
  const limit = Math.min(residentLimit, asked ?? Infinity);
  if (needed <= limit) return;
  const has =
    asked !== undefined && asked <= residentLimit
      ? `--max-memory is ${bytesText(asked)}`
      : `there are ${bytesText(residentLimit)}`;
  const states = bytes === 0 ? "" : ` and ${what} ${bytesText(bytes)}`;
  throw new CheckError(
    "usage",
    `too little memory: the program itself takes ${bytesText(resident + BESIDES)}${states}, and ${has}\n` +
      `  it takes --max-memory ${Math.ceil(needed / MB / 16) * 16}M or more`,
  );
};
