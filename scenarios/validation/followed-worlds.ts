import type { FollowedWorld } from "#check";
import { messageWorlds } from "./message.ts";
import { pinWorlds } from "./pin.ts";
import { runLoopWorlds } from "./run-loop.ts";
import { timerWorlds } from "./timer.ts";

/** All worlds in which captures are followed. */
export const followedWorlds: readonly FollowedWorld[] = [
  ...pinWorlds,
  ...messageWorlds,
  ...timerWorlds,
  ...runLoopWorlds,
];
