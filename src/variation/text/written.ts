/** Where something stands in the text of a file, in characters from its beginning. */
export interface Place {
  readonly offset: number;
  /** Whether each character of what was read stands in the file as it is: not so where lines are folded or escaped. */
  readonly verbatim: boolean;
}

/** A text as it was written, and where it stands if that is a file. */
export interface Written {
  readonly text: string;
  readonly at?: Place;
}

/** A text that stands in no file. */
export const written = (text: string): Written => ({ text });

/** What was read of a file, with texts that stand in none. */
export const placeless = <T extends object>(read: T): T =>
  JSON.parse(
    JSON.stringify(read, (key, value: unknown) => (key === "at" || key === "cut" ? undefined : value)),
  ) as T;
