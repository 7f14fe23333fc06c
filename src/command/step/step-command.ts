import type { Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { meterOf } from "../search/progress.ts";
import { watch } from "../search/watch.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { printable } from "../terminal/printable.ts";
import { beginning } from "./begin.ts";
import { briefHelp } from "./help-text.ts";
import { inputOf, PROMPT, type Input } from "./input-lines.ts";
import { obeyed } from "./obey.ts";
import { shown, type Session } from "./session.ts";
import type { StepFlags } from "./step-flags.ts";
import type { Search } from "./shortest.ts";
import { farewellLines } from "./walk-text.ts";

/** The fast engine, stopped at the first violation, at an interrupt, or before memory runs out. */
const searchOf =
  (io: Io): Search =>
  async (problem, states) => {
    const { exploreFast } = await import("../../explore.ts");
    const watching = watch(io, {}, meterOf(io, false));
    return exploreFast(problem, { states, failFast: true }, watching.pulse).finally(() => watching.end());
  };

/** A line of a script that says nothing to the session. */
const isRemark = (line: string): boolean => /^\s*(#|$)/.test(line);

const print = (io: Io, lines: readonly string[]): void => {
  if (lines.length > 0) io.stdout.write(`${lines.join("\n")}\n`);
};

/** What a wrong line of a script is answered with: its number, and what is wrong. */
const inLine = (number: number, { code, message }: CheckError): CheckError =>
  new CheckError(code, `line ${number}: ${message}`);

/** A session that a person or a script leads on, line by line; `keep` is told of each session on the way. */
const led = async (
  first: Session,
  { lines, isScript }: Input,
  io: Io,
  keep: (session: Session) => void,
): Promise<void> => {
  const search = searchOf(io);
  let session = first;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (isScript && isRemark(line)) continue;
    if (isScript) print(io, [`${PROMPT}${printable(line.trim())}`]);
    try {
      const reply = await obeyed(session, line, search);
      session = reply.session;
      keep(session);
      print(io, reply.lines);
    } catch (error) {
      if (!(error instanceof CheckError) || error.code === "internal") throw error;
      if (isScript) throw inLine(number, error);
      print(io, [printable(error.message)]);
    }
    if (session.ended) return;
  }
};

/**
 * `step`: walks through a world, or on from a saved run, step by step; the exit code. Whatever ends it, the
 * command that takes the walk again is printed.
 * @throws CheckError when there is no such world or run, or a line of a script is wrong; names the line.
 */
export const step = async (
  catalogue: Catalogue,
  words: readonly string[],
  flags: StepFlags,
  io: Io,
): Promise<number> => {
  const { session, lines } = await beginning(catalogue, words, flags);
  const stop = new AbortController();
  const input = inputOf(io, flags.script, stop.signal);
  const release = io.onInterrupt(() => stop.abort());
  let last = session;
  print(io, [...lines, "", ...shown(session), ...(input.isScript ? [] : ["", briefHelp])]);
  try {
    await led(session, input, io, (next) => {
      last = next;
    });
  } finally {
    release();
    print(io, farewellLines(last.world, last.walk));
  }
  return stop.signal.aborted ? EXIT.interrupted : EXIT.asExpected;
};
