import { CheckError } from "../errors.ts";
import type { Node, Scope } from "../schema/domain.ts";
import { own } from "../schema/own.ts";

/** What walks a schema calls itself once for each record and vector around a leaf. */
const MOST_DEEP = 500;
/** Every leaf has its place in tables that are made before a search begins. */
const MOST_LEAVES = 2 ** 20;

const childrenOf = (node: Node): readonly Node[] => {
  if (node.kind === "record") return Object.values(node.fields);
  return node.kind === "vector" ? [node.item] : [];
};

/** The nodes of a schema, those that are equally deep together; what is in several places is in a level once. */
const levelsOf = (root: Node): readonly (readonly Node[])[] => {
  const levels: (readonly Node[])[] = [];
  for (
    let level: readonly Node[] = [root];
    level.length > 0;
    level = [...new Set(level.flatMap(childrenOf))]
  ) {
    if (levels.length > MOST_DEEP)
      throw new CheckError(
        "limit",
        `the state has records and vectors in each other, more than ${MOST_DEEP} deep: put less of it inside other parts`,
      );
    levels.push(level);
  }
  return levels;
};

/**
 * Refuses a schema that no walk over it would come to the end of; that its families have sizes is not looked at.
 * @throws CheckError `limit` with the limit.
 */
export const checkSize = (root: Node, scope: Scope): void => {
  const leaves = new Map<Node, number>();
  for (const level of levelsOf(root).toReversed())
    for (const node of level) {
      const below = childrenOf(node).reduce((sum, child) => sum + leaves.get(child)!, 0);
      const times = node.kind === "vector" ? Number(own(scope, node.family) ?? 1) : 1;
      leaves.set(node, node.kind === "record" || node.kind === "vector" ? times * below : 1);
    }
  const all = leaves.get(root)!;
  if (all > MOST_LEAVES)
    throw new CheckError(
      "limit",
      `the state has ${all} leaves in this scope: at most ${MOST_LEAVES}, so make its families smaller in the scope`,
    );
};
