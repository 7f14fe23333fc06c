import type { Predicate } from "../../expression/names.ts";
import type { Domain, Node, Scope } from "../../schema/domain.ts";
import { bool, index, int } from "../../schema/domain.ts";
import { withRecord, withValues, type Refusals } from "../../schema/with-fields.ts";
import { atOnce, FaultError, unknown, type Attempt } from "../text/faults.ts";
import type { NewField } from "../variation.ts";
import type { Written } from "../text/written.ts";

const WORD = /^[A-Za-z_]\w*$/;
/** Names that objects have of themselves. */
const TAKEN = ["__proto__", "constructor", "prototype"];

/** Of a family the first value is 0. */
const firstOf = (node: Node): boolean | number | string => {
  if (node.kind === "bool") return false;
  if (node.kind === "oneOf") return node.values[0];
  return node.kind === "int" ? node.min : 0;
};

const wordsOf = (said: readonly Written[]): readonly string[] =>
  said.map(({ text, at }, i) => {
    if (!WORD.test(text)) throw new FaultError(at, `"${text}" is no word: letters, digits and _`);
    if (said.findIndex((other) => other.text === text) < i)
      throw new FaultError(at, `the word "${text}" is there twice`);
    return text;
  });

const domainOf = (said: Written | readonly Written[], scope: Scope, at: Written["at"]): Node => {
  if (!("text" in said)) {
    if (said.length === 0) throw new FaultError(at, "a field needs a word at least");
    return { kind: "oneOf", values: wordsOf(said) };
  }
  if (said.text === "bool") return bool.node;
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(said.text);
  if (range !== null) {
    const [min, max] = [Number(range[1]), Number(range[2])];
    if (max < min) throw new FaultError(said.at, `${said.text} is no range: the smaller number comes first`);
    return int(min, max).node;
  }
  const known = ["bool", ...Object.keys(scope)];
  if (!known.includes(said.text)) {
    const { message } = unknown("domain", said, known);
    throw new FaultError(said.at, `${message}: a field is bool, MIN..MAX, a family, or a list of words`);
  }
  return index(said.text).node;
};

/** The parts of `vcpu[].irq.FIELD`: the record that has the field, by fields and `[]`, and its name. */
const pathOf = ({ text, at }: Written): readonly [owner: readonly string[], field: string] => {
  const parts = text.split(".").flatMap((part) => (part.endsWith("[]") ? [part.slice(0, -2), "[]"] : [part]));
  const field = parts.at(-1)!;
  for (const part of parts)
    if ((part !== "[]" && !WORD.test(part)) || TAKEN.includes(part))
      throw new FaultError(at, `"${text}" names no field: a field is a word, as in busy or cpu[].busy`);
  if (field === "[]") throw new FaultError(at, `"${text}" names no field of the members`);
  return [parts.slice(0, -1), field];
};

/** A field as it is added or widened. */
interface Field {
  readonly owner: readonly string[];
  readonly name: string;
  readonly node: (before: Node | undefined) => Node;
}

const fieldOf = ({ path, domain }: NewField, scope: Scope): Field => {
  const [owner, name] = pathOf(path);
  const more = !("text" in domain) && domain[0]?.text === "..." ? domain.slice(1) : undefined;
  if (more === undefined) {
    const node = domainOf(domain, scope, path.at);
    return {
      owner,
      name,
      node: (before) => {
        if (before === undefined) return node;
        throw new FaultError(
          path.at,
          `there is a field ${path.text} already: write [ ..., WORD ] to give it more words`,
        );
      },
    };
  }
  const words = wordsOf(more);
  if (words.length === 0) throw new FaultError(path.at, "name the words that are added behind the ...");
  return {
    owner,
    name,
    node: (before) => {
      if (before === undefined)
        throw new FaultError(path.at, `there is no field ${path.text} to give more words`);
      if (before.kind !== "oneOf") throw new FaultError(path.at, `${path.text} is no field of words`);
      const twice = more.find(({ text }) => before.values.includes(text));
      if (twice !== undefined)
        throw new FaultError(twice.at, `${path.text} has the word "${twice.text}" already`);
      return { kind: "oneOf", values: [...before.values, ...words] };
    },
  };
};

/** What is said of a place that is not there. */
const refusals = ({ path }: NewField): Refusals => ({
  noFields: () => new FaultError(path.at, `${path.text}: there are no fields there`),
  noMembers: () => new FaultError(path.at, `${path.text}: there are no members there`),
  noField: (key, known) => unknown("field", { ...path, text: key }, known),
});

/** A schema with more fields and words, and states of the old one made states of it. */
export interface Widened {
  readonly state: Domain<unknown>;
  readonly widen: (state: unknown) => unknown;
  /** The words of fields that have more than before, by those that they had. */
  readonly wider: ReadonlyMap<readonly string[], readonly string[]>;
}

const withField = (before: Widened, field: NewField, scope: Scope): Widened => {
  const { owner, name, node } = fieldOf(field, scope);
  let first: { readonly value: unknown } | undefined;
  const wider = new Map(before.wider);
  const how = { creates: field.creates === true, refuse: refusals(field) };
  const made = withRecord(before.state.node, owner, how, (record) => {
    const was = Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;
    const is = node(was);
    if (was === undefined) first = { value: firstOf(is) };
    if (was?.kind === "oneOf" && is.kind === "oneOf") wider.set(was.values, is.values);
    return { ...record, fields: { ...record.fields, [name]: is } };
  });
  const added = first;
  return {
    state: { node: made },
    wider,
    widen: (one) =>
      added === undefined ? before.widen(one) : withValues(before.widen(one), owner, { [name]: added.value }),
  };
};

/**
 * A schema with new fields, each with its first value in states that had none, and with more words for fields that it has.
 * @throws FaultError where a field cannot be there, unless the `attempt` has it left out.
 */
export const widened = (
  state: Domain<unknown>,
  fields: readonly NewField[],
  scope: Scope,
  attempt: Attempt = atOnce,
): Widened =>
  fields.reduce<Widened>(
    (before, field) => attempt(field.path.at, () => withField(before, field, scope)) ?? before,
    { state, widen: (one) => one, wider: new Map() },
  );

/** A predicate whose arguments may be the words that fields have now. */
export const widenedPredicate = (predicate: Predicate, wider: Widened["wider"]): Predicate => ({
  ...predicate,
  params: Object.fromEntries(
    Object.entries(predicate.params).map(([name, domain]) => {
      const { node } = domain;
      if (node.kind !== "oneOf") return [name, domain];
      let { values } = node;
      for (let more = wider.get(values); more !== undefined; more = wider.get(values)) values = more;
      return [name, { node: { ...node, values } }];
    }),
  ),
});
