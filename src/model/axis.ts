/** What a world can be chosen by besides its options, as a catalogue names it. */
export interface Axis {
  /** The flag, the key in an expectation's `where`, and the key in JSON. */
  readonly name: string;
  /** The word for several of its values, which is also what `list` calls them. */
  readonly plural: string;
  /** What the flag chooses, for `--help`. */
  readonly about: string;
}

/**
 * The values of a world on each axis, by the axis's name, the default first; none where the axis does not apply. In this
 * order what is chosen stands in a trace.
 */
export type AxisValues = Readonly<Record<string, readonly string[]>>;

/** The value chosen on each axis, by the axis's name; null where there is none to choose. */
export type Chosen = Readonly<Record<string, string | null>>;

/** What is chosen on each axis, and nothing else of a choice. */
export const chosenOn = (choice: Readonly<Record<string, unknown>>): Chosen =>
  Object.fromEntries(
    Object.entries(choice).flatMap(([name, value]) =>
      value === null || typeof value === "string" ? [[name, value]] : [],
    ),
  );

/** The axes on which there is something to choose, each with what was chosen. */
export const chosenPairs = (
  choice: Readonly<Record<string, unknown>>,
): readonly (readonly [axis: string, value: string])[] =>
  Object.entries(chosenOn(choice)).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );

/** Each way to choose a value on every axis that has some, of those that `among` leaves, the last axis fastest. */
export const everyChosen = (
  axes: AxisValues,
  among: (axis: string, values: readonly string[]) => readonly string[] = (_, values) => values,
): readonly Readonly<Record<string, string>>[] =>
  Object.entries(axes).reduce<readonly Readonly<Record<string, string>>[]>(
    (chosen, [name, values]) =>
      values.length === 0
        ? chosen
        : chosen.flatMap((one) => among(name, values).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
