import type { FollowingOption } from "../catalogue/following-options.ts";

/** What options are that follow what is compared, a line for each of `names`, which have their values in that order. */
export const followingLines = (
  followed: readonly FollowingOption[],
  names: readonly string[],
): readonly string[] =>
  followed.length === 0
    ? []
    : names.map(
        (name, place) =>
          `${name}: ${followed.map(({ option, values }) => `${option}=${values[place]}`).join(" ")}`,
      );

/** The same as data. */
export const followingJson = (followed: readonly FollowingOption[], names: readonly string[]) =>
  followed.map(({ option, isNamed, values }) => ({
    option,
    isNamed,
    values: Object.fromEntries(names.map((name, place) => [name, values[place]])),
  }));
