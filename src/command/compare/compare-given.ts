import type { Catalogue, Load } from "../../catalogue/catalogue.ts";
import { shortNameOf } from "../../catalogue/scenario-called.ts";
import { CheckError } from "../../errors.ts";
import { own } from "../../schema/own.ts";
import { flipGiven, sideChosen } from "../flags/flip-flags.ts";
import { withQuestion } from "../flags/question-flags.ts";
import { isFile, withFile } from "../flags/scenario-file.ts";
import type { GivenFlags } from "../flags/world-given.ts";
import type { Io } from "../terminal/io.ts";
import { compare } from "./compare-command.ts";
import type { CompareFlags } from "./compare-flags.ts";

/** Whether a word names a world rather than what is compared in one: a scenario file, or a scenario. */
const isWorld =
  ({ scenarios, axes: [axis] = [] }: Catalogue) =>
  (word: string): boolean => {
    if (isFile(word)) return true;
    if (/[=,]/.test(word)) return false;
    if (word.includes("/")) return true;
    return (
      scenarios.some(({ name }) => name === word || shortNameOf(name) === word) &&
      !scenarios.some(({ axes = {} }) => axis !== undefined && own(axes, axis.name)?.includes(word))
    );
  };

/**
 * `compare` in the world that is meant, named among the values or by a flag, and varied by flags. Where a bug or mutation is
 * named and nothing else, its two sides are compared. The exit code.
 * @throws CheckError when there is no such world, or two are named.
 */
export const compareGiven = async (
  load: Load,
  words: readonly string[],
  flags: CompareFlags & GivenFlags,
  io: Io,
): Promise<number> => {
  const worlds = words.filter(isWorld(await load()));
  if (worlds.length > 1)
    throw new CheckError(
      "usage",
      `compare looks at one world, and ${worlds.join(" and ")} are named: name one of them`,
    );
  const [world] = worlds;
  const values = words.filter((word) => word !== world);
  const given = await flipGiven(load, flags, world);
  const sides = values.length === 0 && flags.allOptions !== true && given.sides.length > 1;
  const chosen = sides ? given.flags : sideChosen(given);
  const [loading, meant] = await withQuestion(await withFile(given.load, chosen, world), io);
  return compare(await loading(), sides ? given.sides : values, meant, io);
};
