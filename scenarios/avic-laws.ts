import { blockedVcpuIsLogged, irteFollowsTheEntry } from "../properties/posting/ga-log.ts";
import {
  doorbellIsRungOfWhoRuns,
  isRunningIsClearedBeforeTheLastLook,
  isRunningOfALoadedVcpu,
  runningGuestIsMarked,
} from "../properties/posting/is-running.ts";
import { laws } from "./law.ts";

/** Of AVIC's table of physical ids. */
export const isRunningLaws = laws(
  isRunningOfALoadedVcpu,
  runningGuestIsMarked,
  isRunningIsClearedBeforeTheLastLook,
);

/** Of who sends IPIs by it. */
export const avicIpiLaws = laws(doorbellIsRungOfWhoRuns);

/** Of an IRTE that posts to a vCPU with AVIC. */
export const irteLaws = laws(irteFollowsTheEntry, blockedVcpuIsLogged);
