import type { FollowedWorld } from "#check";
import { followedWorlds } from "../../../scenarios/validation/followed-worlds.ts";
import { freshGraph, keptText } from "../../../src/validate/world-graph.ts";

const isQuick = ({ name }: FollowedWorld): boolean => /^(timer|thread)|avic$/.test(name);

const named = (worlds: readonly FollowedWorld[]) => worlds.map((world) => [world.name, world] as const);

/** The worlds in which captures are followed, by whether their graphs are made in seconds, or all together in minutes. */
export const quick = named(followedWorlds.filter(isQuick));
export const slow = named(followedWorlds.filter((world) => !isQuick(world)));

/** Whether what is kept of a world is what is made of it now; `npm run quotients` writes it anew. */
export const isKeptAsMade = async (world: FollowedWorld): Promise<boolean> =>
  world.kept?.() === keptText(world, await freshGraph(world));
