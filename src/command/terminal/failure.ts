import { CommanderError } from "commander";
import { CheckError, systemReason, type ErrorCode } from "../../errors.ts";
import { EXIT, type Io } from "./io.ts";
import { printable } from "./printable.ts";
import { programName } from "../../program-name.ts";
import { debugVariable } from "./variables.ts";

/** Whether the system has no more of what the program needs, which is no fault of the program. */
const isExhausted = (error: unknown): boolean =>
  ["EMFILE", "ENFILE"].includes((error as NodeJS.ErrnoException | null)?.code ?? "");

const debugs = ({ env }: Io): boolean => (env[debugVariable()] ?? "") !== "";

const exitOf = (code: ErrorCode): number => (code === "internal" ? EXIT.internal : EXIT.usage);

/** What is printed, and the exit code, when a command fails: one clear message, no stack unless asked for. */
export const failure = (thrown: unknown, io: Io): number => {
  const error = isExhausted(thrown)
    ? new CheckError("limit", `no verdict was reached: ${systemReason(thrown)}`, { cause: thrown })
    : thrown;
  // Commander has already printed what it has to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.usage;
  const known = error instanceof CheckError;
  const internal = !known || error.code === "internal";
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(printable(`${programName()}: ${internal ? "internal error: " : ""}${message}\n`));
  if (internal)
    io.stderr.write("  No verdict was reached. Please report this with the command that was run.\n");
  if (debugs(io) && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
  return known ? exitOf(error.code) : EXIT.internal;
};
