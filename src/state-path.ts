/** A step from a record or vector to one of its children. */
export type PathKey = string | number;

/**
 * The field in which a problem that wraps another keeps the other's state, whole: what was written for it is handed that
 * field and sees nothing else. No schema of a model has a field of this name, and no path is printed with it.
 */
export const WRAPPED = "";
