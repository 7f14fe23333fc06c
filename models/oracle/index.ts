import type { AnyScenario } from "#check";
import { dieHard } from "./die-hard.ts";
import { ewd840Scenarios } from "./ewd840.ts";
import { lockedIncrementScenario } from "./increment-locked.ts";
import { incrementScenario } from "./increment.ts";
import { petersonScenarios } from "./peterson.ts";
import { philosophersScenarios } from "./philosophers.ts";
import { readersWritersScenario } from "./readers-writers.ts";
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
];
