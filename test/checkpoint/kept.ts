import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exploreFast, type Bounds, type Problem } from "#check";
import { readManifest, storedIn } from "../../src/checkpoint/read.ts";
import { Sampler } from "../../src/checkpoint/behaviour-sample.ts";
import { Writer, type About } from "../../src/checkpoint/write.ts";
import type { Pulse } from "../../src/problem/exploration.ts";
import type { FastExploration } from "../../src/explore.ts";

/** Calls `use` with a directory of its own, and removes that afterwards. */
export const inDirectory = async <T>(use: (dir: string) => Promise<T>): Promise<T> => {
  const dir = mkdtempSync(join(tmpdir(), "apicv-checkpoint-"));
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
};

const about = <S>(problem: Problem<S>): About<S> => ({
  version: "1",
  facts: { question: "the test's" },
  sampler: new Sampler(problem),
});

/** Explores, and writes a checkpoint at every pulse but the first `after`. */
export const exploreInto = <S>(
  dir: string,
  problem: Problem<S>,
  bounds: Bounds = {},
  { after = 0, pulse }: { readonly after?: number; readonly pulse?: Pulse } = {},
): Promise<FastExploration<S>> => {
  const writer = new Writer(dir, about(problem));
  let pulses = 0;
  return exploreFast(problem, bounds, pulse, undefined, {
    to: { due: () => ++pulses > after, put: (snapshot) => writer.write(snapshot) },
  });
};

/** Goes on from the checkpoint in a directory; writes further ones to the same where it is told to. */
export const resumeFrom = async <S>(
  dir: string,
  problem: Problem<S>,
  bounds: Bounds = {},
  { on = false, pulse }: { readonly on?: boolean; readonly pulse?: Pulse } = {},
): Promise<FastExploration<S>> => {
  const mine = about(problem);
  const manifest = readManifest(dir, mine);
  const writer = new Writer(dir, mine, manifest);
  return exploreFast(problem, bounds, pulse, undefined, {
    from: storedIn(dir, manifest, mine),
    ...(on ? { to: { due: () => true, put: (snapshot) => writer.write(snapshot) } } : {}),
  });
};

/** Everything that an exploration found, the states in their order and the runs to them among it. */
export const all = <S>({
  state,
  row: _row,
  codes: _codes,
  path,
  told: _told,
  tableBytes: _bytes,
  stats: _stats,
  ...found
}: FastExploration<S>) => {
  const stride = Math.ceil(found.states / 100);
  const ids = Array.from({ length: found.states }, (_, id) => id);
  return {
    ...found,
    order: ids.filter((id) => found.states < 20_000 || id % stride === 0).map(state),
    runs: ids.filter((id) => id % stride === 0).map(path),
  };
};

/** A copy of a directory's files under another name. */
export const copyOf = (dir: string, to: string): string => {
  cpSync(dir, to, { recursive: true });
  return to;
};
