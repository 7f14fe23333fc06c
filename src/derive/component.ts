import { CheckError } from "../errors.ts";
import { sizeOf, type Domain, type LeafNode, type Node } from "../schema/domain.ts";
import { fold, leafCases } from "../schema/fold.ts";
import { WRAPPED, type PathKey } from "../state-path.ts";
import { leafCode, type LeafCode } from "./leaf.ts";
import { perScope } from "./per-scope.ts";

/** A leaf of a component: where it is, from the component's root, and how its values are coded. */
export interface Leaf extends LeafCode {
  readonly path: readonly PathKey[];
  readonly node: LeafNode;
}

/** The kinds of component of a state: all members of a top-level vector share one. */
export interface ComponentType {
  readonly name: string;
  readonly node: Node;
  readonly leaves: readonly Leaf[];
}

/** One component: a top-level field of the state, or one member of a top-level vector; of a state inside another its fields. */
export interface Component {
  readonly path: readonly PathKey[];
  readonly type: number;
}

/** The components of a state, in the order of the schema. */
export interface Components {
  readonly types: readonly ComponentType[];
  readonly members: readonly Component[];
}

/** The leaves below a node, in the order of the schema. */
export const leavesOf = perScope((node: Node, scope): readonly Leaf[] => {
  type At = (path: readonly PathKey[]) => Leaf[];
  const leaf = (node: LeafNode): At => {
    const code = leafCode(node, scope);
    return (path) => [{ ...code, path, node }];
  };
  const walk = fold<At>({
    ...leafCases(leaf),
    vector: ({ family, item }, go) => {
      const below = go(item);
      return (path) => Array.from({ length: sizeOf(scope, family) }, (_, i) => below([...path, i])).flat();
    },
    record: ({ fields }, go) => {
      const below = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
      return (path) => below.flatMap(([name, at]) => at([...path, name]));
    },
  });
  return walk(node)([]);
});

/**
 * The components a state is made of: each top-level field is one, a top-level vector is one per member.
 * @throws CheckError when the state is no record.
 */
export const componentsOf = perScope((domain: Domain<unknown>, scope): Components => {
  if (domain.node.kind !== "record") throw new CheckError("model", "a state is a record of components");
  const types: ComponentType[] = [];
  const members: Component[] = [];
  const collect = (fields: Readonly<Record<string, Node>>, above: readonly PathKey[]): void => {
    for (const [name, node] of Object.entries(fields)) {
      const path = [...above, name];
      if (name === WRAPPED && node.kind === "record") {
        // oxlint-disable-next-line unbounded/no-recursion -- as deep as wrappers are nested
        collect(node.fields, path);
        continue;
      }
      const inner = node.kind === "vector" ? node.item : node;
      const type = types.push({ name, node: inner, leaves: leavesOf(inner, scope) }) - 1;
      if (node.kind === "vector")
        for (let i = 0; i < sizeOf(scope, node.family); i++) members.push({ path: [...path, i], type });
      else members.push({ path, type });
    }
  };
  collect(domain.node.fields, []);
  return { types, members };
});
