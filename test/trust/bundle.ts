import { isLiveness, problemOf, type Exploration, type Problem, type Property, type Scope } from "#check";
import type { Action, Ranges, TakenAction } from "../../src/model/action.ts";
import type { Node } from "../../src/schema/domain.ts";

/*
 * Several models in one, so that one search has work for several threads: from a start state of a model only its own steps
 * are taken, on its own fields, and only its own properties are asked.
 */

type Fields = Record<string, unknown>;
const mine = (model: number, name: string): string => `m${model}.${name}`;
const WHICH = "which";

const nodeOf = (model: number, node: Node): Node => {
  switch (node.kind) {
    case "index":
    case "set":
      return { ...node, family: mine(model, node.family) };
    case "vector":
      return { ...node, family: mine(model, node.family), item: nodeOf(model, node.item) };
    case "record":
      return { ...node, fields: fieldsOf(node, (name) => name, model) };
    case "bool":
    case "int":
    case "oneOf":
      return node;
  }
};
const fieldsOf = (
  node: Node,
  nameOf: (name: string) => string,
  model: number,
): Readonly<Record<string, Node>> =>
  Object.fromEntries(
    Object.entries(node.kind === "record" ? node.fields : {}).map(([name, field]) => [
      nameOf(name),
      nodeOf(model, field),
    ]),
  );

const rangesOf = (model: number, ranges: Ranges): Ranges =>
  Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => [
      name,
      typeof range === "string" ? mine(model, range) : range,
    ]),
  );

/** The part of a state, or of a draft, that is a model's own. */
const partOf = (model: number, names: readonly string[], whole: unknown): never => {
  const fields = whole as Fields;
  const part = {};
  for (const name of names)
    Object.defineProperty(part, name, {
      enumerable: true,
      get: () => fields[mine(model, name)],
      set: (value) => {
        fields[mine(model, name)] = value;
      },
    });
  return part as never;
};

/** One of the models of a bundle, in terms of the whole. */
const memberOf = (
  { model, scope, properties, start, constraints = [] }: Problem<unknown>,
  number: number,
) => {
  const names = Object.keys(model.state.node.kind === "record" ? model.state.node.fields : {});
  const part = (whole: unknown): never => partOf(number, names, whole);
  const isOurs = (whole: unknown): boolean => (whole as Fields)[WHICH] === number;
  const named = (state: unknown): Fields =>
    Object.fromEntries(names.map((name) => [mine(number, name), (state as Fields)[name]]));
  const actions = model.actions.map((action): Action<unknown> => ({
    ...action,
    name: mine(number, action.name),
    args: rangesOf(number, action.args),
    guard: (whole, args) => isOurs(whole) && action.guard(part(whole), args),
    effect: (whole, args) => action.effect(part(whole), args),
    ...(action.guardAfter === undefined
      ? {}
      : { guardAfter: (before, after, args) => action.guardAfter!(part(before), part(after), args) }),
  }));
  const propertyOf = (property: Property<unknown>): Property<unknown> => {
    if (isLiveness(property)) throw new Error(`a bundle asks no ${property.kind} property`);
    const said = { ...property, id: mine(number, property.id), args: rangesOf(number, property.args) };
    if (property.kind === "sometimes")
      return {
        ...said,
        kind: property.kind,
        holds: (whole, args) => isOurs(whole) && property.holds(part(whole), args),
      };
    if (property.kind === "invariant")
      return {
        ...said,
        kind: property.kind,
        antecedent: (whole, args) => isOurs(whole) && (property.antecedent?.(part(whole), args) ?? true),
        holds: (whole, args) => property.holds(part(whole), args),
      };
    const own = (taken: TakenAction): TakenAction => ({
      ...taken,
      action: taken.action.slice(mine(number, "").length),
    });
    return {
      ...said,
      kind: property.kind,
      antecedent: (before, after, taken, args) =>
        isOurs(before) && (property.antecedent?.(part(before), part(after), own(taken), args) ?? true),
      holds: (before, after, taken, args) => property.holds(part(before), part(after), own(taken), args),
    };
  };
  return {
    fields: fieldsOf(model.state.node, (name) => mine(number, name), number),
    scope: Object.fromEntries(Object.entries(scope).map(([family, size]) => [mine(number, family), size])),
    rest: named(start[0]),
    starts: start.map((state) => ({ ...named(state), [WHICH]: number })),
    actions,
    properties: properties.map(propertyOf),
    constraints: constraints.map((constraint) => ({
      ...constraint,
      id: mine(number, constraint.id),
      holds: (whole: unknown) => !isOurs(whole) || constraint.holds(part(whole)),
    })),
  };
};

/** Several problems as one, each with at least one start state. */
export const bundleOf = (problems: readonly Problem<unknown>[]): Problem<unknown> => {
  const members = problems.map(memberOf);
  const all = <T>(pick: (member: (typeof members)[number]) => Readonly<Record<string, T>>) =>
    Object.assign({}, ...members.map(pick)) as Record<string, T>;
  const which: Node = { kind: "int", min: 0, max: members.length - 1 };
  const fields = { [WHICH]: which, ...all(({ fields }) => fields) };
  const rest = all(({ rest }) => rest);
  const starts = members.flatMap(({ starts }) => starts.map((start) => ({ ...rest, ...start })));
  const scope: Scope = all(({ scope }) => scope);
  const model = {
    name: "bundle",
    state: { node: { kind: "record", fields } as const },
    init: () => starts,
    actions: members.flatMap(({ actions }) => actions),
    constraints: members.flatMap(({ constraints }) => constraints),
  };
  return problemOf<unknown>(
    model,
    scope,
    members.flatMap(({ properties }) => properties),
    starts,
  );
};

/** What a search of a bundle found of each of its models. */
export const unbundled = (
  problems: readonly Problem<unknown>[],
  { fired, newStates, findings }: Pick<Exploration<unknown>, "fired" | "newStates" | "findings">,
) => {
  let step = 0;
  let property = 0;
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  return problems.map(({ steps, properties, start }) => {
    const from = step;
    step += steps.length;
    const asked = findings.slice(property, (property += properties.length));
    return {
      states: new Set(start.map((state) => JSON.stringify(state))).size + sum(newStates.slice(from, step)),
      transitions: sum(fired.slice(from, step)),
      findings: asked.map(({ antecedent, path }) => ({ antecedent, decidedAfter: path?.steps.length })),
    };
  });
};
