import { CheckError } from "../errors.ts";

/** Sets over a family are bit masks: member `i` is bit `i`. */

/** The most members of a set, 0 to 29: its mask is then a small integer. */
export const MOST_IN_SET = 30;

/** The bit of a member, which a machine would count modulo 32. */
const bitOf = (does: string, member: number): number => {
  if (!Number.isInteger(member) || member < 0 || member >= MOST_IN_SET)
    throw new CheckError(
      "limit",
      `${does}(set, ${member}): a set holds members 0 to ${MOST_IN_SET - 1} of a family, and ${member} is none of them`,
    );
  return 1 << member;
};

/** The empty set. */
export const none = 0;

/** Whether `member`, 0 to 29, is in `set`. @throws CheckError when it is no such number. */
export const has = (set: number, member: number): boolean => (set & bitOf("has", member)) !== 0;

/** `set` with `member`, 0 to 29. @throws CheckError when it is no such number. */
export const add = (set: number, member: number): number => set | bitOf("add", member);

/** `set` without `member`, 0 to 29. @throws CheckError when it is no such number. */
export const del = (set: number, member: number): number => set & ~bitOf("del", member);

/** The set of members 0 to `size - 1`, for sizes 0 to 30. @throws CheckError when it is no such size. */
export const all = (size: number): number => {
  if (!Number.isInteger(size) || size < 0 || size > MOST_IN_SET)
    throw new CheckError(
      "limit",
      `all(${size}): a set holds 0 to ${MOST_IN_SET} members of a family, not ${size}`,
    );
  return 2 ** size - 1;
};

/** How many members `set` has. */
export const count = (set: number): number => {
  let left = set;
  let members = 0;
  for (; left !== 0; left &= left - 1) members++;
  return members;
};
