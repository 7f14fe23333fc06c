/** Sets over a family are bit masks: member `i` is bit `i`. */

/** The empty set. */
export const none = 0;

/** Whether `member` is in `set`. */
export const has = (set: number, member: number): boolean => ((set >>> member) & 1) === 1;

/** `set` with `member`. */
export const add = (set: number, member: number): number => set | (1 << member);

/** `set` without `member`. */
export const del = (set: number, member: number): number => set & ~(1 << member);

/** The set of members 0 to `size - 1`, for sizes 0 to 30. */
export const all = (size: number): number => (1 << size) - 1;

/** How many members `set` has. */
export const count = (set: number): number => {
  let left = set;
  let members = 0;
  for (; left !== 0; left &= left - 1) members++;
  return members;
};
