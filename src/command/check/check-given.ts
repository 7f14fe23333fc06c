import { scenarioNamed, type Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { programName } from "../../program-name.ts";
import { flagsAsking } from "../../variation/flags/question-flags.ts";
import { isCode } from "../flags/code-file.ts";
import { flipGiven } from "../flags/flip-flags.ts";
import { withQuestion } from "../flags/question-flags.ts";
import { filesIn, isFile, withFile } from "../flags/scenario-file.ts";
import type { GivenFlags } from "../flags/world-given.ts";
import type { Io } from "../terminal/io.ts";
import { check } from "./check-command.ts";
import type { CheckFlags } from "./check-flags.ts";

/** Whether a name is that of one world: a scenario, or a scenario file. */
const isOne = (name: string): boolean => !isFile(name) || (!isCode(name) && filesIn(name).length === 1);

/** The world that flags ask of. @throws CheckError where several may be meant, with what to type. */
const askedOf = (names: readonly string[], asking: readonly string[]): string => {
  const [name] = names;
  if (names.length === 1 && isOne(name)) return name;
  const named = names.length === 0 ? "all that ship where none is named" : names.join(", ");
  throw new CheckError(
    "usage",
    `${asking.join(", ")} ${asking.length === 1 ? "asks" : "ask"} of one world, and this is about several: ${named}\n` +
      `  name one, and check one after the other: ${programName()} check WORLD ${asking[0]} ...`,
  );
};

/**
 * `check` of what is named. Where flags ask of a world, the cases are those of their question: each way to choose on the
 * axes, and nothing is expected of a model that they change. Of a bug or mutation both sides, or the one that is said. The
 * exit code.
 * @throws CheckError when there is no such world, or flags ask of several at once.
 */
export const checkGiven = async (
  given: Load,
  names: readonly string[],
  flags: CheckFlags & GivenFlags,
  io: Io,
): Promise<number> => {
  const asking = flagsAsking(flags);
  const ships = await given();
  // Loaded once: a world that nobody has changed is known by being the same.
  const load = Object.assign(() => Promise.resolve(ships), given);
  const flip = await flipGiven(load, flags, names.length === 0 ? undefined : names.join(" "));
  const isFlip = flip.sides.length > 0;
  if (asking.length === 0 && !isFlip && !(names.length === 1 && !isFile(names[0])))
    return check(load, names, flags, io, ships.scenarios);
  const named = isFlip ? undefined : askedOf(names, asking);
  const [loading, meant] = await withQuestion(await withFile(flip.load, flip.flags, named), io);
  const catalogue = await loading();
  const { name } = scenarioNamed(catalogue, meant.scenario);
  const known = Object.assign(() => Promise.resolve(catalogue), load);
  const settings = flip.sides.length === 1 ? flip.sides : [];
  return check(known, [name], { ...meant, settings }, io, ships.scenarios);
};
