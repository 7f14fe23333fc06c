/*
 * New names for members of families, said once more: on plain values, from the top. Shares nothing with the engines.
 */

import type { Node } from "../../src/schema/domain.ts";

/** Member `i` of a family is called `names[family][i]`. */
type Names = Readonly<Record<string, readonly number[]>>;

/** A value under new names. */
export const renamed = (node: Node, value: unknown, names: Names): unknown => {
  const named = (family: string, member: number): number => names[family]?.[member] ?? member;
  switch (node.kind) {
    case "index":
      return named(node.family, value as number);
    case "set": {
      const members = [...Array(31).keys()].filter((i) => Math.floor((value as number) / 2 ** i) % 2 === 1);
      return members.reduce((sum, member) => sum + 2 ** named(node.family, member), 0);
    }
    case "vector": {
      const items: unknown[] = [];
      (value as readonly unknown[]).forEach((item, i) => {
        items[named(node.family, i)] = renamed(node.item, item, names);
      });
      return items;
    }
    case "record": {
      const fields = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        Object.entries(node.fields).map(([name, field]) => [name, renamed(field, fields[name], names)]),
      );
    }
    case "bool":
    case "int":
    case "oneOf":
      return value;
  }
};

const orders = (members: readonly number[]): readonly (readonly number[])[] =>
  members.length === 0
    ? [[]]
    : members.flatMap((first) =>
        orders(members.filter((member) => member !== first)).map((rest) => [first, ...rest]),
      );

/** How many of some states differ in more than the names of the members of some families. */
export const orbitsOf = (
  root: Node,
  scope: Readonly<Record<string, number>>,
  families: readonly string[],
  states: readonly unknown[],
): number => {
  let all: Names[] = [{}];
  for (const family of families)
    all = all.flatMap((names) =>
      orders([...Array(scope[family]).keys()]).map((order) => ({ ...names, [family]: order })),
    );
  const first = (state: unknown): string =>
    all.map((names) => JSON.stringify(renamed(root, state, names))).toSorted()[0];
  return new Set(states.map(first)).size;
};
