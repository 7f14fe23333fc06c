import type { Axis } from "../../model/axis.ts";
import type { Faults } from "../text/faults.ts";
import { eachEntry, expressionIn, eachIn, Fields, rangeIn, textIn, textsIn } from "./fields.ts";
import { changeIn, type Reading } from "./read-change.ts";
import { PROPERTY_KEYS, propertyIn } from "./read-properties.ts";
import type { Tree } from "./tree.ts";
import type { Change, Instruction, StartPoint, Switch, Variation } from "../variation.ts";
import { written } from "../text/written.ts";

/** The words that a catalogue has: what scenarios can be chosen by, and what actions cite. */
export interface Words {
  readonly axes: readonly Axis[];
  readonly cites: readonly string[];
}

/** The version of the format that is read. */
export const FORMAT = "1";

/** The keys of a file, in the order in which they are written; the axes' are their plurals. */
const keysOf = (axes: readonly Axis[]): readonly string[] => [
  "format",
  "name",
  "about",
  "source",
  "extends",
  "actions",
  ...axes.map(({ plural }) => plural),
  "options",
  "scope",
  "start",
  "state",
  "change",
  "switch",
  "program",
  "properties",
];

/** Stands for a name where there is none, which is noted. */
const NAMELESS = written("nameless");

const changesIn =
  (reading: Reading) =>
  (value: Tree): readonly Change[] =>
    eachIn(value, changeIn(reading), reading.faults).filter((change) => change !== undefined);

const startIn =
  (faults: Faults) =>
  (value: Tree): StartPoint => {
    if (value.kind === "text") return { from: value, steps: [] };
    const fields = new Fields(value, "start", ["from", "then"], faults);
    const from = fields.read("from", textIn);
    return { ...(from && { from }), steps: fields.read("then", textsIn) ?? [] };
  };

const switchesIn =
  (reading: Reading) =>
  (value: Tree): readonly Switch[] =>
    eachEntry(
      value,
      "switch",
      (name, given) => {
        const fields = new Fields(given, "a switch", ["about", "values"], reading.faults);
        const about = fields.read("about", textIn);
        const values = fields.need("values", (of) =>
          eachEntry(
            of,
            "the values of a switch",
            (word, changes) => ({ value: word, change: changesIn(reading)(changes) }),
            reading.faults,
          ),
        );
        return { name, ...(about && { about }), values: values ?? [] };
      },
      reading.faults,
    );

const instructionIn =
  (faults: Faults) =>
  (value: Tree): Instruction | undefined => {
    if (value.kind === "text") return { do: value };
    const fields = new Fields(value, "an instruction", ["label", "do", "when"], faults);
    const step = fields.need("do", textIn);
    const label = fields.read("label", textIn);
    const when = fields.read("when", expressionIn);
    return step && { do: step, ...(label && { label }), ...(when && { when }) };
  };

/**
 * What a tree says. What cannot be read is noted in the faults, all of it, and left out.
 * @returns nothing where it extends nothing.
 */
export const variationOf = (tree: Tree, { axes, cites, faults }: Words & Reading): Variation | undefined => {
  const fields = new Fields(tree, "the file", keysOf(axes), faults);
  const format = fields.need("format", textIn);
  if (format !== undefined && format.text !== FORMAT)
    faults.add(format.at, `format ${format.text} is not known: this version reads format ${FORMAT}`);
  const [name, about, base] = ["name", "about", "extends"].map((key) => fields.need(key, textIn));
  const source = fields.read("source", textIn);
  const rest = {
    actions: fields.read("actions", textsIn),
    axes: axes.flatMap((axis) => {
      const values = fields.read(axis.plural, textsIn);
      return values === undefined ? [] : [{ axis, values }];
    }),
    options: fields.read("options", (value) =>
      eachEntry(value, "options", (option, of) => ({ option, values: textsIn(of) }), faults),
    ),
    scope: fields.read("scope", (value) =>
      eachEntry(value, "scope", (family, of) => ({ family, size: textIn(of) }), faults),
    ),
    start: fields.read("start", startIn(faults)),
    state: fields.read("state", (value) =>
      eachEntry(value, "state", (path, of) => ({ path, domain: rangeIn(of) }), faults),
    ),
    change: fields.read("change", changesIn({ cites, faults })),
    switch: fields.read("switch", switchesIn({ cites, faults })),
    program: fields.read("program", (value) =>
      eachEntry(
        value,
        "program",
        (of, steps) => ({
          of,
          steps: eachIn(steps, instructionIn(faults), faults).filter((step) => step !== undefined),
        }),
        faults,
      ),
    ),
  };
  const properties = fields.need("properties", (value) =>
    eachEntry(value, "properties", (id, of) => propertyIn(id, of, faults), faults, PROPERTY_KEYS),
  );
  if (properties?.length === 0 && !faults.some)
    faults.add(fields.placeOf("properties"), "no property is asked: name one");
  if (base === undefined) return undefined;
  return {
    name: name ?? NAMELESS,
    about: about ?? NAMELESS,
    extends: base,
    ...(source && { source }),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    properties: (properties ?? []).filter((property) => property !== undefined),
  };
};
