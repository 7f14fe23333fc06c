/** The same, which nobody can write to any more, however deep. */
export const frozen = <T extends object>(value: T): T => {
  for (const part of Object.values(value))
    if (typeof part === "object" && part !== null) frozen(part as object);
  return Object.freeze(value);
};
