// Written by scripts/folder-lists.mjs, before every build and test: each file in models/textbook that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { AnyScenario } from "#check";
import dieHard from "./die-hard.ts";
import transactionCommit from "./transaction-commit.ts";
import twoPhaseCommit from "./two-phase-commit.ts";
import peterson from "./peterson.ts";
import philosophers from "./philosophers.ts";
import ewd840 from "./ewd840.ts";
import resourceAllocator from "./resource-allocator.ts";
import increment from "./increment.ts";
import incrementLocked from "./increment-locked.ts";
import readersWriters from "./readers-writers.ts";
import innerFifo from "./inner-fifo.ts";
import missionaries from "./missionaries.ts";
import petersonLive from "./peterson-live.ts";
import philosophersLive from "./philosophers-live.ts";
import ewd840Live from "./ewd840-live.ts";
import resourceAllocatorLive from "./resource-allocator-live.ts";
import readersWritersLive from "./readers-writers-live.ts";

/** Textbook models whose numbers are known from other tools. */
export const oracles: readonly AnyScenario[] = [
  dieHard,
  transactionCommit,
  twoPhaseCommit,
  peterson,
  philosophers,
  ewd840,
  resourceAllocator,
  increment,
  incrementLocked,
  readersWriters,
  innerFifo,
  missionaries,
  petersonLive,
  philosophersLive,
  ewd840Live,
  resourceAllocatorLive,
  readersWritersLive,
].flat();
