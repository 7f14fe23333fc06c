/**
 * What a world can be chosen by besides its options. In this order the values stand in a trace; the name is the flag and
 * the key in an expectation's `where`, the plural the field that has a scenario's values, the default first.
 */
export const AXES = [
  { name: "design", plural: "designs", about: "the design to explore it under" },
  { name: "guest", plural: "guests", about: "the kind of guest" },
] as const;

export type AxisName = (typeof AXES)[number]["name"];
export type AxisPlural = (typeof AXES)[number]["plural"];

/** The values that there are on each axis, the default first; none where the axis does not apply. */
export type AxisValues = Readonly<Record<AxisPlural, readonly string[]>>;

/** The value chosen on each axis; null where there is none to choose. */
export type Chosen = Readonly<Record<AxisName, string | null>>;

/** Something for each axis, under its name. */
export const byAxis = <T>(of: (axis: (typeof AXES)[number]) => T): Readonly<Record<AxisName, T>> =>
  Object.fromEntries(AXES.map((axis) => [axis.name, of(axis)])) as unknown as Readonly<Record<AxisName, T>>;

/** What is chosen on each axis, and nothing else of a choice. */
export const chosenOn = (choice: Chosen): Chosen => byAxis(({ name }) => choice[name]);

/** The axes on which there is something to choose, each with what was chosen. */
export const chosenPairs = (choice: Chosen): readonly (readonly [AxisName, string])[] =>
  AXES.flatMap(({ name }) => {
    const value = choice[name];
    return value === null ? [] : [[name, value] as const];
  });

/** Each way to choose a value on every axis, the last axis fastest; undefined where an axis has none. */
export const everyChosen = (
  valuesOf: (axis: (typeof AXES)[number]) => readonly string[] | undefined,
): readonly Partial<Record<AxisName, string>>[] =>
  AXES.reduce<readonly Partial<Record<AxisName, string>>[]>(
    (chosen, axis) => {
      const values = valuesOf(axis);
      return values === undefined
        ? chosen
        : chosen.flatMap((one) => values.map((value) => ({ ...one, [axis.name]: value })));
    },
    [{}],
  );
