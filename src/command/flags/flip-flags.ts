import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import type { Side } from "../../catalogue/flip.ts";
import { CheckError, unknownName } from "../../errors.ts";

/** The options that ask a bug or mutation, as parsed. */
export interface FlipChoice {
  readonly bug?: string;
  readonly mutate?: string;
  readonly file?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
}

/** Lets a command ask a bug or mutation. */
export const takingFlips = (command: Command): Command =>
  command
    .option(
      "--bug <id[=side]>",
      "the world of a bug, with it (=pre, as where left out) or mended (=post): list bugs",
    )
    .option(
      "--mutate <id[=side]>",
      "the world of a mutation, with it (=pre) or without (=post): list mutations",
    );

/** What is asked: a bug or mutation, and nothing else. @throws CheckError where two things are. */
const askedBy = (
  { bug, mutate, file, scenario }: FlipChoice,
  word: string | undefined,
): string | undefined => {
  const flags = { bug, mutate, file, scenario };
  const given = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag} ${value}`],
  );
  const all = word === undefined ? given : [...given, word];
  const asked = bug ?? mutate;
  if (asked !== undefined && all.length > 1)
    throw new CheckError("usage", `${all.join(" and ")} each say what it is about: name one of them`);
  return asked;
};

/** What is loaded, with the world of a bug or mutation, and the flags that are left then. */
export interface FlipGiven<F> {
  readonly load: Load;
  readonly flags: F;
  /** The setting of the side that is meant, of both where none is said; empty where no bug and no mutation is asked. */
  readonly sides: readonly string[];
}

/**
 * The catalogue with the world of the bug or mutation that is meant, if any, and which of its sides.
 * @throws CheckError where there is none of the name, or something else is asked as well.
 */
export const flipGiven = async <F extends FlipChoice>(
  load: Load,
  flags: F,
  word?: string,
): Promise<FlipGiven<F>> => {
  const asked = askedBy(flags, word);
  if (asked === undefined) return { load, flags, sides: [] };
  const { bug, mutate: _, ...rest } = flags;
  const [id, side] = asked.split("=", 2);
  if (side !== undefined && side !== "pre" && side !== "post")
    throw unknownName("side", side, ["pre", "post"], `with it, as where left out: ${id}=pre; or ${id}=post`);
  const { flipNamed, withFlip } = await import("../../catalogue/flips.ts");
  const { wishOf } = await import("../../catalogue/flip.ts");
  const catalogue = await load();
  const found = await flipNamed(catalogue, id, bug === undefined ? "mutation" : "bug");
  const meant: readonly Side[] = side === undefined ? ["pre", "post"] : [side];
  const known = await withFlip(catalogue, id);
  return {
    load: Object.assign(() => Promise.resolve(known), load),
    flags: rest as F,
    sides: meant.flatMap((one) => wishOf(found.scenario(), one).set ?? []),
  };
};

/** The same with its side chosen: as it was wrong, where none is said. @throws CheckError as `flipGiven`. */
export const withFlipGiven = async <F extends FlipChoice>(
  load: Load,
  flags: F,
  word?: string,
): Promise<readonly [load: Load, flags: F]> => {
  const given = await flipGiven(load, flags, word);
  return [given.load, sideChosen(given)];
};

/** The flags with the side of a bug or mutation chosen: as it was wrong, where neither it nor `--set` says. */
export const sideChosen = <F extends FlipChoice>({ flags, sides }: FlipGiven<F>): F => {
  const { set = [] } = flags;
  const [first] = sides;
  const says = (setting: string): boolean => setting.split("=")[0] === first?.split("=")[0];
  return first === undefined || (sides.length > 1 && set.some(says))
    ? flags
    : { ...flags, set: [first, ...set] };
};
