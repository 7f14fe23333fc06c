import type { AxisValues } from "./axis.ts";
import { CheckError, unknownName } from "../errors.ts";

/** The part of an expectation that says when it counts. */
interface Row {
  readonly property: string;
  readonly where?: Readonly<Record<string, string | readonly string[]>>;
}

/** What `checkExpected` looks at of a scenario. */
export interface Expecting {
  readonly name: string;
  readonly axes?: AxisValues;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly properties: readonly { readonly id: string }[];
  readonly expected: readonly Row[];
}

/** A set of choices: the values on each axis and of each option; what it does not name may be anything. */
type Box = Readonly<Record<string, readonly string[]>>;

/** Everything that can be chosen. */
const choosable = (scenario: Expecting): Box =>
  Object.fromEntries(
    [
      ...scenario.options.map(({ name, values }) => [name, values] as const),
      ...Object.entries(scenario.axes ?? {}),
    ].filter(([, values]) => values.length > 0),
  );

const boxOf = ({ where = {} }: Row): Box =>
  Object.fromEntries(Object.entries(where).map(([key, wanted]) => [key, [wanted].flat()]));

const rowText = (row: Row): string => {
  const where = Object.entries(boxOf(row)).map(([key, values]) => `${key}=${values.join("|")}`);
  return where.length === 0 ? row.property : `${row.property} where ${where.join(" ")}`;
};

/** Whether some choice is in both. */
const overlap = (box: Box, other: Box): boolean =>
  Object.entries(other).every(([key, taken]) => box[key]?.some((value) => taken.includes(value)) ?? true);

/** What is left of some choices without others, as boxes that do not overlap. */
const without = (box: Box, other: Box, all: Box): readonly Box[] => {
  const left: Box[] = [];
  let rest = box;
  for (const [key, taken] of Object.entries(other)) {
    const values = rest[key] ?? all[key];
    const shared = values.filter((value) => taken.includes(value));
    if (shared.length === 0) return [box];
    if (shared.length < values.length)
      left.push({ ...rest, [key]: values.filter((value) => !taken.includes(value)) });
    rest = { ...rest, [key]: shared };
  }
  return left;
};

/** Refuses a row that names a property, an option or a value that the scenario lacks. */
const checkNames = ({ name, properties }: Expecting, row: Row, all: Box, at: string): void => {
  if (!properties.some(({ id }) => id === row.property))
    throw unknownName(
      "property",
      row.property,
      properties.map(({ id }) => id),
      `${at} names it, but ${name} does not ask it`,
    );
  for (const [key, values] of Object.entries(boxOf(row))) {
    const known = all[key];
    const wrong = (kind: string, word: string, names: readonly string[]): CheckError =>
      unknownName(kind, word, names, `${at} names it: ${rowText(row)}`);
    if (known === undefined) throw wrong("option", key, Object.keys(all));
    for (const value of values) if (!known.includes(value)) throw wrong(`value of ${key}`, value, known);
    if (values.length === 0)
      throw new CheckError(
        "model",
        `${at} matches no value of ${key}\n  ${rowText(row)}: name one, or leave it out`,
      );
  }
};

/** A world is checked where it is made and where it is shelved: once is enough. */
const checked = new WeakSet<Expecting>();

/**
 * Refuses expectations that can never decide anything: they name what the scenario lacks, or earlier ones always match.
 * @throws CheckError with the row's place in `expected` and the nearest valid name, or the rows that match first.
 */
export const checkExpected = (scenario: Expecting): void => {
  if (checked.has(scenario)) return;
  const { name, expected } = scenario;
  const all = choosable(scenario);
  const boxes = expected.map(boxOf);
  const earlier = new Map<string, number[]>();
  expected.forEach((row, place) => {
    const at = `expected[${place}] of ${name}`;
    checkNames(scenario, row, all, at);
    const before = earlier.get(row.property) ?? [];
    const left = before.reduce<readonly Box[]>(
      (rest, other) =>
        rest.flatMap((box) => (overlap(box, boxes[other]) ? without(box, boxes[other], all) : [box])),
      [boxes[place]],
    );
    if (left.length === 0)
      throw new CheckError(
        "model",
        `${at} never decides anything: ${rowText(row)}\n` +
          `  ${before.map((other) => `expected[${other}]`).join(", ")} match first: leave it out, or put it before them`,
      );
    earlier.set(row.property, [...before, place]);
  });
  checked.add(scenario);
};
