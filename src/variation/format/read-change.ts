import type { Faults } from "../text/faults.ts";
import { FaultError } from "../text/faults.ts";
import { eachEntry, expressionIn, Fields, rangeIn, textIn, textsIn } from "./fields.ts";
import type { Tree } from "./tree.ts";
import type { Amendment, Assignment, Change, Citation, NewArgument } from "../variation.ts";

const AMENDS = ["guard", "when", "without", "set"];
const KEYS = ["drop", "in", "add", "like", "actor", "args", ...AMENDS];

/** The arguments of a new action, or those that a property is for. */
export const argumentsIn =
  (faults: Faults) =>
  (value: Tree): readonly NewArgument[] =>
    eachEntry(value, "the arguments", (name, range) => ({ name, range: rangeIn(range) }), faults);

const assignmentsIn =
  (faults: Faults) =>
  (value: Tree): readonly Assignment[] =>
    eachEntry(value, "set", (path, given) => ({ path, value: expressionIn(given) }), faults);

/** What changes are read with: the words for what actions cite, and where faults go. */
export interface Reading {
  readonly cites: readonly string[];
  readonly faults: Faults;
}

const citesIn = (fields: Fields, { cites }: Reading): readonly Citation[] =>
  cites.flatMap((what) => {
    const text = fields.read(what, textIn);
    return text === undefined ? [] : [{ what, text }];
  });

const amendmentIn = (fields: Fields, reading: Reading): Amendment => {
  const guard = fields.read("guard", expressionIn);
  const when = fields.read("when", expressionIn);
  const without = fields.read("without", textsIn);
  const set = fields.read("set", assignmentsIn(reading.faults));
  return {
    cites: citesIn(fields, reading),
    ...(guard === undefined ? {} : { guard }),
    ...(when === undefined ? {} : { when }),
    ...(without === undefined ? {} : { without }),
    ...(set === undefined ? {} : { set }),
  };
};

/** Refuses keys that do not go with the kind of change. */
const only = (fields: Fields, kind: string, allowed: readonly string[], { cites, faults }: Reading): void => {
  for (const key of fields.keys)
    if ([...KEYS, ...cites].includes(key) && key !== kind && !allowed.includes(key))
      faults.add(fields.placeOf(key), `"${key}" does not go with "${kind}": leave it out`);
};

const dropIn = (fields: Fields, reading: Reading): Change | undefined => {
  only(fields, "drop", [], reading);
  const actions = fields.read("drop", textsIn);
  return actions && { kind: "drop", actions };
};

const amendIn = (fields: Fields, reading: Reading): Change | undefined => {
  only(fields, "in", [...AMENDS, ...reading.cites], reading);
  const action = fields.read("in", textIn);
  const amendment = amendmentIn(fields, reading);
  if (AMENDS.every((key) => !fields.means(key)))
    reading.faults.add(fields.at, '"in" changes nothing: give it guard, when, without or set');
  return action && { kind: "in", action, ...amendment };
};

const likeIn = (fields: Fields, reading: Reading): Change | undefined => {
  only(fields, "add", ["like", "actor", ...AMENDS, ...reading.cites], reading);
  const name = fields.read("add", textIn);
  const actor = fields.read("actor", textIn);
  const like = fields.read("like", textIn);
  const amendment = amendmentIn(fields, reading);
  return name && like && { kind: "like", name, like, ...(actor && { actor }), ...amendment };
};

const newIn = (fields: Fields, reading: Reading): Change | undefined => {
  only(fields, "add", ["actor", "args", "when", "set", ...reading.cites], reading);
  for (const key of ["actor", "when"])
    if (!fields.means(key)) reading.faults.add(fields.placeOf("add"), `a new action needs ${key}, or like`);
  const name = fields.read("add", textIn);
  const actor = fields.read("actor", textIn);
  const args = fields.read("args", argumentsIn(reading.faults)) ?? [];
  const amendment = amendmentIn(fields, reading);
  return name && actor && { kind: "add", name, actor, args, ...amendment };
};

/** One change. */
export const changeIn =
  (reading: Reading) =>
  (value: Tree): Change | undefined => {
    const fields = new Fields(value, "a change", [...KEYS, ...reading.cites], reading.faults);
    if (fields.has("drop")) return dropIn(fields, reading);
    if (fields.has("in")) return amendIn(fields, reading);
    if (["drop", "in", "add"].some((key) => !fields.has(key) && fields.means(key))) return undefined;
    if (!fields.has("add")) throw new FaultError(value.at, "a change has one of: drop, in, add");
    return fields.has("like") ? likeIn(fields, reading) : newIn(fields, reading);
  };
