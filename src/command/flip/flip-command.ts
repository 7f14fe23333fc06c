import { traceStyle } from "../flags/trace-flags.ts";
import { flipNamed, flipsIn } from "../../catalogue/flips.ts";
import { telling, type Flip } from "../../catalogue/flip.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { isCode } from "../flags/code-file.ts";
import { fileText, filesIn, isFile } from "../flags/scenario-file.ts";
import { programName } from "../../program-name.ts";
import { flipJson, flipLine, flipLines, type Flipped } from "../../report/flip-text.ts";
import { SCHEMA_VERSION } from "../../report/schema-version.ts";
import { meterOf } from "../search/progress.ts";
import { watch } from "../search/watch.ts";
import { isLimit } from "../terminal/exit.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { flipOne } from "./flip-one.ts";
import { version } from "../../package-version.ts";

/** The options of `flip`, as parsed. */
export interface FlipFlags {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a file of one's own shows. @throws CheckError where it is no scenario file, or what is wrong with it. */
const ofFile = async (catalogue: Catalogue, name: string): Promise<Flip> => {
  if (isCode(name))
    throw new CheckError(
      "usage",
      `${name} is a module: flip takes a scenario file, FILE.yaml, with a switch between pre and post`,
    );
  const { flipOfFile } = await import("../../variation/flip-file.ts");
  const flip = flipOfFile(await fileText(name), catalogue);
  // What is wrong with one file is said before another is searched.
  telling(flip.scenario());
  return flip;
};

/** What is meant. @throws CheckError where nothing is, or what there is not; names the nearest. */
const meant = async (
  catalogue: Catalogue,
  ids: readonly string[],
  all: boolean,
): Promise<readonly Flip[]> => {
  if (all && ids.length > 0)
    throw new CheckError("usage", `--all flips all there are: leave out ${ids.join(" ")}, or --all`);
  if (!all && ids.length === 0)
    throw new CheckError(
      "usage",
      `flip what? name one of ${programName()} list bugs or list mutations, a scenario file, or give --all`,
    );
  if (all) return flipsIn(catalogue);
  const words = [...new Set(ids.flatMap((id) => (isFile(id) ? filesIn(id) : [id])))];
  return Promise.all(
    words.map(async (id) => (isFile(id) ? ofFile(catalogue, id) : flipNamed(catalogue, id))),
  );
};

/** Whether a flip was broken off. */
const interrupted = ({ sides }: Flipped): boolean =>
  sides.some(({ outcome }) => outcome.stop === "interrupted");

/** Whether a flip is left open by a limit on what its searches may use. */
const limited = ({ sides, fault }: Flipped): boolean =>
  fault !== null && sides.some(({ outcome }) => isLimit(outcome.stop));

/** How many flip, and which do not. */
const total = (found: readonly Flipped[], wanted: number): string => {
  const failed = found.filter(({ fault }) => fault !== null).map((one) => one.flip.id);
  const not = failed.length === 0 ? "." : `; NOT: ${failed.join(", ")}`;
  return `${found.length - failed.length} of ${wanted} flip${not}`;
};

const exitOf = (found: readonly Flipped[]): number => {
  if (found.some(interrupted)) return EXIT.interrupted;
  if (found.some(limited)) return EXIT.limit;
  return found.every(({ fault }) => fault === null) ? EXIT.asExpected : EXIT.unexpected;
};

/** Searches both sides of each: it is violated before and holds after, or does not flip; the exit code. */
export const flipAll = async (
  wanted: readonly Flip[],
  { json = false, quiet = false }: FlipFlags,
  io: Io,
): Promise<number> => {
  const watching = watch(io, {}, meterOf(io, quiet));
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);
  const begun = io.now();
  const found: Flipped[] = [];
  try {
    for (const one of wanted) {
      const flipped = await flipOne(one, watching.pulse);
      watching.clear();
      found.push(flipped);
      if (!json) print(wanted.length === 1 ? flipLines(flipped, traceStyle({}, io)) : flipLine(flipped));
      if (interrupted(flipped)) break;
    }
  } finally {
    watching.end();
  }
  if (json)
    print([
      JSON.stringify(
        {
          schemaVersion: SCHEMA_VERSION,
          version: version(),
          seconds: (io.now() - begun) / 1000,
          flips: found.map(flipJson),
        },
        undefined,
        2,
      ),
    ]);
  else if (wanted.length > 1) print(["", total(found, wanted.length)]);
  return exitOf(found);
};

/** `flip ID...`; the exit code. */
export const flip = async (
  catalogue: Catalogue,
  ids: readonly string[],
  flags: FlipFlags,
  io: Io,
): Promise<number> => flipAll(await meant(catalogue, ids, flags.all === true), flags, io);
