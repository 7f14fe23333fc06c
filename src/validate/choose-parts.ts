import type { Followed, Reckoned } from "../catalogue/followed.ts";
import { CheckError } from "../errors.ts";
import { own } from "../schema/own.ts";

type Part = Followed | Reckoned;

/** What is to be followed: a value for each name by which parts or worlds are told apart. */
export type Chosen = Readonly<Record<string, string>>;

/** Alike as a name, or as a number in whatever base. */
const alike = (value: string | number, given: string): boolean =>
  typeof value === "number" ? given.trim() !== "" && value === Number(given) : value === given;

const keptIn = (part: Part, name: string, given: string): Part | undefined => {
  const value = own(part.of, name);
  if (value !== undefined) return alike(value, given) ? part : undefined;
  if (part.kind === "reckoned") return undefined;
  const worlds = part.worlds.filter((world) => alike(own(world.of, name) ?? "", given));
  return worlds.length === 0 ? undefined : { ...part, worlds };
};

/** Parts of a capture that are what is to be followed, in those worlds that are. */
export const chosenParts = (parts: readonly Part[], chosen: Chosen): readonly Part[] =>
  Object.entries(chosen).reduce(
    (kept, [name, given]) => kept.flatMap((part) => keptIn(part, name, given) ?? []),
    parts,
  );

/** The values by which some parts can be chosen, or some worlds of theirs, as they are typed. */
const valuesOf = (parts: readonly Part[], name: string): readonly string[] => {
  const values = parts.flatMap((part) => [
    own(part.of, name),
    ...(part.kind === "followed" ? part.worlds.map(({ of }) => own(of, name)) : []),
  ]);
  return [...new Set(values.filter((value) => value !== undefined))]
    .toSorted((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : a < b ? -1 : 1))
    .map(String);
};

/**
 * Refuses a choice that nothing in a capture is.
 * @throws CheckError that says what there is to choose from.
 */
export const refuseEmpty = (parts: readonly Part[], chosen: Chosen): void => {
  if (chosenParts(parts, chosen).length > 0) return;
  const given = Object.entries(chosen).map(([name, value]) => `${name} ${value}`);
  const known = Object.keys(chosen).map((name) => {
    const values = valuesOf(parts, name);
    return `${name} ${values.length === 0 ? "of nothing in it" : values.join(", ")}`;
  });
  throw new CheckError(
    "usage",
    `nothing in the capture is of ${given.join(" and ")}; there is ${known.join("; ")}`,
  );
};
