import { chosenOn } from "../../model/axis.ts";
import { resolve } from "node:path";
import { holdsCheckpoint, prepare } from "../../checkpoint/files.ts";
import { lockOf, refuseHeld } from "../../checkpoint/lock.ts";
import type { Facts } from "../../checkpoint/manifest.ts";
import { readManifest, storedIn } from "../../checkpoint/read.ts";
import { Sampler } from "../../checkpoint/behaviour-sample.ts";
import { Writer, type About } from "../../checkpoint/write.ts";
import type { Question } from "../../catalogue/outcome.ts";
import { plural } from "../../check/verdict.ts";
import { versionOf } from "../../check/model-version.ts";
import { CheckError } from "../../errors.ts";
import type { Problem } from "../../problem/exploration.ts";
import { bytesToRestore } from "../../fast/checkpoint/restore.ts";
import type { Archive, Keeping } from "../../fast/checkpoint/snapshot.ts";
import type { CheckpointFlags } from "./checkpoint-flags.ts";
import type { Io } from "../terminal/io.ts";
import type { Reductions } from "../flags/world-question.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";

/** What a search is asked beside its problem. */
interface Given extends CheckpointFlags, Reductions {
  readonly failFast?: boolean;
  readonly maxStates?: number;
  readonly maxMemory?: number;
}

/** Seconds from one checkpoint to the next by default. */
const EVERY = 60;

const orNone = (value: string | number | readonly string[] | null | undefined): string =>
  value === null || value === undefined ? "none" : String(value);

const factsOf = <S>(
  { scenario, choice, asked }: Question,
  problem: Problem<S>,
  { symmetry, por, failFast }: Given,
): Facts => ({
  scenario: scenario.name,
  ...Object.fromEntries(Object.entries(chosenOn(choice)).map(([axis, value]) => [axis, orNone(value)])),
  ...Object.fromEntries(
    Object.entries(choice.options).map(([name, value]) => [`option ${name}`, String(value)]),
  ),
  ...Object.fromEntries(Object.entries(problem.scope).map(([name, size]) => [`scope ${name}`, String(size)])),
  properties: problem.properties.map(({ id }) => id).join(", "),
  "--depth": orNone(asked.depth),
  "--switches": orNone(asked.switches),
  "--fail-fast": String(failFast === true),
  "--symmetry": symmetry === true ? "all" : orNone(symmetry),
  "--por": String(por === true),
  ...(scenario.varied === undefined ? {} : { "scenario file": scenario.varied.hash }),
  "model version": versionOf(problem),
});

const enoughStates = (states: number, { resume, maxStates }: Given): void => {
  if (maxStates !== undefined && maxStates < states)
    throw new CheckError(
      "usage",
      `the checkpoint in ${String(resume)} has ${states} states already: leave out --max-states, or give ${states} at least`,
    );
};

const wouldBeLost = (dir: string): CheckError =>
  new CheckError(
    "usage",
    `${dir} holds a checkpoint already: go on from it with --resume ${dir}, or remove the directory`,
  );

const nothingWritten = (dir: string): string =>
  `${programName()}: no checkpoint was written to ${dir}: the search ended among its start states, before there was anything to go on from\n`;

/** What becomes of a search's snapshots, and what is to be done when it has ended. */
interface Kept<S> {
  readonly keeping: Keeping<S>;
  /** Lets others write to the directory. */
  readonly release: () => void;
  /** Says so where there was nothing to write down. */
  readonly complain: () => void;
}

/** Where checkpoints are written to; that one could not be written is said, and the search goes on. */
const archiveOf = <S>(
  writer: Writer<S>,
  every: number,
  io: Io,
): Archive<S> & { readonly tried: () => boolean } => {
  let last = io.now();
  let tried = false;
  return {
    tried: () => tried,
    due: () => io.now() - last >= every * 1000,
    put: async (snapshot) => {
      tried = true;
      try {
        await writer.write(snapshot);
      } catch (error) {
        if (!(error instanceof CheckError)) throw error;
        io.stderr.write(
          `${programName()}: ${error.message}\n  The answer is not touched by it; an earlier checkpoint stays.\n`,
        );
      }
      last = io.now();
    },
  };
};

/**
 * Writes checkpoints of a search as the flags say, and has it go on from one.
 * @throws CheckError when the directory cannot be written, or holds a checkpoint that cannot be resumed.
 */
export const keepingOf = <S>(question: Question, problem: Problem<S>, flags: Given, io: Io): Kept<S> => {
  const { checkpoint, checkpointEvery = EVERY, resume } = flags;
  const about: About<S> = {
    version: version(),
    facts: factsOf(question, problem, flags),
    sampler: new Sampler(problem),
  };
  if (resume !== undefined) refuseHeld(resume);
  let manifest = resume === undefined ? undefined : readManifest(resume, about);
  if (manifest !== undefined) {
    const { standing, words, sizes } = manifest;
    const { states } = standing;
    const bytes = bytesToRestore(states, words, sizes);
    enoughStates(states, flags);
    checkMemoryLimit(io, flags.maxMemory, bytes, `the ${plural(states, "state")} of the checkpoint`);
  }
  const from = (): Keeping<S> =>
    resume === undefined || manifest === undefined ? {} : { from: storedIn(resume, manifest, about) };
  if (checkpoint === undefined)
    return { keeping: from(), release: () => undefined, complain: () => undefined };
  prepare(checkpoint);
  const release = lockOf(checkpoint);
  try {
    const here = resume !== undefined && resolve(checkpoint) === resolve(resume);
    if (here) manifest = readManifest(resume, about);
    else if (holdsCheckpoint(checkpoint)) throw wouldBeLost(checkpoint);
    const to = archiveOf(new Writer(checkpoint, about, here ? manifest : undefined), checkpointEvery, io);
    return {
      keeping: { ...from(), to },
      release,
      complain: () => {
        if (!to.tried()) io.stderr.write(nothingWritten(checkpoint));
      },
    };
  } catch (error) {
    release();
    throw error;
  }
};
