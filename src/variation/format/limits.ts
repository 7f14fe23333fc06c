/** Bytes of a scenario file, at most. */
export const LARGEST_FILE = 65_536;
