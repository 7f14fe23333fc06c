import type { AnyScenario } from "#check";
import { dieHard } from "./die-hard.ts";
import { ewd840LiveScenario } from "./ewd840-live.ts";
import { ewd840Scenarios } from "./ewd840.ts";
import { lockedIncrementScenario } from "./increment-locked.ts";
import { incrementScenario } from "./increment.ts";
import { innerFifoScenario } from "./inner-fifo.ts";
import { missionariesScenario } from "./missionaries.ts";
import { petersonLiveScenario } from "./peterson-live.ts";
import { petersonScenarios } from "./peterson.ts";
import { philosophersLiveScenario } from "./philosophers-live.ts";
import { philosophersScenarios } from "./philosophers.ts";
import { readersWritersLiveScenario } from "./readers-writers-live.ts";
import { readersWritersScenario } from "./readers-writers.ts";
import { resourceAllocatorLiveScenario } from "./resource-allocator-live.ts";
import { resourceAllocatorScenario } from "./resource-allocator.ts";
import { transactionCommitScenario } from "./transaction-commit.ts";
import { twoPhaseCommitScenarios } from "./two-phase-commit.ts";

/** Textbook models whose numbers are known from other tools. */
export const oracles: readonly AnyScenario[] = [
  dieHard,
  transactionCommitScenario,
  ...twoPhaseCommitScenarios,
  ...petersonScenarios,
  ...philosophersScenarios,
  ...ewd840Scenarios,
  resourceAllocatorScenario,
  incrementScenario,
  lockedIncrementScenario,
  readersWritersScenario,
  innerFifoScenario,
  missionariesScenario,
  petersonLiveScenario,
  philosophersLiveScenario,
  ewd840LiveScenario,
  resourceAllocatorLiveScenario,
  readersWritersLiveScenario,
];
